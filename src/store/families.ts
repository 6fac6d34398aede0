import type {Signal} from '@lit-labs/signals';
import type {SessionView} from '../model/project.ts';
import {isActive} from '../model/session.ts';
import {flat} from './cells.ts';
import {Children} from './children.ts';
import type {Sessions} from './sessions.ts';

/** What wants a person most, first. */
const wants = ['waiting', 'failed', 'running'] as const;
type Want = (typeof wants)[number];

/** What most wants a person among the sessions below one, and how many of them do. */
export interface FamilyState {
  readonly status: Want;
  readonly count: number;
}

type Counts = Readonly<Record<Want, number>>;
const none: Counts = {waiting: 0, failed: 0, running: 0};

/** What the children of sessions do, and theirs in turn, also those that no list shows. A change of one counts one. */
export class Families {
  readonly #sessions: Sessions;
  readonly #children: Children;
  /** Of those that were asked for. */
  readonly #counts = new Map<string, Signal.State<Counts>>();
  readonly #moved = new Set<string>();
  readonly dispose: () => void;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#children = new Children(sessions);
    this.dispose = sessions.onChange((id, before, after) => this.#changed(id, before, after));
  }

  /** Undefined: nothing below it works, failed or waits. */
  below(id: string): FamilyState | undefined {
    let held = this.#counts.get(id);
    if (!held) this.#counts.set(id, (held = flat(this.#count(id))));
    const counts = held.get();
    const status = wants.find((each) => counts[each]);
    return status && {status, count: counts[status]};
  }

  #changed(id: string, before: SessionView | undefined, after: SessionView | undefined): void {
    if (!after) this.#counts.delete(id);
    if (before?.parent === after?.parent) return this.#add(id, after?.parent, wantOf(before), wantOf(after));
    this.#children.move(id, before?.parent, after?.parent);
    const above = [...this.#children.above(before?.parent), ...this.#children.above(after?.parent)];
    if (above.length && !this.#moved.size) queueMicrotask(() => this.#recount());
    for (const each of above) this.#moved.add(each);
  }

  #add(of: string, parent: string | undefined, gone: Want | undefined, come: Want | undefined): void {
    if (gone === come) return;
    for (const id of this.#children.above(parent)) {
      const held = this.#counts.get(id);
      // In a circle of parents it is above itself.
      if (!held || id === of) continue;
      const counts = {...held.get()};
      if (gone) counts[gone]--;
      if (come) counts[come]++;
      held.set(counts);
    }
  }

  #recount(): void {
    for (const id of this.#moved) this.#counts.get(id)?.set(this.#count(id));
    this.#moved.clear();
  }

  #count(id: string): Counts {
    const counts = {...none};
    for (const each of this.#children.below(id)) {
      const want = wantOf(this.#sessions.peek(each));
      if (want) counts[want]++;
    }
    return counts;
  }
}

/** A failed one that was archived has been dealt with. */
function wantOf(view: SessionView | undefined): Want | undefined {
  if (!view || view.status === 'waiting') return view && 'waiting';
  if (view.status === 'failed') return view.archived ? undefined : 'failed';
  return isActive(view.status) ? 'running' : undefined;
}
