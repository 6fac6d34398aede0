import type {Environment} from '../backend.ts';

/** Short enough to notice that the page did not run for a while. */
const SLICE = 5000;

/**
 * A time limit that counts only while the page could run: a frozen tab or a sleeping machine must not take its own
 * silence for the server's. So the time passes in slices, and one that fires far too late does not count.
 */
export class Deadline {
  readonly #environment: Environment;
  readonly #run: () => void;
  #cancel: (() => void) | undefined;

  constructor(environment: Environment, run: () => void) {
    this.#environment = environment;
    this.#run = run;
  }

  get running(): boolean {
    return !!this.#cancel;
  }

  /** From now on; what was counted before is forgotten. */
  start(ms: number): void {
    this.stop();
    this.#wait(Math.max(0, ms));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(left: number): void {
    const slice = Math.min(left, SLICE);
    const began = this.#environment.now();
    this.#cancel = this.#environment.timer(slice, () => {
      this.#cancel = undefined;
      const late = this.#environment.now() - began > 2 * slice + 1000;
      const rest = late ? left : left - slice;
      if (rest > 0) this.#wait(rest);
      else this.#run();
    });
  }
}
