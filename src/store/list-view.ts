import {Signal, signal} from '@lit-labs/signals';
import type {SessionView} from '../model/project.ts';
import {isActive} from '../model/session.ts';
import {wordsBegin} from '../model/words.ts';
import {compareIds, orderBy, type ListSection, type Order, type OrderOptions} from './list-order.ts';
import {layOut} from './list-tree.ts';
import type {Sessions} from './sessions.ts';

export const filters = ['all', 'active', 'waiting', 'finished', 'stopped', 'failed', 'archived'] as const;
export type ListFilter = (typeof filters)[number];

export interface ListOptions extends OrderOptions {
  readonly filter: ListFilter;
  /** Each of its words begins some word of the title, or of what `wordsOf` gives. */
  readonly query: string;
  /** What is looked in besides the title. Another function looks through all of them again. */
  readonly wordsOf?: (view: SessionView) => string;
  /** Ids of those whose children have no rows. Another set lays the rows out again. */
  readonly collapsed?: ReadonlySet<string>;
}

export interface ListRow {
  readonly id: string;
  /** How deep below a session of the list this one is nested. */
  readonly depth: number;
  /** It has children in this list; whether they have rows. */
  readonly branch?: 'open' | 'closed';
  /** The row is the first of this section. */
  readonly section?: ListSection;
}

const nothing: ReadonlySet<string> = new Set();

/** Of so many changes at once all is sorted anew; fewer find their places one by one. */
const MANY = 200;

/**
 * The rows of one list, kept in order one change at a time: of ten thousand sessions a change of status looks at a few,
 * and rows that stay where they are cause nothing.
 */
