import type {LitElement} from 'lit';

/** Rendered beyond what is in sight, above and below. */
const MARGIN = 8;
/** Until one could be measured, in pixels. */
const ROW = 27;

/**
 * Renders of many rows, all of one height, only those in sight. Stays at the end as long as a person is there; else what is
 * in sight stays where it is, though the oldest rows go.
 */
export class RowWindow {
  isFollowing = true;
  readonly #host: LitElement;
  #row = ROW;
  #top = 0;
  #height = 600;
  #count = 0;
  #first = 0;
  /** The key of the row at the top edge, and how far it is scrolled out. */
  #anchor: {readonly key: number; readonly off: number} | undefined;
  #keyAt: (index: number) => number | undefined = () => undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Which rows to render of so many: from the first up to before the last. `keyAt` names rows, growing with their place. */
  range(count: number, keyAt: (index: number) => number | undefined): {readonly first: number; readonly end: number} {
    this.#count = count;
    this.#keyAt = keyAt;
    const rows = Math.ceil(this.#height / this.#row);
    const top = this.isFollowing ? count - rows : this.#indexOfAnchor();
    this.#first = Math.max(0, Math.min(top, count - rows) - MARGIN);
    return {first: this.#first, end: Math.min(count, this.#first + rows + 2 * MARGIN + 1)};
  }

  /** After rendering: puts them in their place before it is painted. */
  place(): void {
    const box = this.#box;
    if (!box) return;
    const row = box.querySelector<HTMLElement>('.row')?.offsetHeight || this.#row;
    const isOther = row !== this.#row || Math.abs(box.clientHeight - this.#height) > row;
    this.#row = row;
    this.#height = box.clientHeight;
    box.querySelector<HTMLElement>('.rows')?.style.setProperty('block-size', `${this.#count * row}px`);
    box.querySelector<HTMLElement>('.window')?.style.setProperty('translate', `0 ${this.#first * row}px`);
    const top = this.isFollowing ? box.scrollHeight : this.#indexOfAnchor() * row + (this.#anchor?.off ?? 0);
    if (Math.abs(box.scrollTop - top) > 1) box.scrollTop = top;
    this.#top = box.scrollTop;
    if (isOther) this.#host.requestUpdate();
  }

  readonly onScroll = (): void => {
    const box = this.#box;
    if (!box || box.scrollTop === this.#top) return;
    this.#top = box.scrollTop;
    this.isFollowing = box.scrollHeight - box.scrollTop - box.clientHeight < this.#row;
    this.#hold();
    this.#host.requestUpdate();
  };

  follow(): void {
    this.isFollowing = true;
    this.#host.requestUpdate();
  }

  /** How many rows are in sight. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.#row) - 2);
  }

  /** Scrolls as little as it takes to have a row in sight. */
  reveal(index: number): void {
    const start = index * this.#row;
    // The heading covers one row.
    const end = start + 2 * this.#row - this.#height;
    const top = start < this.#top ? start : end > this.#top ? end : this.#top;
    this.isFollowing = index >= this.#count - 1;
    this.#top = Math.max(0, top);
    this.#hold();
  }

  #hold(): void {
    const index = Math.max(0, Math.min(this.#count - 1, Math.floor(this.#top / this.#row)));
    const key = this.#keyAt(index);
    this.#anchor = key === undefined ? undefined : {key, off: this.#top - index * this.#row};
  }

  /** The first row whose key is not before that of the anchor. */
  #indexOfAnchor(): number {
    const wanted = this.#anchor?.key ?? 0;
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keyAt(middle) ?? Infinity) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get #box(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.scroll');
  }
}
