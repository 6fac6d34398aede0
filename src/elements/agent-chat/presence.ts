import type {ReactiveController, ReactiveElement} from 'lit';

/** Whether a person can see the element: it is on the screen, and the page is the one shown. */
export class Presence implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #observer = new IntersectionObserver((entries) => {
    this.#isOnScreen = entries.at(-1)?.isIntersecting ?? false;
    this.#tell();
  });
  #isOnScreen = false;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get visible(): boolean {
    return this.#isOnScreen && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
    document.addEventListener('visibilitychange', this.#tell);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#tell);
    this.#isOnScreen = false;
  }

  readonly #tell = (): void => {
    if (this.visible) this.#host.requestUpdate();
  };
}
