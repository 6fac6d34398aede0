import type {ListRow} from '../../store/list-view.ts';

/** Which sessions a person has marked, to do one thing with all of them. */
export class RowMarks {
  readonly #changed: () => void;
  /** Undefined: nobody is marking. */
  #marked: ReadonlySet<string> | undefined;
  /** Where a range begins, and what was marked apart from it. */
  #anchor: string | undefined;
  #others: ReadonlySet<string> = new Set();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isOn(): boolean {
    return this.#marked !== undefined;
  }

  get ids(): ReadonlySet<string> {
    return this.#marked ?? new Set();
  }

  begin(): void {
    this.#set(new Set());
  }

  toggle(id: string): void {
    const marked = new Set(this.#marked);
    if (!marked.delete(id)) marked.add(id);
    this.#anchor = id;
    this.#others = new Set(marked);
    this.#set(marked);
  }

  /** From where the last one was marked, else from `start`, to `end`. */
  extend(start: string, end: string, rows: readonly ListRow[]): void {
    const indexOf = (id: string | undefined): number => rows.findIndex((row) => row.id === id);
    if (!this.#marked || indexOf(this.#anchor) < 0) this.#anchor = start;
    const [from, to] = [indexOf(this.#anchor), indexOf(end)].toSorted((a, b) => a - b) as [number, number];
    this.#set(new Set([...this.#others, ...rows.slice(Math.max(0, from), to + 1).map(({id}) => id)]));
  }

  all(rows: readonly ListRow[]): void {
    this.#set(new Set(rows.map(({id}) => id)));
  }

  clear(): void {
    this.#anchor = undefined;
    this.#others = new Set();
    this.#set(undefined);
  }

  /** What is not shown any more is not marked: nothing happens to what nobody sees. Before an update. */
  retain(isShown: (id: string) => boolean): void {
    const marked = this.#marked;
    if (!marked?.size) return;
    const left = [...marked].filter(isShown);
    if (left.length === marked.size) return;
    this.#marked = left.length ? new Set(left) : undefined;
    this.#others = new Set([...this.#others].filter(isShown));
  }

  #set(marked: ReadonlySet<string> | undefined): void {
    this.#marked = marked;
    this.#changed();
  }
}
