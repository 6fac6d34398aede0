/** What is to happen at some time of the simulation. */
interface Due {
  readonly at: number;
  readonly run: () => void;
  cancelled: boolean;
}

/**
 * Lets everything that waits for nothing but its turn have it: agents, tokens and queries are promises, and a tick comes
 * after all of them. A turn of the event loop would do the same at several times the cost.
 */
const rest = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** The one clock of a simulated world. It stands still unless it is moved, and what is due happens one at a time. */
export class Time {
  #now = Date.parse('2026-01-02T03:04:05.000Z');
  /** The earliest last, so that it is cheap to take. */
  #due: Due[] = [];

  now(): number {
    return this.#now;
  }

  timer(ms: number, run: () => void): () => void {
    const due: Due = {at: this.#now + Math.max(0, ms), run, cancelled: false};
    let at = this.#due.length;
    while (at > 0 && (this.#due[at - 1]?.at ?? Infinity) <= due.at) at -= 1;
    this.#due.splice(at, 0, due);
    return () => {
      due.cancelled = true;
    };
  }

  async advance(ms: number): Promise<void> {
    await rest();
    const end = this.#now + ms;
    for (let next = this.#due.at(-1); next && next.at <= end; next = this.#due.at(-1)) {
      this.#due.pop();
      if (next.cancelled) continue;
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await rest();
    }
    this.#now = end;
  }
}

/** The time of one page or one server process: its timers die with it, and come late where it sleeps. */
export class OwnTime {
  readonly #time: Time;
  readonly #held = new Set<() => void>();
  #late: (() => void)[] = [];
  #asleep = false;
  #dead = false;

  constructor(time: Time) {
    this.#time = time;
  }

  now(): number {
    return this.#time.now();
  }

  timer(ms: number, run: () => void): () => void {
    const fire = (): void => {
      if (this.#dead || !this.#held.has(cancel)) return;
      if (this.#asleep) return void this.#late.push(fire);
      this.#held.delete(cancel);
      run();
    };
    const stop = this.#time.timer(ms, fire);
    const cancel = (): void => {
      this.#held.delete(cancel);
      stop();
    };
    this.#held.add(cancel);
    return cancel;
  }

  /** How many timers run: what would keep somebody from being let go. */
  get held(): number {
    return this.#held.size;
  }

  get asleep(): boolean {
    return this.#asleep;
  }

  sleep(): void {
    this.#asleep = true;
  }

  wake(): void {
    this.#asleep = false;
    const late = this.#late;
    this.#late = [];
    for (const fire of late) this.#time.timer(0, fire);
  }

  die(): void {
    this.#dead = true;
    this.#held.clear();
  }
}
