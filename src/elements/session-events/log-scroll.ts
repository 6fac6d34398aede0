import type {LitElement} from 'lit';

/** Follows the end of a log, unless a person has scrolled up; then what is in sight stays where it is. */
export class LogScroll {
  following = true;
  readonly #host: LitElement;
  readonly #changed: () => void;
  #last = 0;
  /** Before an update: how far the end was away. */
  #fromEnd = 0;
  #atStart = false;
  #first: number | undefined;

  constructor(host: LitElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  follow(): void {
    this.following = true;
    this.#last = 0;
  }

  readonly toggle = (): void => {
    this.following = !this.following;
    this.#changed();
  };

  readonly onScroll = (): void => {
    const box = this.#box;
    if (!box) return;
    const up = box.scrollTop < this.#last;
    this.#last = box.scrollTop;
    if (!this.following || !up || box.scrollHeight - box.scrollTop - box.clientHeight < 4) return;
    this.following = false;
    this.#changed();
  };

  /** Before an update. */
  remember(): void {
    const box = this.#box;
    this.#atStart = !!box && box.scrollTop === 0;
    this.#fromEnd = box ? box.scrollHeight - box.scrollTop : 0;
  }

  /**
   * After it; `first` is what the log begins with. Done before it is painted, but after the entries, which render
   * themselves. At the very start the browser does not keep what is in sight.
   */
  restore(first: number | undefined): void {
    const isGrown = this.#atStart && first !== this.#first;
    const fromEnd = this.#fromEnd;
    this.#first = first;
    if (!this.following && !isGrown) return;
    requestAnimationFrame(() => {
      const box = this.#box;
      if (!box) return;
      if (this.following) box.scrollTop = box.scrollHeight;
      else if (isGrown) box.scrollTop = box.scrollHeight - fromEnd;
      this.#last = box.scrollTop;
    });
  }

  get #box(): Element | null | undefined {
    return this.#host.hasUpdated ? this.#host.renderRoot.querySelector('.scroll') : undefined;
  }
}
