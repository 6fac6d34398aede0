import type {ReactiveController, ReactiveElement} from 'lit';
import {isActive} from '../../model/session.ts';
import {list} from '../../store/cells.ts';
import type {SessionStore} from '../../store/session-store.ts';
import type {CurrentSession} from './current-session.ts';

/** The sessions that a session has started, and theirs in turn, as far as they are at work and not being stopped. */
export class ActiveFamily implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #ids = list();
  #store: SessionStore | undefined;
  #root: string | undefined;
  #unsubscribe: (() => void) | undefined;
  #isDue = false;

  constructor(host: ReactiveElement, session: CurrentSession) {
    this.#host = host;
    this.#session = session;
    host.addController(this);
  }

  get ids(): readonly string[] {
    return this.#ids.get();
  }

  /** After the update, because the controller may have come with it. */
  hostUpdated(): void {
    const {scope, id: root} = this.#session;
    const store = scope?.store;
    if (!this.#host.isConnected) return;
    if (store === this.#store && root === this.#root) return;
    this.hostDisconnected();
    this.#store = store;
    this.#root = root;
    if (!store || !root) return;
    this.#unsubscribe = store.sessions.onChange((_id, before, after) => {
      if (before?.parent || after?.parent) this.#countSoon();
    });
    this.#count();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#store = undefined;
    this.#root = undefined;
    this.#ids.set([]);
  }

  /** Once for all that changes together. */
  #countSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#count();
    });
  }

  #count(): void {
    const sessions = this.#store?.sessions;
    if (!sessions) return;
    const parents = new Map([...sessions.all()].map(({id, parent}) => [id, parent]));
    const isBelow = (id: string): boolean => {
      const seen = new Set<string>();
      for (let at = parents.get(id); at && !seen.has(at); at = parents.get(at)) {
        if (at === this.#root) return true;
        seen.add(at);
      }
      return false;
    };
    const active = [...sessions.all()].filter(({status}) => isActive(status) && status !== 'stopping');
    this.#ids.set(active.map(({id}) => id).filter(isBelow));
  }
}
