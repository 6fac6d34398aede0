import {signal, Signal} from '@lit-labs/signals';
import type {ReactiveController, ReactiveElement} from 'lit';
import type {Item, ToolItem, ToolState} from '../../../model/items.ts';
import {LongList} from '../../../model/long-list.ts';
import {flat, type ThreadCell} from '../../../store/cells.ts';
import {effect} from '../../shared/effect.ts';
import type {CurrentSession} from '../current-session.ts';
import type {ThreadItems} from '../thread-items.ts';

/** So many calls in a row are a run with a head. */
const FEWEST = 6;

/** What stands before the first call of a run: how many calls there are, by their states. */
export type RunHead = Readonly<Record<ToolState, number>> & {
  readonly isOpen: boolean;
  /** The first call itself is folded away. */
  readonly isFolded: boolean;
};

/**
 * Many calls in a row take little room: of a run that is not open those that are completed are left out, but for the last,
 * so that what failed and what is going on is seen, and the room that it takes stays the same while calls come and go.
 */
export class ToolRuns implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #items: ThreadItems;
  /** Keys of members of the runs that a person has opened. */
  readonly #open = signal<ReadonlySet<string>>(new Set());
  readonly #heads = new Map<string, Signal.State<RunHead | undefined>>();
  #folded: ReadonlySet<string> = new Set();
  #thread: ThreadCell | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveElement, session: CurrentSession, items: ThreadItems) {
    this.#host = host;
    this.#session = session;
    this.#items = items;
    host.addController(this);
    const {choose} = items;
    items.choose = (keys, view) => {
      if (view.thread !== this.#thread) this.#follow(view.thread);
      else this.#folded = this.#fold(runsOf(view.thread.items));
      return choose(without(keys, this.#folded), view);
    };
  }

  /** Of the run that begins with this call. Read while rendering. */
  head(key: string): RunHead | undefined {
    return this.#head(key).get();
  }

  toggle(key: string): void {
    const run = runsOf(this.#thread?.items ?? new LongList()).find(([first]) => first?.key === key);
    if (!run) return;
    const keys = run.map((call) => call.key);
    const open = new Set(this.#open.get());
    const isOpen = keys.some((each) => open.has(each));
    for (const each of keys) open.delete(each);
    // The last: older ones may come before the first.
    if (!isOpen) open.add(keys.at(-1) ?? key);
    this.#open.set(open);
  }

  /** Opens the run in which the call of this key is folded away; what it left out comes in the next frame. */
  reveal(key: string): void {
    if (!this.#folded.has(key)) return;
    const run = runsOf(this.#thread?.items ?? new LongList()).find((calls) => calls.some((call) => call.key === key));
    if (run) this.#open.set(new Set(this.#open.get()).add(run.at(-1)?.key ?? key));
  }

  hostUpdated(): void {
    if (this.#thread !== this.#session.thread) this.#follow(this.#session.thread);
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(thread: ThreadCell | undefined): void {
    this.#stop?.();
    this.#thread = thread;
    this.#heads.clear();
    this.#folded = new Set();
    if (!thread || !this.#host.isConnected) return;
    this.#folded = Signal.subtle.untrack(() => this.#fold(runsOf(thread.items)));
    this.#stop = Signal.subtle.untrack(() => effect(() => this.#update(thread)));
  }

  /** Follows the order of the entries, and those calls whose state may change. */
  #update(thread: ThreadCell): void {
    const open = this.#open.get();
    const runs = thread.keys.length ? runsOf(thread.items) : [];
    for (const run of runs) for (const {key, state} of run) if (state === 'running') thread.item(key)?.get();
    const before = this.#folded;
    this.#folded = this.#fold(runs);
    const heads = new Set(runs.map(([first]) => first?.key));
    for (const [key, head] of this.#heads) if (!heads.has(key)) head.set(undefined);
    for (const run of runs) this.#tell(run, open);
    // Not inside of what follows the signals: it would follow all that is read there.
    if (!isSame(before, this.#folded)) queueMicrotask(() => this.#items.update());
  }

  #tell(run: Run, open: ReadonlySet<string>): void {
    const [first] = run;
    if (!first) return;
    const counts = {running: 0, completed: 0, failed: 0, cancelled: 0, rejected: 0, detached: 0};
    for (const {state} of run) counts[state]++;
    const isOpen = run.some(({key}) => open.has(key));
    this.#head(first.key).set({...counts, isOpen, isFolded: !isOpen && !this.#isKept(first)});
  }

  /** The first stays, for its head. */
  #fold(runs: readonly Run[]): ReadonlySet<string> {
    const open = Signal.subtle.untrack(() => this.#open.get());
    const folded = runs
      .filter((run) => !run.some(({key}) => open.has(key)))
      .flatMap((run) => run.slice(1, -1).filter((call) => !this.#isKept(call)));
    return new Set(folded.map(({key}) => key));
  }

  /** What is not simply done, and what a person is at. */
  #isKept({key, state}: ToolItem): boolean {
    if (state !== 'completed') return true;
    const element = this.#items.get(key);
    const {activeElement} = this.#host.renderRoot as ShadowRoot;
    const card = element?.querySelector('[part~=tool]');
    return !!element?.unfolded.has(key) || !!card?.contains(activeElement);
  }

  #head(key: string): Signal.State<RunHead | undefined> {
    let head = this.#heads.get(key);
    if (!head) this.#heads.set(key, (head = flat<RunHead | undefined>(undefined)));
    return head;
  }
}

type Run = readonly ToolItem[];

/** A page is the same as long as nothing in it changes, and most have no tools. */
const withTools = new WeakMap<readonly Item[], boolean>();

function runsOf(items: LongList<Item>): readonly Run[] {
  const runs: Run[] = [];
  let run: ToolItem[] = [];
  const end = (): void => {
    if (run.length >= FEWEST) runs.push(run);
    run = [];
  };
  for (const page of items.pages) {
    const hasTools = withTools.get(page) ?? page.some(({kind}) => kind === 'tool');
    withTools.set(page, hasTools);
    if (!hasTools) end();
    else
      for (const item of page) {
        if (item.kind === 'tool') run.push(item);
        else end();
      }
  }
  end();
  return runs;
}

function without(keys: LongList<string>, folded: ReadonlySet<string>): LongList<string> {
  if (!folded.size) return keys;
  const pages = keys.pages.map((page) =>
    page.some((key) => folded.has(key)) ? page.filter((key) => !folded.has(key)) : page,
  );
  return new LongList(pages.filter(({length}) => length));
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));
