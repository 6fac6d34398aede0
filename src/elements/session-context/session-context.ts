import {ContextProvider} from '@lit/context';
import {LitElement, css, html, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {BackendFactory, Token} from '../../backend/backend.ts';
import {pageEnvironment} from '../../backend/environment.ts';
import {findBackend} from '../../backend/registry.ts';
import {wireOf} from '../../backend/wire/wire.ts';
import {serveDocument} from '../../context/document-scope.ts';
import {SessionScope, sessionContext} from '../../context/scope.ts';
import type {Strings} from '../../context/strings.ts';
import {ConnectionChangeEvent, SelectionChangeEvent, SessionErrorEvent} from '../../events.ts';
import type {Connection} from '../../model/inputs.ts';
import type {Area} from '../../store/records.ts';
import {SessionStore} from '../../store/session-store.ts';
import {effect} from '../shared/effect.ts';
import {ownTask} from '../shared/own-task.ts';
import {contentIsThere} from '../shared/first-content.ts';

export type Persist = 'session' | 'local' | 'none';

const areas: Record<Persist, (() => Area) | undefined> = {
  session: () => sessionStorage,
  local: () => localStorage,
  none: undefined,
};

/**
 * Owns one connection and one store, and gives them to the elements around which it stands.
 *
 * @element session-context
 * @slot - The page, or the part of it, that uses the sessions.
 * @fires {ConnectionChangeEvent} connection-change - The connection has changed.
 * @fires {SessionErrorEvent} session-error - A problem that a person should see.
 * @fires {SelectionChangeEvent} selection-change - Another session is selected, whatever changed it.
 */
export class SessionContext extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** Where the server is. What it means depends on the backend; for `session-sync` a WebSocket or HTTP URL. */
  @property() url = '';
  /** Which protocol: the name of a registered backend, or, as a property, the factory of one. */
  @property() backend: string | BackendFactory = 'session-sync';
  /** Where drafts, unconfirmed messages and what is folded away in a list are kept. */
  @property() persist: Persist = 'session';
  /** `document`: serves consumers anywhere in the document, not only those inside. */
  @property() scope: 'document' | '' = '';

  readonly #provider = new ContextProvider(this, {context: sessionContext});
  #scope: SessionScope | undefined;
  #selected: string | undefined;
  #token: Token;
  #strings: Partial<Strings> = {};
  #stops: (() => void)[] = [];
  #running = false;

  /** A string, or a function that returns one or a promise of one; asked anew at each connection. Never an attribute. */
  @property({attribute: false})
  get token(): Token {
    return this.#token;
  }
  set token(token: Token) {
    this.#token = token;
    if (this.#scope) this.#scope.store.token = token;
  }

  /** The id of the selected session; undefined: a new conversation. */
  @property({reflect: true})
  get selected(): string | undefined {
    return this.#selected;
  }
  set selected(id: string | null | undefined) {
    this.#select(id ?? undefined);
  }

  /** Texts in place of the English ones. */
  @property({attribute: false})
  get strings(): Partial<Strings> {
    return this.#strings;
  }
  set strings(strings: Partial<Strings>) {
    this.#strings = strings;
    if (this.#scope) this.#scope.strings = strings;
  }

  /** The headless store: all state and every command, usable without any other element. */
  get store(): SessionStore {
    return this.#current().store;
  }

  /** How the connection is: `idle`, `connecting`, `open`, `waiting` or `refused`. */
  get connection(): Connection {
    return this.#scope?.store.connection.status ?? 'idle';
  }

  /** Connects now, also after a refusal or `disconnect()`. */
  reconnect(): void {
    const {store} = this.#current();
    if (store.connection.status === 'idle') store.connect();
    else store.reconnect();
  }

  /** Closes the connection until `reconnect()`. */
  disconnect(): void {
    this.#scope?.store.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#running) this.#run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is back before the microtask.
    queueMicrotask(() => {
      if (!this.isConnected) this.#rest();
    });
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.has('url') || changed.has('backend') || changed.has('persist');
    if (other && this.#scope && this.hasUpdated) {
      this.#rest();
      this.#scope = undefined;
    } else if (changed.has('scope') && this.#running) this.#rest();
    if (this.isConnected && !this.#running) this.#run();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #current(): SessionScope {
    if (this.#scope) return this.#scope;
    const {url, backend, persist} = this;
    const storage = areas[persist] ?? undefined;
    const environment = wireOf(pageEnvironment);
    const store = new SessionStore({
      url: absolute(url),
      backend: typeof backend === 'string' ? findBackend(backend) : backend,
      environment,
      token: this.#token,
      ...(storage && {storage}),
    });
    this.#scope = new SessionScope(store, environment, (id) => this.#select(id));
    this.#scope.strings = this.#strings;
    this.#scope.select(this.#selected);
    return this.#scope;
  }

  #select(id: string | undefined): void {
    const previous = this.#selected;
    if (previous === id) return;
    this.#selected = id;
    this.#scope?.select(id);
    this.requestUpdate('selected', previous);
    if (this.hasUpdated) this.dispatchEvent(new SelectionChangeEvent(id, previous));
  }

  #run(): void {
    this.#running = true;
    const scope = this.#current();
    const {store} = scope;
    let told = store.connection.status;
    this.#stops = [
      store.onProblem(({code, message, sessionId}) => {
        this.dispatchEvent(new SessionErrorEvent(code, message, sessionId));
      }),
      effect(() => {
        const {status} = store.connection;
        if (status === told) return;
        told = status;
        this.dispatchEvent(new ConnectionChangeEvent(status));
      }),
      effect(() => {
        const {status} = store.connection;
        const thread = scope.selected === undefined ? undefined : store.thread(scope.selected);
        const isThere = thread ? thread.state.loaded : store.listLive;
        if (isThere || status === 'waiting' || status === 'refused') contentIsThere();
      }),
      effect(() => {
        if (store.unsettled) addEventListener('beforeunload', askFirst);
        else removeEventListener('beforeunload', askFirst);
      }),
      () => removeEventListener('beforeunload', askFirst),
      ...(this.scope === 'document' ? [serveDocument(this)] : []),
    ];
    this.#provider.setValue(scope);
    this.#provider.hostConnected();
    if (this.url || typeof this.backend !== 'string') store.connect();
  }

  /** Out of the document: the connection, its timers and listeners go; the store stays for the way back. */
  #rest(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#scope?.store.disconnect();
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#provider.setValue(undefined);
    // Whoever still belongs here asks again; whoever was served across the document may not.
    this.#provider.clearCallbacks();
  }
}

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Relative to the page; what cannot be resolved is left to the backend to refuse. */
const absolute = (url: string): string => {
  if (!url) return url;
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
};

declare global {
  interface HTMLElementTagNameMap {
    'session-context': SessionContext;
  }
}
