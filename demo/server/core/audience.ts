import type {Entry} from './storage.ts';

/** An entry that was just committed. */
export interface News extends Entry {
  /** As it is sent: made once, whoever gets it. */
  readonly frame: string;
  /** The streamed item that it replaces. */
  readonly closes?: string;
}

/** A page, as far as the sessions know it. */
export interface Listener {
  news(channel: string, entries: readonly News[]): void;
  /** Text of this channel's streaming items has grown. */
  grown(channel: string): void;
  /** The session of this channel is gone. */
  removed(channel: string): void;
}

/** Who listens, by user: what belongs to one is never offered to another. */
export class Audience {
  readonly #listeners = new Map<string, Set<Listener>>();

  join(user: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(user) ?? new Set();
    this.#listeners.set(user, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(user) === listeners) this.#listeners.delete(user);
    };
  }

  /** A copy: a listener may leave while it is told. */
  of(user: string): readonly Listener[] {
    return [...(this.#listeners.get(user) ?? [])];
  }
}
