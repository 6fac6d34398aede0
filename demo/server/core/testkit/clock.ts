import type {Clock} from '../ports.ts';

/** Lets everything that is ready to run do so. */
export const settle = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A clock that stands until it is moved. */
export class VirtualClock implements Clock {
  #now: number;
  #timers: {readonly at: number; readonly run: () => void}[] = [];

  constructor(from = Date.parse('2026-01-02T03:04:05.000Z')) {
    this.#now = from;
  }

  now(): number {
    return this.#now;
  }

  timer(ms: number, run: () => void): () => void {
    const timer = {at: this.#now + Math.max(0, ms), run};
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves on, and stops at each timer until all that it started has come to rest. */
  async advance(ms: number): Promise<void> {
    await settle();
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter(({at}) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    this.#now = end;
  }
}
