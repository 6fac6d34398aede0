import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/**
 * A network that can fail, between a browser and a server on this machine: a TCP proxy that cuts connections, refuses new
 * ones, or holds back what the server says.
 */
export class Proxy {
  /** Where it passes connections on to. */
  target = 0;
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #reachable = true;
  #held = false;

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Every connection breaks, and no new one is possible before `restore()`. */
  cut(): void {
    this.#reachable = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }

  restore(): void {
    this.#reachable = true;
  }

  /** What the server says is kept back until `release()`; what the page says arrives. */
  hold(): void {
    this.#held = true;
    for (const [, server] of this.#pairs) server.pause();
  }

  release(): void {
    this.#held = false;
    for (const [, server] of this.#pairs) server.resume();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #accept(page: Socket): void {
    if (!this.#reachable) {
      page.destroy();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    const pair = [page, server] as const;
    this.#pairs.add(pair);
    page.pipe(server);
    server.pipe(page);
    if (this.#held) server.pause();
    for (const socket of pair) {
      // A connection that breaks breaks on both sides; that is what this is for.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  }
}
