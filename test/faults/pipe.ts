import type {Time} from './time.ts';

/** What travels in one direction of a connection. */
export type Cargo =
  | {readonly text: string}
  | {readonly control: 'ping' | 'pong'}
  | {readonly close: {readonly code: number; readonly reason: string}};

/** - `flows`; - `held`: nothing leaves, all of it comes later; - `lost`: it leaves and never comes (half-open). */
export type Flow = 'flows' | 'held' | 'lost';

export const LATENCY = 5;

/** One direction of a connection: in order, after a while, as a TCP stream does it. */
export class Pipe {
  /** Milliseconds on the way. */
  latency = LATENCY;
  /** Milliseconds between two frames: how slow the other side reads. */
  gap = 0;
  readonly #time: Time;
  readonly #deliver: (cargo: Cargo) => void;
  readonly #queue: {readonly cargo: Cargo; readonly at: number; readonly bytes: number}[] = [];
  #flow: Flow = 'flows';
  #bytes = 0;
  #last = 0;
  #running = false;
  #closed = false;

  constructor(time: Time, deliver: (cargo: Cargo) => void) {
    this.#time = time;
    this.#deliver = deliver;
  }

  push(cargo: Cargo): void {
    if (this.#closed) return;
    const bytes = 'text' in cargo ? cargo.text.length : 0;
    this.#queue.push({cargo, at: this.#time.now() + this.latency, bytes});
    this.#bytes += bytes;
    this.#next();
  }

  set flow(flow: Flow) {
    this.#flow = flow;
    this.#next();
  }

  /** What was held comes; what is lost stays lost. */
  release(): void {
    if (this.#flow === 'held') this.flow = 'flows';
  }

  get flow(): Flow {
    return this.#flow;
  }

  /** Bytes that have not left yet, as a socket knows it: what is only on its way has left. */
  get buffered(): number {
    return this.#flow === 'held' || this.gap > 0 ? this.#bytes : 0;
  }

  /** The first so many of what is on its way arrive, the rest never. */
  cut(arrive: number): void {
    for (let left = arrive; left > 0 && this.#flow !== 'lost'; left -= 1) {
      const head = this.#take();
      if (!head) break;
      this.#deliver(head);
    }
    this.#closed = true;
    this.#queue.length = 0;
    this.#bytes = 0;
  }

  #next(): void {
    const head = this.#queue[0];
    if (!head || this.#running || this.#closed || this.#flow === 'held') return;
    this.#running = true;
    const at = Math.max(head.at, this.#last + this.gap);
    this.#time.timer(at - this.#time.now(), () => {
      this.#running = false;
      if (this.#closed || this.#flow === 'held') return;
      const cargo = this.#take();
      this.#last = this.#time.now();
      this.#next();
      if (cargo && this.#flow !== 'lost') this.#deliver(cargo);
    });
  }

  #take(): Cargo | undefined {
    const head = this.#queue.shift();
    if (head) this.#bytes -= head.bytes;
    return head?.cargo;
  }
}
