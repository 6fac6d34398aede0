import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join} from 'node:path';
import {brotliCompressSync} from 'node:zlib';

const dist = join(import.meta.dirname, '../../dist');
const types: Record<string, string> = {'.js': 'text/javascript', '.css': 'text/css'};

/** A page of somebody else, under the strictest policy that the elements promise to live with. */
export class HostPage {
  /** The scripts that were asked for, in that order, without their queries. `/latest/…` leads to `/1.0/…`, as at a CDN. */
  readonly scripts: string[] = [];
  /** What all of them but `standalone.js` wait for. */
  others: Promise<void> = Promise.resolve();
  readonly #server: Server;

  constructor(html: string, files: Record<string, string> = {}) {
    this.#server = createServer(async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://host').pathname;
      if (path.startsWith('/latest/')) {
        response.writeHead(302, {location: path.replace('latest', '1.0')}).end();
        return;
      }
      if (extname(path) === '.js') this.scripts.push(path);
      if (extname(path) === '.js' && !path.endsWith('/standalone.js')) await this.others;
      const file = join(dist, path.replace(/^\/1\.0\//, '/'));
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src ws://127.0.0.1:*; " +
          "require-trusted-types-for 'script'; trusted-types lit-html",
      );
      const own = path === '/' ? html : files[path];
      if (own !== undefined) {
        response.setHeader('content-type', types[extname(path)] ?? 'text/html; charset=utf-8');
        response.end(own);
      } else if (path !== '/' && existsSync(file)) {
        const body = readFileSync(file);
        response.setHeader('content-type', types[extname(path)] ?? 'text/plain');
        response.end(body);
      } else response.writeHead(404).end();
    });
  }

  /** Of a script of ours, compressed as a good server does. */
  static weightOf(file: string): number {
    return file.endsWith('.js') ? brotliCompressSync(readFileSync(join(dist, file))).length : 0;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.origin;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
