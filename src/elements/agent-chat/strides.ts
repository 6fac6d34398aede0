import type {LongList} from '../../model/long-list.ts';

/** Before anything is measured, in pixels. */
const GUESS = 80;

/** What each entry of a thread takes of the column, with the space behind it, as far as it has been measured. */
export class Strides {
  readonly #known = new Map<string, number>();
  #total = 0;

  get average(): number {
    return this.#known.size ? this.#total / this.#known.size : GUESS;
  }

  get(key: string): number | undefined {
    return this.#known.get(key);
  }

  set(key: string, stride: number): void {
    this.#total += stride - (this.#known.get(key) ?? 0);
    this.#known.set(key, stride);
  }
}

/**
 * What the entries between two places take together. It is asked again and again with places that have moved a little,
 * and looks only at those entries by which the stretch has grown or shrunk.
 */
export class Stretch {
  from = 0;
  to = 0;
  #length = 0;
  #first: string | undefined;
  #known = 0;
  #unknown = 0;

  height(keys: LongList<string>, strides: Strides, from: number, to: number): number {
    this.#find(keys);
    if (to <= this.from || from >= this.to) this.#forget(from);
    this.#move(keys, strides, from, this.from, 1);
    this.#move(keys, strides, this.from, from, -1);
    this.#move(keys, strides, this.to, to, 1);
    this.#move(keys, strides, to, this.to, -1);
    this.from = from;
    this.to = to;
    this.#length = keys.length;
    this.#first = keys.at(from);
    return this.#known + this.#unknown * strides.average;
  }

  /** What was put before it has moved it. */
  #find(keys: LongList<string>): void {
    if (this.from === this.to || keys.at(this.from) === this.#first) return;
    const moved = keys.length - this.#length;
    if (keys.at(this.from + moved) !== this.#first) return this.#forget(0);
    this.from += moved;
    this.to += moved;
  }

  #forget(at: number): void {
    this.from = this.to = at;
    this.#known = this.#unknown = 0;
  }

  #move(keys: LongList<string>, strides: Strides, from: number, to: number, sign: 1 | -1): void {
    for (const key of from < to ? keys.slice(from, to) : []) {
      const stride = strides.get(key);
      if (stride === undefined) this.#unknown += sign;
      else this.#known += sign * stride;
    }
  }
}
