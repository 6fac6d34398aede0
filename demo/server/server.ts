import {mkdirSync, realpathSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {createWorkspaceAgent} from './agents/workspace/agent.ts';
import {makeId, steadyClock, systemClock} from './clock.ts';
import {createHub} from './core/hub.ts';
import type {Log} from './core/ports.ts';
import type {Storage} from './core/storage.ts';
import {createSite, SYNC_PATH} from './http.ts';
import type {Options} from './options.ts';
import {createOrigins, isUnspecified, urlHost} from './origins.ts';
import {createSockets} from './socket.ts';
import {StorageError} from './storage/errors.ts';
import {openSqlite} from './storage/sqlite.ts';
import {createAuthenticate} from './tokens.ts';

/** The file in the data folder. */
export const DATABASE = 'sessions.sqlite';

/** The server was not started, and nothing was changed; the message is one sentence for who tried. */
export class StartError extends Error {
  readonly code: 'port-in-use' | 'address' | 'data' | 'database';

  constructor(code: StartError['code'], message: string) {
    super(message);
    this.name = 'StartError';
    this.code = code;
  }
}

export interface RunningServer {
  /** Where pages connect. */
  readonly url: string;
  readonly page: string;
  /** Closes every client with 1012 and resolves when nothing is open any more. */
  stop(): Promise<void>;
}

/** How long a client may take to answer the close of a server that ends. */
const LAST_WORDS = 1_000;

/**
 * Makes one server of the parts. The port comes first: if it is taken, no turn has begun that would end at once. No request
 * can come in between, because everything after it happens in one go.
 */
export const startServer = async (options: Options, siteRoot: string, log: Log): Promise<RunningServer> => {
  const {workspace, tokens} = options;
  const data = prepare(options.data);
  // What speaks with them is large, and most servers have none.
  const acp = options.agents.length > 0 ? await import('./agents/acp/all-agents.ts') : undefined;
  const server = createServer();
  const port = await listen(server, options);
  try {
    const storage = openStorage(data, options);
    const agents = [
      // Whoever has set one up wants it: the first is the default.
      ...(acp?.createAcpAgents(options.agents, {data, workspace, hasUsers: tokens.length > 0}, log) ?? []),
      createWorkspaceAgent({
        place: {root: workspace, hidden: [data, ...options.secrets]},
        clock: steadyClock,
      }),
    ];
    const authenticate = createAuthenticate(tokens);
    const hub = createHub({clock: systemClock, makeId, storage, authenticate, log, agents});
    const origins = createOrigins({host: options.host, port, origins: options.origins});
    const sockets = createSockets(hub, origins, log);
    server.on('request', createSite({root: siteRoot, origins, log}));
    server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));

    const at = `${shownHost(options.host)}:${port}`;
    return {
      url: `ws://${at}${SYNC_PATH}`,
      page: `http://${at}/`,
      async stop() {
        server.close();
        // Over a connection that was kept alive nobody comes in any more either.
        server.removeAllListeners('upgrade');
        await hub.shutdown();
        await sockets.closed(LAST_WORDS);
        server.closeAllConnections();
        storage.close();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
};

/** Nobody else on the machine is to read it. Returns where the folder really is. */
const prepare = (folder: string): string => {
  try {
    mkdirSync(folder, {recursive: true, mode: 0o700});
    return realpathSync.native(folder);
  } catch (error) {
    throw new StartError('data', `The data folder ${folder} cannot be used (${codeOf(error)}).`);
  }
};

const openStorage = (data: string, {newEpoch}: Options): Storage => {
  try {
    return openSqlite(join(data, DATABASE), {newEpoch});
  } catch (error) {
    if (error instanceof StorageError) throw new StartError('database', error.message);
    throw error;
  }
};

const listen = (server: Server, {host, port}: Options): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'EADDRINUSE') reject(new StartError('port-in-use', `Port ${port} is already in use.`));
      else reject(new StartError('address', `The server cannot listen on ${host}, port ${port} (${code}).`));
    });
    // Node takes an IPv6 address without its brackets.
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => resolve((server.address() as AddressInfo).port));
  });

/** Where a browser on this machine finds a server that listens there. */
const shownHost = (host: string): string => {
  if (!isUnspecified(host)) return urlHost(host);
  return host === '0.0.0.0' ? '127.0.0.1' : '[::1]';
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
