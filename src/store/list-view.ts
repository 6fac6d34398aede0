import {signal} from '@lit-labs/signals';
import type {SessionView} from '../model/project.ts';
import {isActive} from '../model/session.ts';
import {wordsBegin} from '../model/words.ts';
import type {Sessions} from './sessions.ts';

export const filters = ['all', 'active', 'waiting', 'finished', 'stopped', 'failed', 'archived'] as const;
export const sorts = ['updated', 'created', 'title'] as const;
export type ListFilter = (typeof filters)[number];
export type ListSort = (typeof sorts)[number];

export interface ListOptions {
  readonly filter: ListFilter;
  readonly sort: ListSort;
  /** Each of its words begins some word of the title, or of what `wordsOf` gives. */
  readonly query: string;
  /** What is looked in besides the title. Another function looks through all of them again. */
  readonly wordsOf?: (view: SessionView) => string;
}

export interface ListRow {
  readonly id: string;
  /** How deep below a session of the list this one is nested. */
  readonly depth: number;
}

/**
 * The rows of one list, kept in order one change at a time: of ten thousand sessions a change of status looks at a few,
 * and rows that stay where they are cause nothing.
 */
export class ListView {
  readonly #sessions: Sessions;
  readonly #rows = signal<readonly ListRow[]>([], {
    equals: (a, b) => a.length === b.length && a.every((row, i) => row.id === b[i]?.id && row.depth === b[i].depth),
  });
  readonly #total = signal(0);
  readonly #stop: () => void;
  /** What the server found by words that are not in a title. */
  #found: ReadonlySet<string> = new Set();
  #options: ListOptions = {filter: 'all', sort: 'updated', query: ''};
  #limit = 100;
  /** What matches, and the same sorted. */
  readonly #shown = new Map<string, SessionView>();
  readonly #children = new Map<string, Set<string>>();
  #order: SessionView[] = [];
  #stale = false;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#stop = sessions.onChange((_, before, after) => this.#changed(before, after));
    this.#rebuild();
  }

  /** The first `limit` rows. */
  get rows(): readonly ListRow[] {
    return this.#rows.get();
  }

  /** How many match. */
  get total(): number {
    return this.#total.get();
  }

  configure(options: ListOptions, found: ReadonlySet<string> = new Set()): void {
    const keys = ['filter', 'sort', 'query', 'wordsOf'] as const;
    if (found === this.#found && keys.every((key) => options[key] === this.#options[key])) return;
    this.#options = options;
    this.#found = found;
    this.#rebuild();
  }

  set limit(limit: number) {
    if (this.#limit === limit) return;
    this.#limit = limit;
    this.#flatten();
  }

  dispose(): void {
    this.#stop();
  }

  #changed(before: SessionView | undefined, after: SessionView | undefined): void {
    const held = before && this.#shown.get(before.id);
    const shown = after && this.#matches(after) ? after : undefined;
    if (!held && !shown) return;
    const from = held ? this.#place(held) : -1;
    if (held) this.#remove(held, from);
    const to = shown ? this.#insert(shown) : -1;
    if (from === to && held?.parent === shown?.parent) return;
    if (this.#stale) return;
    // What comes in one frame moves the rows once.
    this.#stale = true;
    queueMicrotask(() => this.#flatten());
  }

  #rebuild(): void {
    this.#shown.clear();
    this.#children.clear();
    this.#order = [];
    for (const view of this.#sessions.all()) {
      if (!this.#matches(view)) continue;
      this.#shown.set(view.id, view);
      this.#order.push(view);
      this.#childrenOf(view.parent)?.add(view.id);
    }
    this.#order.sort(this.#compare);
    this.#flatten();
  }

  #insert(view: SessionView): number {
    const at = this.#place(view);
    this.#order.splice(at, 0, view);
    this.#shown.set(view.id, view);
    this.#childrenOf(view.parent)?.add(view.id);
    return at;
  }

  #remove(view: SessionView, at: number): void {
    this.#order.splice(at, 1);
    this.#shown.delete(view.id);
    this.#childrenOf(view.parent)?.delete(view.id);
  }

  #childrenOf(parent: string | undefined): Set<string> | undefined {
    if (parent === undefined) return undefined;
    let children = this.#children.get(parent);
    if (!children) this.#children.set(parent, (children = new Set()));
    return children;
  }

  /** Where it stands, or would. */
  #place(view: SessionView): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#order[middle];
      if (other && this.#compare(other, view) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #flatten(): void {
    this.#stale = false;
    const rows: ListRow[] = [];
    const placed = new Set<string>();
    const add = (view: SessionView, depth: number): void => {
      if (rows.length >= this.#limit || placed.has(view.id)) return;
      placed.add(view.id);
      rows.push({id: view.id, depth});
      const children = [...(this.#children.get(view.id) ?? [])].flatMap((id) => this.#shown.get(id) ?? []);
      for (const child of children.sort(this.#compare)) add(child, depth + 1);
    };
    for (const view of this.#order) {
      if (rows.length >= this.#limit) break;
      if (this.#isRoot(view)) add(view, 0);
    }
    this.#total.set(this.#shown.size);
    this.#rows.set(rows);
  }

  /** A circle of parents has no root; its members stand as roots, so that none is hidden. */
  #isRoot(view: SessionView): boolean {
    const above = new Set([view.id]);
    let parent = view.parent === undefined ? undefined : this.#shown.get(view.parent);
    if (!parent) return true;
    for (; parent; parent = parent.parent === undefined ? undefined : this.#shown.get(parent.parent)) {
      if (above.has(parent.id)) return parent.id === view.id;
      above.add(parent.id);
    }
    return false;
  }

  #matches(view: SessionView): boolean {
    const {filter, query, wordsOf} = this.#options;
    if ((filter === 'archived') !== (view.archived ?? false)) return false;
    if (filter === 'active' && !isActive(view.status)) return false;
    if (filter !== 'all' && filter !== 'active' && filter !== 'archived' && view.status !== filter) return false;
    return this.#found.has(view.id) || wordsBegin(wordsOf ? `${view.title} ${wordsOf(view)}` : view.title, query);
  }

  readonly #compare = (a: SessionView, b: SessionView): number => {
    const {sort} = this.#options;
    const order = sort === 'title' ? byTitle.compare(a.title, b.title) : Date.parse(b[sort]) - Date.parse(a[sort]);
    return order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  };
}

const byTitle = new Intl.Collator(undefined, {numeric: true, sensitivity: 'base'});
