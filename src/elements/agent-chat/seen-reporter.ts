import type {ReactiveController, ReactiveElement} from 'lit';
import type {CurrentSession} from './current-session.ts';

/** Knows whether a person sees the chat, and tells the server what they have seen. */
export class SeenReporter implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #observer = new IntersectionObserver((entries) => {
    this.#isOnScreen = entries.at(-1)?.isIntersecting ?? false;
    this.#turned();
  });
  #isOnScreen = false;
  #lastSeen = '';

  constructor(host: ReactiveElement, session: CurrentSession) {
    this.#host = host;
    this.#session = session;
    host.addController(this);
  }

  /** The chat is on the screen, and the page is the one shown. */
  get isLookedAt(): boolean {
    return this.#isOnScreen && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    document.addEventListener('visibilitychange', this.#turned);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#turned);
    this.#isOnScreen = false;
  }

  hostUpdated(): void {
    const {scope, id, view, thread} = this.#session;
    if (!this.isLookedAt) return;
    if (!scope || id === undefined || !view?.unread || !thread?.state.live) return;
    // Once: a server that does not take it should not be asked again and again.
    const seen = `${id} ${thread.state.seq}`;
    if (seen === this.#lastSeen) return;
    this.#lastSeen = seen;
    scope.store.seen(id);
  }

  /** Others look at it, too. */
  readonly #turned = (): void => this.#host.requestUpdate();
}
