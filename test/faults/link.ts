import type {Client, Peer} from '../../demo/server/core/ports.ts';
import type {SocketLike} from '../../src/backend/backend.ts';
import {LATENCY, Pipe, type Cargo} from './pipe.ts';
import type {Time} from './time.ts';

/** Takes a connection; undefined: nobody is there. */
export type Accept = (peer: Peer) => Client | undefined;

/** What an observer of the wire may see and change; undefined: the frame is gone. */
export interface Tap {
  up(text: string): string | undefined;
  down(text: string): string | undefined;
}

/** What a frame to the page can suffer although its connection lives: a proxy that is broken, a bug of a server. */
export type Spoil = 'drop' | 'echo' | 'garble' | 'swap';

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
const BROKEN = 1006;

/** One connection between a page and the server, with both its ends, and all that can go wrong with it. */
export class Link implements SocketLike {
  readonly protocol = 'session-sync.v1';
  readyState = CONNECTING;
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly up: Pipe;
  readonly down: Pipe;
  readonly #time: Time;
  readonly #accept: Accept;
  readonly #tap: Tap;
  #server: Client | undefined;
  /** Nothing arrives at either end any more. */
  #broken = false;
  #spoil: {readonly how: Spoil; left: number} | undefined;
  /** Comes behind the next one. */
  #swapped: string | undefined;
  /** The page does not run: frames wait for it. */
  #asleep: string[] | undefined;

  constructor(time: Time, accept: Accept, tap: Tap) {
    this.#time = time;
    this.#accept = accept;
    this.#tap = tap;
    this.up = new Pipe(time, (cargo) => this.#atServer(cargo));
    this.down = new Pipe(time, (cargo) => this.#atPage(cargo));
  }

  // ---- the page's end ---------------------------------------------------------------------------------------------

  send(text: string): void {
    if (this.readyState !== OPEN) return;
    const sent = this.#tap.up(text);
    if (sent !== undefined) this.up.push({text: sent});
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState === CLOSED) return;
    if (this.readyState === CONNECTING) this.#broken = true;
    this.readyState = CLOSED;
    this.up.push({close: {code, reason}});
  }

  /** The network reaches the server, if there is one. */
  dial(): void {
    if (this.#broken) return;
    const server = this.#accept({
      send: (text) => this.down.push({text}),
      ping: () => this.down.push({control: 'ping'}),
      buffered: () => this.down.buffered,
      close: (code, reason) => this.down.push({close: {code, reason}}),
    });
    if (!server) return this.fail();
    this.#server = server;
    this.readyState = OPEN;
    this.onopen?.(undefined as never);
  }

  /** The connection cannot be made. */
  fail(): void {
    this.#broken = true;
    this.#closed(BROKEN, '');
  }

  /** The page stops running (a frozen tab, a sleeping machine), or goes on with what has come meanwhile. */
  set asleep(asleep: boolean) {
    const waiting = this.#asleep ?? [];
    this.#asleep = asleep ? waiting : undefined;
    if (!asleep) for (const text of waiting) this.onmessage?.({data: text});
  }

  // ---- what goes wrong --------------------------------------------------------------------------------------------

  get over(): boolean {
    return this.#broken || !this.#server;
  }

  /**
   * The connection breaks: of what is on its way the first `up` and `down` frames arrive, then each end notices after a
   * while (Infinity: never by itself).
   */
  cut({up, down, page, server}: {up: number; down: number; page: number; server: number}): void {
    if (this.over) return;
    this.up.cut(up);
    this.down.cut(down);
    this.#broken = true;
    if (Number.isFinite(server)) this.#time.timer(server, () => this.#server?.closed());
    if (Number.isFinite(page)) this.#time.timer(page, () => this.#closed(BROKEN, ''));
  }

  /** A copy of a frame that the page has sent before arrives behind what is on its way. */
  repeat(text: string): void {
    if (!this.over) this.up.push({text});
  }

  /** The nth frame to the page from now on does not arrive as it was sent. */
  spoil(how: Spoil, nth: number): void {
    this.#spoil = {how, left: nth};
  }

  #spoiled(text: string): readonly string[] {
    const late = this.#swapped;
    this.#swapped = undefined;
    if (late !== undefined) return [text, late];
    const spoil = this.#spoil;
    // Who does not say welcome first does not speak the protocol: a page is right to leave for good.
    if (!spoil || text.startsWith('{"type":"welcome"') || (spoil.left -= 1) > 0) return [text];
    this.#spoil = undefined;
    switch (spoil.how) {
      case 'drop':
        return [];
      case 'echo':
        return [text, text];
      case 'garble':
        return [text.slice(0, text.length / 2)];
      case 'swap':
        this.#swapped = text;
        return [];
    }
  }

  /** Nothing goes wrong with it any more that has not gone wrong for good. */
  calm(): void {
    this.#spoil = undefined;
    this.up.release();
    this.down.release();
    this.quicken();
  }

  /** As fast as ever again. */
  quicken(): void {
    this.up.latency = LATENCY;
    this.down.latency = LATENCY;
    this.down.gap = 0;
  }

  #atServer(cargo: Cargo): void {
    if (this.#broken) return;
    if ('text' in cargo) this.#server?.receive(cargo.text);
    else if ('control' in cargo) this.#server?.alive();
    else {
      this.#broken = true;
      this.#server?.closed();
      this.#closed(cargo.close.code, '');
    }
  }

  #atPage(cargo: Cargo): void {
    if (this.#broken) return;
    if ('text' in cargo) {
      const text = this.#tap.down(cargo.text);
      for (const arrived of text === undefined ? [] : this.#spoiled(text)) {
        if (this.#asleep) this.#asleep.push(arrived);
        else this.onmessage?.({data: arrived});
      }
      this.#server?.drained();
    } else if ('control' in cargo) {
      // The browser answers by itself, whatever the page does.
      this.up.push({control: 'pong'});
    } else {
      this.#broken = true;
      this.#closed(cargo.close.code, cargo.close.reason);
    }
  }

  #closed(code: number, reason: string): void {
    this.readyState = CLOSED;
    this.onclose?.({code, reason});
  }
}
