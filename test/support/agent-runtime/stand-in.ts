import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {extname, join, normalize} from 'node:path';
import {WebSocketServer} from 'ws';
import {securityHeaders} from '../../../demo/server/headers.ts';
import {Executors} from './executor.ts';
import {Runtime} from './runtime.ts';

const demo = join(import.meta.dirname, '../../../dist/demo');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * A stand-in of the agent-runtime, with launcher and agents, that also serves the demo's pages under their own policy:
 * from another origin the policy would have to name this one.
 */
export class StandIn {
  readonly runtime = new Runtime();
  readonly executors = new Executors(this.runtime);
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
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.runtime.rows.some((row) => row.session_name.startsWith(title) && row.status === status)) return;
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
    if (method === 'GET' && (path === '/' || path.startsWith('/assets/') || path.startsWith('/hosts/'))) {
      return this.#file(path === '/' ? '/index.html' : path, response);
    }
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const [status, body] = this.runtime.request(method, path, text ? JSON.parse(text) : undefined);
    const send = (): void => {
      response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
    };
    if (this.holdsPosts && method === 'POST' && path === '/jobs') this.#held.push(send);
    else send();
  }

  async #file(path: string, response: ServerResponse): Promise<void> {
    try {
      const content = await readFile(join(demo, normalize(path)));
      const headers = securityHeaders([`ws://127.0.0.1:${this.port}`, 'ws://127.0.0.1:*']);
      response.writeHead(200, {...headers, 'content-type': TYPES[extname(path)] ?? 'application/octet-stream'});
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}
