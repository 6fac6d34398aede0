import type {Page} from '../backend/backend.ts';
import type {Input} from '../model/inputs.ts';
import {LongList} from '../model/long-list.ts';
import {outdated, reduceThread} from '../model/thread.ts';
import {ThreadCell} from './cells.ts';

type ThreadInput = Parameters<typeof reduceThread>[1];

/** Threads that are kept live for a while after the last view has gone, because people come back. */
const KEPT = 4;

/** The threads that are live, by session, in the order of their last use. */
export class Threads {
  readonly #cells = new Map<string, ThreadCell>();
  readonly #changed: (sessions: readonly string[]) => void;

  /** `changed` is told all sessions whose threads are wanted. */
  constructor(changed: (sessions: readonly string[]) => void) {
    this.#changed = changed;
  }

  get(session: string): ThreadCell | undefined {
    return this.#cells.get(session);
  }

  /** Wants the thread once more; returns how to let it go. */
  watch(session: string): () => void {
    const cell = this.#cells.get(session) ?? new ThreadCell();
    this.#cells.delete(session);
    this.#cells.set(session, cell);
    cell.watchers++;
    this.#tell();
    let watching = true;
    return () => {
      if (!watching) return;
      watching = false;
      cell.watchers--;
      this.#tell();
    };
  }

  apply(session: string, input: ThreadInput): void {
    const cell = this.#cells.get(session);
    if (cell) cell.confirmed = reduceThread(cell.confirmed, input);
  }

  /**
   * The way of most frames: where a streamed item has only grown, nothing else of the thread is looked at. Returns whether
   * that was all.
   */
  stream(session: string, input: Extract<Input, {type: 'stream'}>): boolean {
    const cell = this.#cells.get(session);
    if (!cell) return true;
    const before = cell.confirmed;
    cell.confirmed = reduceThread(before, input);
    if (input.kind === 'tool-output' || before.tail.length !== cell.confirmed.tail.length) return false;
    const grown = cell.confirmed.tail.find(({id}) => id === input.item);
    if (grown) cell.showItem(grown);
    return true;
  }

  /** Asks for what lies before; calls `show` when it begins and when it is there. */
  async loadOlder(
    session: string,
    ask: (before: number) => Promise<Page | undefined>,
    show: () => void,
  ): Promise<void> {
    const cell = this.#cells.get(session);
    const before = cell?.confirmed.next;
    if (!cell || before === undefined || cell.loadingOlder) return;
    cell.loadingOlder = true;
    show();
    const page = await ask(before);
    cell.loadingOlder = false;
    if (page && cell.confirmed.next === before && this.#cells.get(session) === cell) {
      const next = typeof page.next === 'number' ? {next: page.next} : {};
      cell.confirmed = reduceThread(cell.confirmed, {type: 'older', session, events: page.events, ...next});
    }
    show();
  }

  /** The session has another name from now on: its thread, and whoever watches it, go along. */
  rename(alias: string, session: string): void {
    const cell = this.#cells.get(alias);
    if (!cell || alias === session) return;
    this.#cells.delete(alias);
    this.#cells.set(session, cell);
    this.#tell();
  }

  /** A new epoch: no number that is held counts. */
  outdate(): void {
    for (const cell of this.#cells.values()) cell.confirmed = outdated(cell.confirmed);
  }

  /** Nothing is shown any more; what is watched is read anew. */
  clear(): void {
    for (const [session, cell] of [...this.#cells]) {
      cell.confirmed = new ThreadCell().confirmed;
      cell.show(new LongList());
      if (cell.watchers === 0) this.#cells.delete(session);
    }
    this.#tell();
  }

  #tell(): void {
    const idle = [...this.#cells].filter(([, {watchers}]) => watchers === 0);
    for (const [session] of idle.slice(0, -KEPT)) this.#cells.delete(session);
    this.#changed([...this.#cells.keys()]);
  }
}
