import {ContextEvent, type ContextCallback} from '@lit/context';
import type {ReactiveController, ReactiveElement} from 'lit';
import {sessionContext, type SessionScope} from './scope.ts';

/**
 * Finds the provider of an element: the nearest around it, the one whose id the element's `context` attribute names, or
 * one that serves the document. Works in any order: it asks again whenever a provider appears.
 */
export class ScopeConsumer implements ReactiveController {
  readonly #host: ReactiveElement & {context?: string};
  #scope: SessionScope | undefined;
  #unsubscribe: (() => void) | undefined;
  #askedAt: EventTarget | undefined;

  constructor(host: ReactiveElement & {context?: string}) {
    this.#host = host;
    host.addController(this);
  }

  get scope(): SessionScope | undefined {
    return this.#scope;
  }

  hostConnected(): void {
    document.addEventListener('context-provider', this.#ask);
    this.#ask();
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#ask);
    this.#letGo();
  }

  /** The `context` attribute may have changed. */
  hostUpdate(): void {
    if (this.#askedAt !== this.#provider()) this.#ask();
  }

  readonly #ask = (): void => {
    const at = this.#provider();
    if (at !== this.#askedAt) this.#letGo();
    this.#askedAt = at;
    // A provider that gets a provider inside of it asks for its consumers again from where they say they stand. One that was
    // named stands nowhere, so that the answer never comes from another provider on its way up.
    const standing = at === this.#host ? this.#host : document.createElement('i');
    at?.dispatchEvent(new ContextEvent(sessionContext, standing, this.#receive, true));
  };

  /** Its identity stays, because providers tell subscribers apart by it. */
  readonly #receive: ContextCallback<SessionScope | undefined> = (scope, unsubscribe) => {
    if (this.#unsubscribe !== unsubscribe) this.#unsubscribe?.();
    this.#unsubscribe = unsubscribe;
    if (this.#scope === scope) return;
    this.#scope = scope;
    this.#host.requestUpdate();
  };

  /** Where to ask: at the named element itself, or from the host upwards. */
  #provider(): EventTarget | undefined {
    const id = this.#host.context;
    if (!id) return this.#host;
    const root = this.#host.getRootNode();
    const near = root instanceof ShadowRoot || root instanceof Document ? root.getElementById(id) : null;
    return near ?? document.getElementById(id) ?? undefined;
  }

  #letGo(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#askedAt = undefined;
    if (!this.#scope) return;
    this.#scope = undefined;
    this.#host.requestUpdate();
  }
}
