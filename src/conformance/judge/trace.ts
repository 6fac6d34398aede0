import type {Traced} from '../verdicts.ts';

/** Frames that are kept to be shown with what is found, and how many of them are. */
const KEPT = 200;
const SHOWN = 8;

/** The last frames of one connection, in both directions. */
export class Trace {
  readonly #now: () => number;
  readonly #frames: Traced[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  add(way: Traced['way'], text: string): void {
    this.#frames.push({at: this.#now(), way, text});
    if (this.#frames.length > KEPT) this.#frames.shift();
  }

  /** The last that name something, and the last of all. */
  about(name: string): readonly Traced[] {
    const last = this.#frames.at(-1);
    return this.#frames.filter((frame) => frame === last || frame.text.includes(name)).slice(-SHOWN);
  }
}
