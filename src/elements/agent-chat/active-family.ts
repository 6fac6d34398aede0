import type {ReactiveController, ReactiveElement} from 'lit';
import type {SessionView} from '../../model/project.ts';
import {isActive} from '../../model/session.ts';
import {list} from '../../store/cells.ts';
import {Children} from '../../store/children.ts';
import type {SessionStore} from '../../store/session-store.ts';
import type {CurrentSession} from './current-session.ts';

/** The sessions that a session has started, and theirs in turn, as far as they are at work and not being stopped. */
export class ActiveFamily implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #ids = list();
  readonly #active = new Set<string>();
  #children: Children | undefined;
  #store: SessionStore | undefined;
  #root: string | undefined;
  #unsubscribe: (() => void) | undefined;
  #isDue = false;
  /** Somebody below the session, or who was: all are counted again. */
  #hasMoved = false;

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
    const {scope, id} = this.#session;
    const store = scope?.store;
    if (!this.#host.isConnected) return;
    // The chat may still call it by the page's own name; its children name the server's.
    const root = id && store ? store.sessions.resolve(id) : id;
    if (store === this.#store && root === this.#root) return;
    this.hostDisconnected();
    this.#store = store;
    this.#root = root;
    if (!store || !root) return;
    this.#children = new Children(store.sessions);
    this.#unsubscribe = store.sessions.onChange((id, before, after) => this.#changed(id, before, after));
    this.#count();
    this.#tell();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#store = undefined;
    this.#root = undefined;
    this.#children = undefined;
    this.#active.clear();
    this.#tell();
  }

  #changed(id: string, before: SessionView | undefined, after: SessionView | undefined): void {
    if (before?.parent !== after?.parent) {
      this.#children?.move(id, before?.parent, after?.parent);
      this.#hasMoved ||= this.#isBelow(before?.parent) || this.#isBelow(after?.parent);
    } else if (isAtWork(before) === isAtWork(after) || id === this.#root || !this.#isBelow(after?.parent)) return;
    else if (isAtWork(after)) this.#active.add(id);
    else this.#active.delete(id);
    this.#tellSoon();
  }

  /** Whether the children of `parent` are below the session, or its own. */
  #isBelow(parent: string | undefined): boolean {
    for (const each of this.#children?.above(parent) ?? []) if (each === this.#root) return true;
    return false;
  }

  /** Once for all that changes together. */
  #tellSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.#hasMoved) this.#count();
      this.#tell();
    });
  }

  #tell(): void {
    this.#ids.set([...this.#active]);
  }

  #count(): void {
    this.#hasMoved = false;
    this.#active.clear();
    if (this.#root === undefined) return;
    for (const id of this.#children?.below(this.#root) ?? []) {
      if (isAtWork(this.#store?.sessions.peek(id))) this.#active.add(id);
    }
  }
}

const isAtWork = (view: SessionView | undefined): boolean =>
  !!view && isActive(view.status) && view.status !== 'stopping';
