import type {LongList} from '../../model/long-list.ts';
import {FIRST} from './thread-items.ts';

/** At least as many entries are in the document, where there are so many. */
const FEWEST = 32;
/** With more than these, those far from the reader leave. */
const MOST = 2 * FEWEST;
/** As many come or go at once: an entry may take milliseconds to draw. */
const STEP = 2;
/** The key of the way to older ones, which stays at the head when they come: what is read stands behind it. */
export const HEAD = 'gap';
/** After a jump, so many before the one that was jumped to, and at most so many from it on. */
const BEFORE = 1;
const BEHIND = 4;

/** The place of a key in a thread, or -1. */
export function placeOf(keys: LongList<string>, key: string): number {
  let start = 0;
  for (const page of keys.pages) {
    const at = page.indexOf(key);
    if (at >= 0) return start + at;
    start += page.length;
  }
  return -1;
}

/** How many pixels of entries stand above and below what the reader sees, and how many are wanted there. */
export interface Reach {
  readonly above: number;
  readonly below: number;
  readonly wanted: number;
  /** What the first and the last `STEP` entries take of it. */
  readonly first: number;
  readonly last: number;
}

/** Which entries of a thread are in the document, from one place up to another. It stays with its entries when others come. */
export class ThreadWindow {
  static readonly step = STEP;
  from = 0;
  to = 0;
  #keys: LongList<string> | undefined;
  /** The first entry that stays with its neighbours, and its place. */
  #first: string | undefined;
  #place = 0;

  /** The keys are others now. `sticks`: the reader is at the end. */
  follow(keys: LongList<string>, sticks: boolean): void {
    const before = this.#keys;
    this.#keys = keys;
    if (!before || !this.#stays(keys, before.length, sticks)) this.toEnd();
    if (sticks && this.to < keys.length) this.toEnd();
    else this.#set(this.from, this.to);
  }

  forget(): void {
    this.#keys = undefined;
  }

  toEnd(): void {
    const {length} = this;
    this.#set(length - FIRST, length);
  }

  /** So that this place is in it; `ahead` entries more are wanted. */
  show(place: number, ahead = BEHIND): void {
    if (place < this.from || place >= this.to) this.#set(place - BEFORE, place + Math.min(ahead, BEHIND));
  }

  /** One step towards what is wanted; returns whether there was something to do. */
  move({above, below, wanted, first, last}: Reach, mayDrop: boolean): boolean {
    const {from, to, length} = this;
    const isSmall = to - from < FEWEST;
    const up = from > 0 && (above < wanted || isSmall);
    const down = to < length && (below < wanted || isSmall);
    if (up && (!down || above <= below)) this.#set(from - STEP, to);
    else if (down) this.#set(from, to + STEP);
    else if (!mayDrop || to - from <= MOST) return false;
    else if (above - first > 2 * wanted && above >= below) this.#set(from + STEP, to);
    else if (below - last > 2 * wanted) this.#set(from, to - STEP);
    else return false;
    return true;
  }

  get length(): number {
    return this.#keys?.length ?? 0;
  }

  /** Nothing, as long as the first of it is there. What comes at the end of all comes into it, as far as there is room. */
  #stays(keys: LongList<string>, before: number, sticks: boolean): boolean {
    const more = keys.length - before;
    const wasAtEnd = this.to === before;
    if (keys.at(this.#place) !== this.#first) {
      const place = keys.at(this.#place + more) === this.#first ? this.#place + more : placeOf(keys, this.#first ?? '');
      if (place < 0) return false;
      this.to += place - this.#place;
      this.from += place - this.#place;
    }
    if (wasAtEnd && (sticks || keys.length - this.from <= MOST)) this.to = keys.length;
    return this.to > this.from;
  }

  #set(from: number, to: number): void {
    this.to = Math.max(0, Math.min(to, this.length));
    this.from = Math.max(0, Math.min(from, this.to));
    this.#place = this.#keys?.at(this.from) === HEAD ? this.from + 1 : this.from;
    this.#first = this.#keys?.at(this.#place);
  }
}
