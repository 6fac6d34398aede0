import type {Sessions} from './sessions.ts';

/** Which sessions were started by which, by the sessions that are known. Whoever has one tells it each change. */
export class Children {
  readonly #sessions: Sessions;
  readonly #of = new Map<string, Set<string>>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    for (const {id, parent} of sessions.all()) this.move(id, undefined, parent);
  }

  /** From one parent to another; undefined is none. */
  move(id: string, before: string | undefined, after: string | undefined): void {
    if (before !== undefined) this.#of.get(before)?.delete(id);
    if (after === undefined) return;
    const children = this.#of.get(after);
    if (children) children.add(id);
    else this.#of.set(after, new Set([id]));
  }

  /** The children of a session, and theirs in turn, each once and without itself. */
  *below(id: string): Iterable<string> {
    const seen = new Set([id]);
    // Grows while it is walked; a circle of parents ends where it began.
    for (const at of seen) {
      if (at !== id) yield at;
      for (const child of this.#of.get(at) ?? []) seen.add(child);
    }
  }

  /** A parent, and its parents in turn, each once. */
  *above(parent: string | undefined): Iterable<string> {
    const seen = new Set<string>();
    for (let at = parent; at !== undefined && !seen.has(at); at = this.#sessions.peek(at)?.parent) {
      seen.add(at);
      yield at;
    }
  }
}
