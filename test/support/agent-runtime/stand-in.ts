import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {WebSocketServer} from 'ws';
import {Executors} from './executor.ts';
import {answerFile} from './pages.ts';
import {Runtime, type Row} from './runtime.ts';

/**
 * A stand-in of the agent-runtime, with launcher and agents, that also serves the demo's pages under their own policy:
 * from another origin the policy would have to name this one.
 */
export class StandIn {
  readonly runtime = new Runtime();
  readonly executors = new Executors(this.runtime);
  /** Other origins whose pages may read the answers: the server's `CORS_ORIGINS`, with its defaults. */
  origins: readonly string[] = ['http://localhost:5173', 'http://localhost:3000'];
  /** When the answer to `POST /jobs` leaves: with the others, or not before the test says so. */
  holdsPosts = false;
  readonly #held: (() => void)[] = [];
  readonly #watching = new Set<() => void>();
  readonly #sockets = new WebSocketServer({noServer: true});
  readonly #connections = new Set<Socket>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async listen(): Promise<this> {
    this.runtime.broadcast = (frame) => {
      for (const client of this.#sockets.clients) client.send(JSON.stringify(frame));
      for (const look of this.#watching) look();
    };
    this.#server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      // Neither token nor origin are asked for.
      this.#sockets.handleUpgrade(request, socket as Socket, head, (client) => {
        client.send(JSON.stringify({type: 'init', sessions: this.runtime.rows}));
      });
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Once the server has the session of that title with that status, whoever has heard of it. */
  has(title: string, status: string): Promise<void> {
    return this.#until((rows) => rows.some((row) => row.session_name.startsWith(title) && row.status === status));
  }

  /** Once the server has no session of that title. */
  lacks(title: string): Promise<void> {
    return this.#until((rows) => !rows.some((row) => row.session_name.startsWith(title)));
  }

  #until(condition: (rows: readonly Row[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition(this.runtime.rows)) return;
        this.#watching.delete(look);
        resolve();
      };
      this.#watching.add(look);
      look();
    });
  }

  releasePosts(): void {
    this.holdsPosts = false;
    for (const answer of this.#held.splice(0)) answer();
  }

  /** The process is killed and started again: the database stays, jobs and connections are gone. */
  restart(): void {
    this.executors.end();
    this.runtime.forget();
    for (const socket of this.#connections) socket.destroy();
  }

  async close(): Promise<void> {
    this.executors.end();
    for (const socket of this.#connections) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {method = 'GET', url = '/'} = request;
    const path = new URL(url, 'http://server').pathname;
    if (method === 'OPTIONS') return this.#preflight(request, response);
    if (method === 'GET' && (path === '/' || path.startsWith('/assets/') || path.startsWith('/hosts/'))) {
      return answerFile(path, response, [`ws://127.0.0.1:${this.port}`, 'ws://127.0.0.1:*']);
    }
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const [status, body] = this.runtime.request(method, path, text ? JSON.parse(text) : undefined);
    const send = (): void => {
      response
        .writeHead(status, {...this.#cors(request), 'content-type': 'application/json'})
        .end(JSON.stringify(body));
    };
    if (this.holdsPosts && method === 'POST' && path === '/jobs') this.#held.push(send);
    else send();
  }

  /** As the server's middleware does: an origin that is not in the list gets its answer, and may not read it. */
  #cors(request: IncomingMessage): Record<string, string> {
    const {origin} = request.headers;
    if (origin === undefined || !this.origins.includes(origin)) return {};
    return {'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin'};
  }

  /** What a browser asks before it sends what no form could send. */
  #preflight(request: IncomingMessage, response: ServerResponse): void {
    const headers = this.#cors(request);
    const asked = request.headers['access-control-request-headers'];
    response.writeHead(headers['access-control-allow-origin'] ? 200 : 400, {
      ...headers,
      'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
      ...(asked && {'access-control-allow-headers': asked}),
    });
    response.end(headers['access-control-allow-origin'] ? 'OK' : 'Disallowed CORS origin');
  }
}
