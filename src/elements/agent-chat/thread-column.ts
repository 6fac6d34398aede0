import type {LongList} from '../../model/long-list.ts';
import {fill, type Strings} from '../../context/strings.ts';
import {Strides, Stretch} from './strides.ts';
import {placeOf, type ThreadWindow} from './thread-window.ts';
import type {Column, ThreadItems} from './thread-items.ts';

/** Entries that stay in the document wherever the window is. */
export type Kept = Iterable<string>;

/**
 * What stands in the column of a thread: the entries of the window, those that stay, and in place of each stretch that is
 * left out a space of its height (measured, or guessed by the average). To a screen reader a button says how much is left
 * out, and brings it.
 */
export class ThreadColumn {
  strides = new Strides();
  readonly #items: ThreadItems;
  readonly #spaces: {readonly element: HTMLElement; readonly stretch: Stretch}[] = [];
  readonly #earlier: HTMLButtonElement;
  readonly #later: HTMLButtonElement;
  #keys: readonly string[] = [];

  constructor(items: ThreadItems, more: (towards: 'start' | 'end') => void) {
    this.#items = items;
    this.#earlier = button(() => more('start'));
    this.#later = button(() => more('end'));
  }

  forget(): void {
    this.strides = new Strides();
    this.#spaces.length = 0;
    this.#keys = [];
  }

  parts(keys: LongList<string>, {from, to}: ThreadWindow, kept: Kept, strings: Strings): Column {
    const inside = keys.slice(from, to);
    const outside = [...new Set(kept)]
      .map((key) => [placeOf(keys, key), key] as const)
      .filter(([at]) => at >= 0 && (at < from || at >= to))
      .sort(([a], [b]) => a - b);
    const entries = [...outside.filter(([at]) => at < from), ...inside.map((key, at) => [from + at, key] as const)];
    entries.push(...outside.filter(([at]) => at >= to));
    this.#measure(new Set(entries.map(([, key]) => key)));
    this.#keys = entries.map(([, key]) => key);

    const column: (string | HTMLElement)[] = [];
    let next = 0;
    let runs = 0;
    // The end stands for an entry behind all.
    for (const [at, key] of [...entries, [keys.length, undefined] as const]) {
      const left = at - next;
      if (left && next === to) column.push(say(this.#later, strings.laterMessages, left));
      if (left) column.push(this.#space(runs++, keys, next, at));
      if (left && at === from) column.push(say(this.#earlier, strings.earlierMessages, left));
      if (key !== undefined) column.push(key);
      next = at + 1;
    }
    this.#spaces.length = runs;
    return column;
  }

  /** The place in the thread of what is left out at this height of the page, or next below, and how far above it begins. */
  at(y: number, keys: LongList<string>): {readonly place: number; readonly above: number} | undefined {
    const space = this.#spaces.find(({element}) => element.getBoundingClientRect().bottom > y) ?? this.#spaces.at(-1);
    if (!space) return undefined;
    const {from, to} = space.stretch;
    let above = Math.max(0, y - space.element.getBoundingClientRect().top);
    let place = from;
    for (const key of keys.slice(from, to - 1)) {
      const stride = this.strides.get(key) ?? this.strides.average;
      if (stride > above) break;
      above -= stride;
      place++;
    }
    return {place, above};
  }

  /** Before entries leave. */
  #measure(staying: ReadonlySet<string>): void {
    for (const key of this.#keys) {
      const element = staying.has(key) ? undefined : this.#items.get(key);
      if (!element?.isConnected) continue;
      const {top, bottom} = element.getBoundingClientRect();
      const after = element.nextElementSibling?.getBoundingClientRect().top ?? bottom + this.#gap;
      if (after > top) this.strides.set(key, after - top);
    }
  }

  #space(run: number, keys: LongList<string>, from: number, to: number): HTMLElement {
    const space = (this.#spaces[run] ??= {element: spaceElement(), stretch: new Stretch()});
    const height = space.stretch.height(keys, this.strides, from, to) - this.#gap;
    space.element.style.setProperty('block-size', `${Math.max(0, Math.round(height))}px`);
    return space.element;
  }

  get #gap(): number {
    const {parentElement} = this.#items.element;
    return parentElement ? parseFloat(getComputedStyle(parentElement).rowGap) || 0 : 0;
  }
}

function spaceElement(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'space';
  element.ariaHidden = 'true';
  return element;
}

function button(run: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'more';
  element.addEventListener('click', run);
  return element;
}

function say(element: HTMLButtonElement, text: string, count: number): HTMLElement {
  element.textContent = fill(text, {count});
  return element;
}
