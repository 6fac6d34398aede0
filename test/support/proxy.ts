import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {Flow, type Tamper} from './flow.ts';

interface Pair {
  readonly page: Socket;
  readonly server: Socket;
  readonly up: Flow;
  readonly down: Flow;
}

const asIs: Tamper = (bytes) => bytes;

/** A network that can fail, between a browser and a server on this machine: a TCP proxy. */
export class Proxy {
  /** Where it passes connections on to. */
  target = 0;
  /** Makes, for each connection to come, what changes the bytes of the server. */
  tamper: () => Tamper = () => asIs;
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #pairs = new Set<Pair>();
  #port = 0;
  #reachable = true;
  #held = false;
  #stalled = false;
  #lossy = false;
  #rate: number | undefined;

  async listen(): Promise<this> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get port(): number {
    return this.#port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Every connection breaks, and no new one is possible before `restore()`. */
  cut(): void {
    this.#reachable = false;
    this.break('reset');
  }

  restore(): void {
    this.#reachable = true;
  }

  /** Every connection breaks; new ones are possible at once. `end`: as if the other side had closed it. */
  break(how: 'reset' | 'end'): void {
    for (const {page, server} of this.#pairs) {
      for (const socket of [page, server]) {
        if (how === 'reset') socket.resetAndDestroy();
        else socket.destroySoon();
      }
    }
  }

  /** Nobody listens any more; connections that are there stay. */
  shut(): void {
    this.#server.close();
  }

  /** Listens again, where it did. */
  async reopen(): Promise<void> {
    if (!this.#server.listening) await this.listen();
  }

  /** What the server says is kept back until `release()`; what the page says arrives. */
  hold(): void {
    this.#held = true;
    this.#hold();
  }

  release(): void {
    this.#held = false;
    this.#hold();
  }

  /** Accepts, and delivers nothing either way until it is over; then everything. */
  stall(isStalled: boolean): void {
    this.#stalled = isStalled;
    this.#hold();
  }

  /** Bytes a second, each way, in pieces that end anywhere; undefined: as fast as it goes. */
  throttle(rate: number | undefined): void {
    this.#rate = rate;
    for (const {up, down} of this.#pairs) for (const flow of [up, down]) flow.slow(rate);
  }

  /** All that is sent over connections that are there, or are made while it lasts, is gone, now and later; none of them closes. */
  blackhole(isLossy: boolean): void {
    this.#lossy = isLossy;
    if (isLossy) for (const {up, down} of this.#pairs) for (const flow of [up, down]) flow.lose();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #hold(): void {
    for (const {up, down} of this.#pairs) {
      up.hold(this.#stalled);
      down.hold(this.#stalled || this.#held);
    }
  }

  #accept(page: Socket): void {
    if (!this.#reachable) {
      page.destroy();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    const pair = {page, server, up: new Flow(page, server, asIs), down: new Flow(server, page, this.tamper())};
    this.#pairs.add(pair);
    for (const socket of [page, server]) {
      socket.setNoDelay(true);
      // A connection that breaks breaks on both sides; that is what this is for.
      socket.on('error', () => this.#broken(pair));
      socket.on('close', () => {
        if (page.destroyed && server.destroyed) this.#pairs.delete(pair);
      });
    }
    pair.up.hold(this.#stalled);
    pair.down.hold(this.#stalled || this.#held);
    if (this.#rate !== undefined) this.throttle(this.#rate);
    if (this.#lossy) for (const flow of [pair.up, pair.down]) flow.lose();
  }

  #broken({page, server, down}: Pair): void {
    if (down.isLost) return;
    for (const socket of [page, server]) socket.destroy();
  }
}
