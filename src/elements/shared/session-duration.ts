import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {fill} from '../../context/strings.ts';
import {durationWords} from './duration.ts';
import {languageOf} from './relative-time.ts';

const SECOND = 1000;

/**
 * How long something has taken, or takes so far by the server's clock: then it goes on once a second, but only where and
 * while it can be seen. Not for a live region.
 */
export class SessionDuration extends LitElement {
  /** ISO 8601. */
  @property({attribute: false}) since = '';
  /** ISO 8601; undefined: not over. */
  @property({attribute: false}) until: string | undefined;
  @property({attribute: false}) clock: {readonly serverTime: number} | undefined;
  /** `{time}` marks the duration. */
  @property({attribute: false}) label = '{time}';

  #isInSight = false;
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #sight = new IntersectionObserver((entries) => {
    this.#isInSight = entries.at(-1)?.isIntersecting ?? false;
    this.#follow();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.observe(this);
    document.addEventListener('visibilitychange', this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.disconnect();
    this.#isInSight = false;
    document.removeEventListener('visibilitychange', this.#follow);
    clearTimeout(this.#timer);
  }

  /** Its looks are those of where it stands. */
  protected override createRenderRoot(): this {
    return this;
  }

  protected override updated(): void {
    this.#follow();
  }

  protected override render(): TemplateResult | typeof nothing {
    const length = this.#length;
    this.#text = this.#words();
    if (!this.#text) return nothing;
    return html`<time datetime="PT${Math.floor(length / SECOND)}S">${this.#text}</time>`;
  }

  /** Renders again only if the words have changed; then waits for the next full second. */
  readonly #follow = (): void => {
    clearTimeout(this.#timer);
    if (this.until !== undefined || !this.#isInSight || document.hidden || !this.isConnected) return;
    const words = this.#words();
    if (!words) return;
    if (words !== this.#text) this.requestUpdate();
    this.#timer = setTimeout(this.#follow, SECOND - (this.#length % SECOND));
  };

  #words(): string {
    const length = this.#length;
    if (Number.isNaN(length)) return '';
    return fill(this.label, {time: durationWords(length, this.until !== undefined, languageOf(this))});
  }

  /** Milliseconds; NaN where a time is none. */
  get #length(): number {
    const end = this.until === undefined ? (this.clock?.serverTime ?? Date.now()) : Date.parse(this.until);
    return Math.max(0, end - Date.parse(this.since));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-duration': SessionDuration;
  }
}
