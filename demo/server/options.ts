import {readFileSync, realpathSync, statSync} from 'node:fs';
import {isIPv4} from 'node:net';
import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import type {AcpConfig} from './agents/acp/config.ts';
import {ConfigError, readAgentFlag, readAgentsFile} from './agents/acp/read-config.ts';
import {parseToken, type TokenPair} from './tokens.ts';

export interface Options {
  /** 0: any free one. */
  readonly port: number;
  /** An absolute path; may not exist yet. */
  readonly data: string;
  readonly host: string;
  /** As a browser writes them: `https://example.org`. */
  readonly origins: readonly string[];
  readonly tokens: readonly TokenPair[];
  /** A folder that exists, without symbolic links in its path. */
  readonly workspace: string;
  readonly newEpoch: boolean;
  /** Where files really are that nobody must read through the agent: they hold tokens and keys. */
  readonly secrets: readonly string[];
  /** Agents that run as processes, beside the one that is built in. */
  readonly agents: readonly AcpConfig[];
}

/** The command line cannot be obeyed; the message says why. */
export class UsageError extends Error {}

/** What counts when the flag is not given; without it the flag must be. */
export interface Defaults {
  readonly port?: string;
  readonly data?: string;
}

const required = (flag: string, value: string | undefined): string => (value === undefined ? ` ${flag}` : '');
const shown = (value: string | undefined): string => (value === undefined ? '' : ` (${value})`);

export const usageOf = (
  command: string,
  {port, data}: Defaults = {},
): string => `Usage: ${command}${required('--port N', port)}${required('--data DIR', data)} [options]

  --port N            port to listen on; 0 picks a free one${shown(port)}
  --data DIR          folder of the database; made if it is missing${shown(data)}
  --host H            address to listen on (127.0.0.1); any other than loopback needs tokens
  --origin O          a page's origin that may connect, as https://example.org; repeatable
  --token T=USER      let in whoever brings token T, as USER; repeatable; the last = separates
  --token-file FILE   the same, a line each; also read from SESSION_TOKENS
  --workspace DIR     folder that the agent works on (the current one)
  --agent ID=COMMAND  an agent that speaks the Agent Client Protocol; repeatable; of those that are known the ID is enough:
                      claude, codex, gemini, opencode, qwen
  --agents FILE       the same as JSON: {"agents": [{"id", "title", "command", "args", "env", "folders", "process",
                      "idle_minutes", "limit"}]}
  --new-epoch         the database was restored from a backup: clients start over
  --help              this text
`;

const flags = {
  port: {type: 'string'},
  data: {type: 'string'},
  host: {type: 'string'},
  origin: {type: 'string', multiple: true},
  token: {type: 'string', multiple: true},
  'token-file': {type: 'string'},
  workspace: {type: 'string'},
  agent: {type: 'string', multiple: true},
  agents: {type: 'string'},
  'new-epoch': {type: 'boolean'},
  help: {type: 'boolean'},
} as const;

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly defaults?: Defaults;
}

