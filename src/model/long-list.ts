/** As many entries stand together: about the square root of a long thread, so that a change copies little of either kind. */
const PAGE = 128;

/**
 * An immutable list for threads of any length. It is kept in pages, and a list made from another shares with it all pages
 * in which nothing differs: appending or replacing copies one page and the row of pages, and what has changed between two
 * lists is found by comparing pages by identity. Pages may be of different lengths, none is empty.
 */
export class LongList<T> implements Iterable<T> {
  readonly pages: readonly (readonly T[])[];
  readonly length: number;

  constructor(pages: readonly (readonly T[])[] = []) {
    this.pages = pages;
    this.length = pages.reduce((sum, page) => sum + page.length, 0);
  }

  static from<T>(entries: Iterable<T>): LongList<T> {
    return new LongList<T>().concat(entries);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const page of this.pages) yield* page;
  }

  /** As of an array: negative places count from the end. */
  at(place: number): T | undefined {
    return entryAt(this.pages, place < 0 ? this.length + place : place, this.length);
  }

  /** As of an array, for places from 0 on. */
  slice(from: number, to = this.length): T[] {
    const found: T[] = [];
    let start = 0;
    for (const page of this.pages) {
      if (start >= to) break;
      if (start + page.length > from) found.push(...page.slice(Math.max(0, from - start), to - start));
      start += page.length;
    }
    return found;
  }

  append(entry: T): LongList<T> {
    return this.concat([entry]);
  }

  concat(entries: Iterable<T>): LongList<T> {
    const draft = new LongListDraft(this);
    for (const entry of entries) draft.push(entry);
    return draft.list;
  }

  with(place: number, entry: T): LongList<T> {
    const draft = new LongListDraft(this);
    draft.set(place, entry);
    return draft.list;
  }

  /** A page of its own for what is put between others. */
  insert(place: number, entry: T): LongList<T> {
    const pages: (readonly T[])[] = [];
    let start = 0;
    for (const page of this.pages) {
      const at = place - start;
      start += page.length;
      if (at === 0) pages.push([entry], page);
      else if (at > 0 && at < page.length) pages.push(page.slice(0, at), [entry], page.slice(at));
      else pages.push(page);
    }
    return new LongList(place === start ? [...pages, [entry]] : pages);
  }
}

/** From the nearer end. */
function entryAt<T>(pages: readonly (readonly T[])[], place: number, length: number): T | undefined {
  if (place < length / 2) {
    let left = place;
    for (const page of pages) {
      if (left < page.length) return page[left];
      left -= page.length;
    }
    return undefined;
  }
  let start = length;
  for (let at = pages.length - 1; at >= 0; at--) {
    const page = pages[at] ?? [];
    start -= page.length;
    if (place >= start) return page[place - start];
  }
  return undefined;
}

/** Changes to a list before it is one: a page is copied once, whatever is done to it. */
export class LongListDraft<T> {
  readonly #pages: (readonly T[])[];
  readonly #own = new Set<readonly T[]>();
  length: number;

  constructor(base: LongList<T>) {
    this.#pages = [...base.pages];
    this.length = base.length;
  }

  at(place: number): T | undefined {
    return entryAt(this.#pages, place, this.length);
  }

  /** What has become of it; nothing is changed after that. */
  get list(): LongList<T> {
    return new LongList(this.#pages);
  }

  push(entry: T): void {
    const last = this.#pages.length - 1;
    this.#owned((this.#pages[last]?.length ?? PAGE) < PAGE ? last : last + 1).push(entry);
    this.length++;
  }

  set(place: number, entry: T): void {
    let left = place;
    const page = this.#pages.findIndex(({length}) => (left -= length) < 0);
    if (page >= 0) this.#owned(page)[left + (this.#pages[page]?.length ?? 0)] = entry;
  }

  #owned(page: number): T[] {
    const held = this.#pages[page];
    if (held && this.#own.has(held)) return held as T[];
    const own = [...(held ?? [])];
    this.#pages[page] = own;
    this.#own.add(own);
    return own;
  }
}
