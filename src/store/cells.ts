import {signal, type Signal} from '@lit-labs/signals';
import type {Item} from '../model/items.ts';
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
}

const same = (a: object, b: object): boolean => {
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);

/** A signal that tells only of real changes: of flat objects those of a field. */
export const flat = <T extends object | undefined>(value: T): Signal.State<T> =>
  signal(value, {equals: (a, b) => a === b || (!!a && !!b && same(a, b))});

export const list = (): Signal.State<readonly string[]> => signal<readonly string[]>([], {equals: sameList});

/** One thread as views read it: the order of the items, and each item, are signals of their own. */
export class ThreadCell {
  confirmed: Thread = emptyThread();
  /** How many views want it; none: kept for a while, because people come back. */
  watchers = 0;
  loadingOlder = false;
  readonly #keys = list();
  readonly #items = new Map<string, Signal.State<Item>>();
  readonly #state = flat<ThreadState>({
    loaded: false,
    live: false,
    missing: false,
    older: 'none',
    queued: 0,
    seq: 0,
    open: [],
  });

  get state(): ThreadState {
    return this.#state.get();
  }

  /** Keys of what is shown, in order. */
  get keys(): readonly string[] {
    return this.#keys.get();
  }

  /** The signal of one item; it lives as long as the item is shown. */
  item(key: string): Signal.State<Item> | undefined {
    return this.#items.get(key);
  }

  show(items: readonly Item[]): void {
    const gone = new Set(this.#items.keys());
    for (const item of items) {
      gone.delete(item.key);
      this.showItem(item);
    }
    for (const key of gone) this.#items.delete(key);
    this.#keys.set(items.map(({key}) => key));
    const {loaded, live, missing, next, folded} = this.confirmed;
    const open = [...folded.turns.values()].flatMap(({id, ended}) => (ended ? [] : [id]));
    const held = this.#state.get().open;
    this.#state.set({
      loaded,
      live,
      missing,
      older: next === undefined ? 'none' : this.loadingOlder ? 'loading' : 'some',
      queued: folded.queue.length,
      seq: lastSeq(this.confirmed),
      open: sameList(open, held) ? held : open,
    });
  }

  showItem(item: Item): void {
    const cell = this.#items.get(item.key);
    if (cell) cell.set(item);
    else this.#items.set(item.key, flat(item));
  }
}
