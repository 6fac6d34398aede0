import {signal} from '@lit-labs/signals';
import type {ReactiveController, ReactiveElement} from 'lit';
import type {SessionScope} from '../../context/scope.ts';
import type {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionView} from '../../model/project.ts';
import type {ThreadCell} from '../../store/cells.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {chatState, type ChatState} from './chat-state.ts';

type Host = ReactiveElement & {sessionId: string | null | undefined};

/** Which session a chat shows: its own, its provider's selected one, or none yet. While it is shown its thread is live. */
export class CurrentSession implements ReactiveController {
  readonly #host: Host;
  readonly #consumer: ScopeConsumer;
  /** A chat with a session of its own was told to begin anew: it still leaves the provider's selection alone. */
  readonly #isDetached = signal(false);
  #watchedStore: SessionStore | undefined;
  #watchedId: string | undefined;
  #release: (() => void) | undefined;
  /** So far no more than a wish of this page. */
  #isLocal = false;
  #hasBegunHere = false;
  #wasBusy = false;

  /** After the consumer, so that the scope is known first. */
  constructor(host: Host, consumer: ScopeConsumer) {
    this.#host = host;
    this.#consumer = consumer;
    host.addController(this);
  }

  get scope(): SessionScope | undefined {
    return this.#consumer.scope;
  }

  /** Undefined: a new conversation. */
  get id(): string | undefined {
    const {sessionId} = this.#host;
    return sessionId ? sessionId : this.#isDetached.get() ? undefined : this.scope?.selected;
  }

  get view(): SessionView | undefined {
    const {id} = this;
    return id === undefined ? undefined : this.scope?.store.session(id);
  }

  get thread(): ThreadCell | undefined {
    const {id} = this;
    return id === undefined ? undefined : this.scope?.store.thread(id);
  }

  get state(): ChatState {
    return chatState(this.view, this.thread?.state, this.scope?.store.connection.status === 'open');
  }

  /** Nothing of it is history: it began on this page. */
  get hasBegunHere(): boolean {
    return this.#hasBegunHere;
  }

  /** It has been at work since it is shown, so that its end is news. */
  get wasBusy(): boolean {
    return this.#wasBusy;
  }

  /** Shows another session, or a new conversation, wherever this chat takes its session from. */
  open(id: string | undefined): void {
    if (!this.#host.sessionId && !this.#isDetached.get()) return this.scope?.select(id);
    this.#isDetached.set(id === undefined);
    this.#host.sessionId = id;
  }

  hostUpdate(): void {
    if (this.#host.sessionId) this.#isDetached.set(false);
    if (this.#host.isConnected) this.#watch(this.scope?.store, this.id);
  }

  /** Wishes can be taken back: then there is nothing to be shown, and the words are in the box of a new conversation. */
  hostUpdated(): void {
    const {view, thread} = this;
    const isTakenBack = this.#isLocal && !view && !thread?.keys.length;
    this.#isLocal = view?.local !== undefined;
    this.#wasBusy ||= this.state.busy !== 'no';
    if (isTakenBack) this.open(undefined);
  }

  hostDisconnected(): void {
    this.#watch(undefined, undefined);
  }

  #watch(store: SessionStore | undefined, id: string | undefined): void {
    if (store === this.#watchedStore && id === this.#watchedId) return;
    const release = this.#release;
    this.#watchedStore = store;
    this.#watchedId = id;
    this.#release = store && id !== undefined ? store.watch(id) : undefined;
    release?.();
    this.#hasBegunHere = this.view?.local === 'starting';
    this.#isLocal = this.#wasBusy = false;
  }
}
