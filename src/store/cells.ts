import {Signal, signal} from '@lit-labs/signals';
import type {Folded} from '../model/fold.ts';
import type {Item} from '../model/items.ts';
import {LongList} from '../model/long-list.ts';
import {emptyThread, lastSeq, type Thread} from '../model/thread.ts';

/** What a thread is like as a whole; changes far more rarely than its items. */
export interface ThreadState {
  /** A snapshot has come. */
  readonly loaded: boolean;
  readonly live: boolean;
  /** The session does not exist (any more). */
  readonly missing: boolean;
  readonly older: 'none' | 'some' | 'loading';
  /** How many messages wait on the server. */
  readonly queued: number;
  /** The last `seq` held. */
  readonly seq: number;
  /** Ids of the turns that are open. */
  readonly open: readonly string[];
  /** What can be chosen for the session. */
  readonly options: Folded['options'];
}

/** Flat objects with the same fields. */
export const same = (a: object, b: object): boolean => {
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((key, index) => key === b[index]));

/** A signal that tells only of real changes: of flat objects those of a field. */
export const flat = <T extends object | undefined>(value: T): Signal.State<T> =>
  signal(value, {equals: (a, b) => a === b || (!!a && !!b && same(a, b))});

export const list = (): Signal.State<readonly string[]> => signal<readonly string[]>([], {equals: sameList});

const sameKeys = (a: LongList<string>, b: LongList<string>): boolean =>
  a.pages.length === b.pages.length && a.pages.every((page, index) => sameList(page, b.pages[index] ?? []));

/**
 * One thread as views read it: the order of the items, and each item, are signals of their own. Of a change only the pages
 * are looked at in which something differs.
 */
export class ThreadCell {
  confirmed: Thread = emptyThread();
  /** How many views want it; none: kept for a while, because people come back. */
  watchers = 0;
  loadingOlder = false;
  #shown = new LongList<Item>();
  readonly #keys = signal(new LongList<string>(), {equals: sameKeys});
  /** Of the items that a view has asked for. */
  readonly #items = new Map<string, Signal.State<Item>>();
  readonly #state = flat<ThreadState>({
    loaded: false,
    live: false,
    missing: false,
    older: 'none',
    queued: 0,
    seq: 0,
    open: [],
    options: [],
  });

  get state(): ThreadState {
    return this.#state.get();
  }

  /** Keys of what is shown, in order. */
  get keys(): LongList<string> {
    return this.#keys.get();
  }

  /** What is shown; no signal. */
  get items(): LongList<Item> {
    return this.#shown;
  }

  /** The signal of one item; it lives as long as the item is shown. */
  item(key: string): Signal.State<Item> | undefined {
    const held = this.#items.get(key);
    const item = held ? undefined : this.#find(key);
    if (item) this.#items.set(key, flat(item));
    return held ?? this.#items.get(key);
  }

  show(items: LongList<Item>): void {
    const {pages} = this.#shown;
    const keys = Signal.subtle.untrack(() => this.#keys.get().pages);
    this.#shown = items;
    const gone = new Set<string>();
    pages.forEach((page, at) => page === items.pages[at] || keys[at]?.forEach((key) => gone.add(key)));
    const keysNow = items.pages.map((page, at) => {
      if (page === pages[at] && keys[at]) return keys[at];
      for (const item of page) {
        gone.delete(item.key);
        this.showItem(item);
      }
      return page.map(({key}) => key);
    });
    for (const key of gone) this.#items.delete(key);
    this.#keys.set(new LongList(keysNow));
    const {loaded, live, missing, next, folded} = this.confirmed;
    const open = folded.open.map(({id}) => id);
    const held = this.#state.get().open;
    this.#state.set({
      loaded,
      live,
      missing,
      older: next === undefined ? 'none' : this.loadingOlder ? 'loading' : 'some',
      queued: folded.queue.length,
      seq: lastSeq(this.confirmed),
      open: sameList(open, held) ? held : open,
      options: folded.options,
    });
  }

  showItem(item: Item): void {
    this.#items.get(item.key)?.set(item);
  }

  /** What streams may be newer than what was last shown as a whole. */
  #find(key: string): Item | undefined {
    const streamed = this.confirmed.tail.find((item) => item.key === key);
    if (streamed) return streamed;
    const place = this.confirmed.folded.places.get(key) ?? NaN;
    // The mark of a gap may stand before it.
    const inLog = [place, place + 1].map((at) => this.#shown.at(at)).find((item) => item?.key === key);
    if (inLog) return inLog;
    // All else but that mark stands at the end.
    for (const page of this.#shown.pages.toReversed()) {
      const item = page.findLast((each) => each.key === key);
      if (item) return item;
    }
    return undefined;
  }
}