/** Reads the command line; throws a `UsageError`. */
export const readOptions = (argv: readonly string[], {env, cwd, defaults}: Surroundings): Options | 'help' => {
  const given = parse(argv);
  if (given.help) return 'help';
  const chosen = {...defaults, ...given};
  if (chosen.port === undefined) throw new UsageError('--port is missing.');
  if (!chosen.data) throw new UsageError('--data is missing.');

  const host = given.host ?? '127.0.0.1';
  if (!isHost(host)) throw new UsageError(`--host: ${JSON.stringify(host)} is not a name or an address.`);

  const file = given['token-file'] === undefined ? undefined : resolve(cwd, given['token-file']);
  const tokens = [
    ...(given.token ?? []).map((text) => token(text, '--token')),
    ...(file === undefined ? [] : tokenFile(file)),
    ...tokenLines(env['SESSION_TOKENS'] ?? '', 'SESSION_TOKENS'),
  ];
  const users = new Map<string, string>();
  for (const pair of tokens) {
    if ((users.get(pair.token) ?? pair.user) !== pair.user)
      throw new UsageError(`One token is given to two users, ${users.get(pair.token)} and ${pair.user}.`);
    users.set(pair.token, pair.user);
  }
  if (tokens.length === 0 && !isLoopback(host))
    throw new UsageError(`--host ${host} can be reached by others: give a --token for each who may come in.`);

  const agentsFile = given.agents === undefined ? undefined : resolve(cwd, given.agents);
  const data = resolve(cwd, chosen.data);
  const workspace = folder(resolve(cwd, given.workspace ?? '.'));
  // Everything in the data folder is withheld from the agent: nothing would be left to work on.
  if (workspace === real(data)) throw new UsageError('--workspace and --data name the same folder.');

  return {
    port: port(chosen.port),
    data,
    host,
    origins: (given.origin ?? []).map(origin),
    tokens,
    workspace,
    newEpoch: given['new-epoch'] ?? false,
    secrets: [file, agentsFile].flatMap((each) => (each === undefined ? [] : [real(each) ?? each])),
    agents: agents(given.agent ?? [], agentsFile),
  };
};

const REPEATABLE = ['origin', 'token', 'agent'];

const parse = (argv: readonly string[]) => {
  try {
    const {values, tokens} = parseArgs({args: [...argv], options: flags, strict: true, tokens: true});
    const seen = new Set<string>();
    for (const part of tokens) {
      if (part.kind !== 'option' || REPEATABLE.includes(part.name)) continue;
      if (seen.has(part.name)) throw new UsageError(`--${part.name} is given twice.`);
      seen.add(part.name);
    }
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const agents = (flags: readonly string[], path: string | undefined): readonly AcpConfig[] => {
  try {
    const named = flags.map(readAgentFlag);
    const ids = ['workspace', ...named.map(({id}) => id)];
    const twice = ids.find((id, at) => ids.indexOf(id) < at);
    if (twice !== undefined) throw new UsageError(`--agent: There are two agents “${twice}”.`);
    return path === undefined ? named : [...named, ...readAgentsFile(path, ids)];
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
};

const port = (text: string): number => {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(value <= 65_535)) throw new UsageError(`--port: ${JSON.stringify(text)} is not a port from 0 to 65535.`);
  return value;
};

const isHost = (host: string): boolean => /^[a-z0-9._-]+$/i.test(host) || /^\[?[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host);

export const isLoopback = (host: string): boolean =>
  ['localhost', '::1', '[::1]'].includes(host.toLowerCase()) || (isIPv4(host) && host.startsWith('127.'));

const origin = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    (url?.protocol === 'http:' || url?.protocol === 'https:') && url.href === `${url.origin}/` && !text.includes('*');
  if (!url || !isOrigin) throw new UsageError(`--origin: ${JSON.stringify(text)} is not like https://example.org.`);
  return url.origin;
};

/** The text itself is not repeated in a message: it may be a token. */
const token = (text: string, where: string): TokenPair => {
  const pair = parseToken(text);
  if (!pair) throw new UsageError(`${where}: expected TOKEN=USER.`);
  return pair;
};

const tokenLines = (text: string, where: string): TokenPair[] =>
  text
    .split(/\r?\n/)
    .map((line, index) => ({line: line.trim(), where: `${where}, line ${index + 1}`}))
    .filter(({line}) => line !== '')
    .map(({line, where}) => token(line, where));

const tokenFile = (file: string): TokenPair[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--token-file: ${file} cannot be read.`);
  }
  const pairs = tokenLines(text, '--token-file');
  // An empty file would open the server to everyone.
  if (pairs.length === 0) throw new UsageError(`--token-file: ${file} holds no token.`);
  return pairs;
};

const folder = (path: string): string => {
  const found = real(path);
  if (found === undefined || !statSync(found).isDirectory())
    throw new UsageError(`--workspace: there is no folder ${path}.`);
  return found;
};

const real = (path: string): string | undefined => {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
};
