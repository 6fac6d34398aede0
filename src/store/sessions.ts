import {signal, type Signal} from '@lit-labs/signals';
import type {Input} from '../model/inputs.ts';
import type {OutboxEntry} from '../model/outbox.ts';
import {projectSession, type SessionView} from '../model/project.ts';
import {newer, type Session} from '../model/session.ts';
import {same} from './cells.ts';

/** Called when what is shown of a session has changed; undefined: not shown (any more). */
export type SessionListener = (id: string, before: SessionView | undefined, after: SessionView | undefined) => void;

type Cell = Signal.State<SessionView | undefined>;

/** Removals older than this are forgotten: no page of the list can be so old (protocol section 4). */
const TOMBSTONES = 1000;

/** All sessions that are known, each with a signal of its own, so that a change of one is a change of one. */
export class Sessions {
  readonly #confirmed = new Map<string, Session>();
  readonly #removed = new Set<string>();
  readonly #aliases = new Map<string, string>();
  /** What is shown, in the order of its coming. */
  readonly #views = new Map<string, SessionView>();
  /** Of the ids that somebody reads, also of those that are not there (yet); kept by their readers alone. */
  readonly #cells = new Map<string, WeakRef<Cell>>();
  readonly #unread = new FinalizationRegistry<string>((id) => {
    if (!this.#cells.get(id)?.deref()) this.#cells.delete(id);
  });
  readonly #listeners = new Set<SessionListener>();
  readonly #next = signal<string | undefined>(undefined);

  /** The id that the server uses for what the page may call otherwise. */
  resolve(id: string): string {
    return this.#aliases.get(id) ?? id;
  }

  view(id: string): SessionView | undefined {
    return this.#cell(this.resolve(id)).get();
  }

  /** The same as it is now; not tracked. */
  peek(id: string): SessionView | undefined {
    return this.#views.get(this.resolve(id));
  }

  confirmed(id: string): Session | undefined {
    return this.#confirmed.get(this.resolve(id));
  }

  /** Older sessions exist: the cursor to ask for them with. */
  get next(): string | undefined {
    return this.#next.get();
  }

  /** All that are shown, in no order; not tracked. */
  all(): Iterable<SessionView> {
    return this.#views.values();
  }

  onChange(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Returns the sessions that it touched. */
  apply(
    input: Extract<Input, {type: 'sessions' | 'session' | 'session-removed' | 'session-missing' | 'session-alias'}>,
  ): Iterable<string> {
    switch (input.type) {
      case 'session':
        return this.#put(input.session) ? [input.session.id] : [];
      case 'session-removed': {
        this.#confirmed.delete(input.session);
        this.#removed.add(input.session);
        const [oldest] = this.#removed;
        if (oldest && this.#removed.size > TOMBSTONES) this.#removed.delete(oldest);
        return [input.session];
      }
      case 'session-missing':
        // Not for good: somebody may be about to start it.
        this.#confirmed.delete(input.session);
        return [input.session];
      case 'session-alias': {
        const {alias, session} = input;
        if (alias === session) return [];
        this.#aliases.set(alias, session);
        const held = this.#confirmed.get(alias);
        this.#confirmed.delete(alias);
        if (held) this.#put({...held, id: session});
        // Whoever read it under the name of the page looks again, and finds it under the server's.
        this.#tell(alias, undefined);
        return [session];
      }
      case 'sessions': {
        const named = new Set([...input.sessions.map(({id}) => id), ...input.keep]);
        const gone = [...this.#confirmed.keys()].filter((id) => !named.has(id));
        for (const id of gone) this.#confirmed.delete(id);
        for (const session of input.sessions) {
          this.#removed.delete(session.id);
          this.#put(session);
        }
        this.#next.set(input.next);
        return [...named, ...gone];
      }
    }
  }

  /** A new epoch: every `rev` starts over, so whatever comes next is newer. */
  outdate(): void {
    for (const [id, session] of this.#confirmed) this.#confirmed.set(id, {...session, rev: -1});
    this.#removed.clear();
  }

  /** Forgets all; returns what was known. */
  clear(): Iterable<string> {
    const known = [...this.#views.keys()];
    this.#confirmed.clear();
    this.#removed.clear();
    this.#aliases.clear();
    this.#next.set(undefined);
    return known;
  }

  /** Shows the confirmed copy with what the page has asked for on top. */
  show(id: string, entries: readonly OutboxEntry[]): void {
    this.#tell(id, projectSession(this.#confirmed.get(id), entries));
  }

  #tell(id: string, view: SessionView | undefined): void {
    const before = this.#views.get(id);
    if (before === view || (before && view && same(before, view))) return;
    if (view) this.#views.set(id, view);
    else this.#views.delete(id);
    this.#cells.get(id)?.deref()?.set(view);
    for (const listener of [...this.#listeners]) listener(id, before, view);
  }

  #put(session: Session): boolean {
    if (this.#removed.has(session.id)) return false;
    const held = this.#confirmed.get(session.id);
    const truth = newer(held, session);
    this.#confirmed.set(session.id, truth);
    return truth !== held;
  }

  #cell(id: string): Cell {
    const held = this.#cells.get(id)?.deref();
    if (held) return held;
    const cell: Cell = signal(this.#views.get(id));
    this.#cells.set(id, new WeakRef(cell));
    this.#unread.register(cell, id);
    return cell;
  }
}