export class ListView {
  readonly #sessions: Sessions;
  readonly #rows = signal<readonly ListRow[]>([], {
    equals: (a, b) => a.length === b.length && a.every((row, index) => row === b[index]),
  });
  readonly #total = signal(0);
  readonly #isOutdated = signal(false);
  readonly #stop: () => void;
  /** What the server found by words that are not in a title. */
  #found: ReadonlySet<string>;
  #options: ListOptions;
  #by: Order;
  /** What matches, each as it was when it was put into the order. */
  #placed = new Map<string, SessionView>();
  #order: SessionView[] = [];
  /** Some may be children of others. */
  #isNested = false;
  /** What has changed since, as it is now. */
  #changes = new Map<string, SessionView | undefined>();
  #isHeld = false;

  /** `found` as `configure` has it. */
  constructor(sessions: Sessions, options: ListOptions = {filter: 'all', sort: 'updated', query: ''}, found = nothing) {
    this.#sessions = sessions;
    this.#options = options;
    this.#by = orderBy(options);
    this.#found = found;
    this.#stop = sessions.onChange((id, _, after) => this.#changed(id, after));
    this.#sort();
  }

  get rows(): readonly ListRow[] {
    return this.#rows.get();
  }

  /** How many match, those below a collapsed one too. */
  get total(): number {
    return this.#total.get();
  }

  /** While the order is held: it is not what it would be. */
  get isOutdated(): boolean {
    return this.#isOutdated.get();
  }

  /** Whether it matches; not tracked. */
  has(id: string): boolean {
    return this.#placed.has(id);
  }

  /** All that match, as their rows would stand if nothing were collapsed; not tracked. */
  get ids(): readonly string[] {
    return this.#layout().map(({id}) => id);
  }

  configure(options: ListOptions, found = nothing): void {
    const before = this.#options;
    const keys = ['filter', 'sort', 'query', 'wordsOf', 'group', 'sectionTimes'] as const;
    const isSame = found === this.#found && keys.every((key) => options[key] === before[key]);
    this.#options = options;
    this.#by = orderBy(options);
    this.#found = found;
    if (!isSame) this.#sort();
    else if (options.collapsed !== before.collapsed) this.#layOut();
  }

  /** As long as it is held, rows that are there keep their order, so that none moves away under a pointer. */
  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
    if (!isHeld) this.reorder();
  }

  /** Brings a held order up to date, once. */
  reorder(): void {
    if (this.#isOutdated.get()) this.#sort();
  }

  dispose(): void {
    this.#stop();
  }

  #changed(id: string, after: SessionView | undefined): void {
    // What comes in one frame moves the rows once.
    if (!this.#changes.size) queueMicrotask(() => this.#takeIn());
    this.#changes.set(id, after);
  }

  #takeIn(): void {
    const changes = this.#changes;
    this.#changes = new Map();
    if (changes.size > MANY) return this.#sort(this.#isHeld);
    let isMoved = false;
    for (const [id, after] of changes) {
      if (this.#place(id, after && this.#matches(after) ? after : undefined)) isMoved = true;
    }
    if (isMoved) this.#layOut();
  }

  /** Whether rows may have moved by it. */
  #place(id: string, view: SessionView | undefined): boolean {
    const held = this.#placed.get(id);
    const isDue = !!held && !!view && this.#by.compare(held, view) !== 0;
    if (held && view && held.parent === view.parent && !isDue) return false;
    const from = held ? this.#indexOf(held) : -1;
    if (held) this.#order.splice(from, 1);
    if (!view) return this.#placed.delete(id);
    const placed = isDue && this.#isHeld ? asPlaced(view, held) : view;
    if (placed !== view) this.#isOutdated.set(true);
    const to = this.#indexOf(placed);
    this.#isNested ||= placed.parent !== undefined;
    this.#placed.set(id, placed);
    this.#order.splice(to, 0, placed);
    return (
      !held || from !== to || held.parent !== view.parent || this.#by.section?.(held) !== this.#by.section?.(placed)
    );
  }

  /** All anew; `keep`: those that are there stay in their order. */
  #sort(keep = false): void {
    const before = this.#placed;
    this.#changes = new Map();
    this.#placed = new Map();
    this.#order = [];
    this.#isNested = false;
    let isOutdated = false;
    for (const view of this.#sessions.all()) {
      if (!this.#matches(view)) continue;
      const held = keep ? before.get(view.id) : undefined;
      const isDue = held !== undefined && this.#by.compare(held, view) !== 0;
      isOutdated ||= isDue;
      const placed = isDue ? asPlaced(view, held) : view;
      this.#isNested ||= placed.parent !== undefined;
      this.#placed.set(view.id, placed);
      this.#order.push(placed);
    }
    this.#order.sort((a, b) => this.#by.compare(a, b) || compareIds(a, b));
    this.#isOutdated.set(isOutdated);
    this.#layOut();
  }

  /** Where it stands, or would. */
  #indexOf(view: SessionView): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#order[middle];
      if (other && (this.#by.compare(other, view) || compareIds(other, view)) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #layOut(): void {
    this.#total.set(this.#order.length);
    const before = Signal.subtle.untrack(() => this.#rows.get());
    this.#rows.set(this.#layout(this.#options.collapsed, before));
  }

  #layout(collapsed?: ReadonlySet<string>, before: readonly ListRow[] = []): readonly ListRow[] {
    const {section} = this.#by;
    // Ten thousand sessions at once, as a list has them that is shown: they are passed over no more often than it needs.
    if (!this.#isNested && !section && !before.length) return this.#order.map(({id}) => ({id, depth: 0}));
    return layOut({
      order: this.#order,
      has: (id) => this.#placed.has(id),
      sectionOf: (view) => section?.(view),
      collapsed,
      before,
    });
  }

  #matches(view: SessionView): boolean {
    const {filter, query, wordsOf} = this.#options;
    if ((filter === 'archived') !== (view.archived ?? false)) return false;
    if (filter === 'active' && !isActive(view.status)) return false;
    if (filter !== 'all' && filter !== 'active' && filter !== 'archived' && view.status !== filter) return false;
    if (!query || this.#found.has(view.id)) return true;
    return wordsBegin(wordsOf ? `${view.title} ${wordsOf(view)}` : view.title, query);
  }
}

/** As it is now, in the place that it had. */
const asPlaced = (view: SessionView, {title, status, created, updated}: SessionView): SessionView => ({
  ...view,
  title,
  status,
  created,
  updated,
});
