import {createContext} from '@lit/context';
import {computed, signal} from '@lit-labs/signals';
import type {Wire} from '../backend/wire/wire.ts';
import type {SessionStore} from '../store/session-store.ts';
import {english, type Strings} from './strings.ts';

/** What a provider gives to the elements below it: one store, one selection, one table of texts. */
export class SessionScope {
  readonly store: SessionStore;
  /** What goes between the page and the server. */
  readonly wire: Wire;
  readonly #selected = signal<string | undefined>(undefined);
  readonly #replaced = signal<Partial<Strings>>({});
  readonly #strings = computed<Strings>(() => ({...english(), ...this.#replaced.get()}));
  readonly #onSelect: (id: string | undefined, previous: string | undefined) => void;

  constructor(
    store: SessionStore,
    wire: Wire,
    onSelect: (id: string | undefined, previous: string | undefined) => void,
  ) {
    this.store = store;
    this.wire = wire;
    this.#onSelect = onSelect;
  }

  /** The id of the selected session; undefined: a new conversation. */
  get selected(): string | undefined {
    return this.#selected.get();
  }

  select(id: string | undefined): void {
    const previous = this.#selected.get();
    if (previous === id) return;
    this.#selected.set(id);
    this.#onSelect(id, previous);
  }

  get strings(): Strings {
    return this.#strings.get();
  }

  set strings(partial: Partial<Strings>) {
    this.#replaced.set(partial);
  }
}

/**
 * The key is unique to this copy of the package, so that a provider of another copy is invisible rather than one whose
 * signals nobody here can follow.
 */
export const sessionContext = createContext<SessionScope | undefined>(Symbol('agent-session-elements'));
