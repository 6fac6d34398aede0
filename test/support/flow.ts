import type {Socket} from 'node:net';

/** Bytes as they come, and what is to be passed on of them instead. */
export type Tamper = (bytes: Buffer) => Buffer;

/** So much of a second passes between two pieces of a slow connection. */
const TICK_MS = 10;

/** One direction of one connection through the proxy: what comes from one end is passed on to the other, or is not. */
export class Flow {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #tamper: Tamper;
  #waiting: Buffer[] = [];
  #isHeld = false;
  #isLost = false;
  #isOver = false;
  /** Bytes a second; undefined: as fast as it goes. */
  #rate: number | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(from: Socket, to: Socket, tamper: Tamper) {
    this.#from = from;
    this.#to = to;
    this.#tamper = tamper;
    from.on('data', (bytes: Buffer) => {
      if (this.#isLost) return;
      this.#waiting.push(this.#tamper(bytes));
      this.#pass();
    });
    from.on('end', () => this.#end());
    from.on('close', () => this.#end());
    to.on('drain', () => this.#pass());
    to.on('close', () => this.slow(undefined));
  }

  /** Nothing of what has come, or comes from now on, is passed on, its end neither; there is no way back. */
  lose(): void {
    this.#isLost = true;
    this.#waiting = [];
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Keeps back what comes. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#pass();
  }

  /** From now on so many bytes a second, in small pieces. */
  slow(rate: number | undefined): void {
    this.#rate = rate;
    clearInterval(this.#tick);
    if (rate !== undefined && !this.#to.destroyed) this.#tick = setInterval(() => this.#passSome(), TICK_MS);
    else this.#pass();
  }

  #end(): void {
    this.#isOver = true;
    this.#pass();
  }

  #pass(): void {
    if (this.#isHeld || this.#rate !== undefined) return;
    while (this.#waiting.length && !this.#to.writableNeedDrain) this.#write(this.#waiting.shift());
    this.#settle();
  }

  /** Cuts frames, and characters, where it happens to be. */
  #passSome(): void {
    if (this.#isHeld) return;
    const most = Math.max(1, Math.round(((this.#rate ?? 0) * TICK_MS) / 1000));
    const [first] = this.#waiting;
    if (first) {
      this.#write(first.subarray(0, most));
      if (first.length > most) this.#waiting[0] = first.subarray(most);
      else this.#waiting.shift();
    }
    this.#settle();
  }

  #write(bytes: Buffer | undefined): void {
    if (bytes?.length && this.#to.writable) this.#to.write(bytes);
  }

  /** The one end learns that the other has gone only after what that has said. */
  #settle(): void {
    if (this.#waiting.length) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
    if (this.#isOver && !this.#isLost && !this.#waiting.length) this.#to.end();
  }
}
