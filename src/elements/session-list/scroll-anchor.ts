import type {LitElement} from 'lit';
import type {SessionListRow} from './session-list-row.ts';

/**
 * Keeps in its place what a person looks at while rows come and go above it: the row under the pointer, else the first one
 * in sight. Not left to the browser, which does nothing at the upper end, and in which not all do it.
 */
export class ScrollAnchor {
  readonly #host: LitElement;
  #row: SessionListRow | undefined;
  #top = 0;
  #isScrolled = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Known without asking for the layout, which an update would have to make. */
  readonly onScroll = (): void => {
    this.#isScrolled = (this.#scroller?.scrollTop ?? 0) > 0;
  };

  /** Before an update. */
  remember(isPointedAt: boolean): void {
    const scroller = this.#scroller;
    if (!scroller || !(isPointedAt || this.#isScrolled)) return;
    const {top} = scroller.getBoundingClientRect();
    const isInSight = (row: SessionListRow): boolean => row.getBoundingClientRect().bottom > top;
    this.#row =
      (isPointedAt && this.#rows.find((row) => row.matches(':hover'))) ||
      (this.#isScrolled ? this.#rows.find(isInSight) : undefined);
    this.#top = this.#row?.getBoundingClientRect().top ?? 0;
  }

  /** After it, as soon as the rows have their contents. */
  async restore(): Promise<void> {
    const row = this.#row;
    const top = this.#top;
    this.#row = undefined;
    if (!row) return;
    await Promise.all(this.#rows.map((each) => each.updateComplete));
    const by = row.isConnected ? row.getBoundingClientRect().top - top : 0;
    if (by && this.#scroller) this.#scroller.scrollTop += by;
  }

  get #rows(): SessionListRow[] {
    return [...this.#host.renderRoot.querySelectorAll<SessionListRow>('session-list-row')];
  }

  get #scroller(): Element | null {
    return this.#host.renderRoot.querySelector('.scroll');
  }
}
