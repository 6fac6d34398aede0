import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join, normalize} from 'node:path';
import {securityHeaders} from '../../../demo/server/headers.ts';

const demo = join(import.meta.dirname, '../../../dist/demo');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Answers with a file of the demo, under the demo's policy and with these places that its pages may connect to. */
export async function answerFile(path: string, response: ServerResponse, connect: readonly string[]): Promise<void> {
  try {
    const content = await readFile(join(demo, normalize(path === '/' ? '/index.html' : path)));
    response.writeHead(200, {
      ...securityHeaders(connect),
      'content-type': TYPES[extname(path || '.html')] ?? (path === '/' ? TYPES['.html'] : 'application/octet-stream'),
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

/** The demo's pages from an origin of their own, whose policy names the agent-runtime by both of its schemes. */
export class Pages {
  readonly #server: Server = createServer((request, response) => {
    const {pathname} = new URL(request.url ?? '/', 'http://pages');
    void answerFile(pathname, response, ['http://127.0.0.1:*', 'ws://127.0.0.1:*']);
  });

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
