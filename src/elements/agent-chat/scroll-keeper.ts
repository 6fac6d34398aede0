import {signal} from '@lit-labs/signals';
import type {ReactiveController, ReactiveElement} from 'lit';

/** Moving down to within this many pixels of the end means to be there. */
const NEAR = 40;

/**
 * Keeps what a person reads in its place: at the end as long as they are at the end, else where it is, whatever is added
 * above, below or around it. Not every browser has `overflow-anchor`, so it is switched off and done here.
 */
export class ScrollKeeper implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #away = signal(false);
  readonly #resized = new ResizeObserver(() => this.#settle());
  #scroller: Element | undefined;
  #sticks = true;
  #top = 0;
  #anchor: Element | undefined;
  #offset = 0;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The reader has left the end. */
  get away(): boolean {
    return this.#away.get();
  }

  toEnd(): void {
    this.#sticks = true;
    this.#settle();
  }

  hostUpdated(): void {
    const scroller = this.#host.renderRoot.querySelector('.scroller') ?? undefined;
    if (scroller === this.#scroller) return;
    this.hostDisconnected();
    this.#scroller = scroller;
    if (!scroller) return;
    scroller.addEventListener('scroll', this.#scrolled, {passive: true});
    this.#resized.observe(scroller);
    for (const content of scroller.children) this.#resized.observe(content);
  }

  hostDisconnected(): void {
    this.#scroller?.removeEventListener('scroll', this.#scrolled);
    this.#resized.disconnect();
    this.#scroller = undefined;
    this.#anchor = undefined;
  }

  /** Only a movement upwards leaves the end; that the content has grown meanwhile does not. */
  readonly #scrolled = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const {scrollTop: top, scrollHeight, clientHeight} = scroller;
    const left = scrollHeight - clientHeight - top;
    this.#sticks = left <= 2 || (this.#sticks ? top >= this.#top - 1 : top > this.#top && left <= NEAR);
    this.#remember();
  };

  #settle(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.#sticks) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#anchor?.isConnected) {
      const moved = this.#place(this.#anchor) - this.#offset;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
    this.#remember();
  }

  #remember(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#top = scroller.scrollTop;
    this.#away.set(!this.#sticks);
    this.#anchor = this.#sticks ? undefined : this.#firstVisible();
    this.#offset = this.#anchor ? this.#place(this.#anchor) : 0;
  }

  #place(element: Element): number {
    return element.getBoundingClientRect().top - (this.#scroller?.getBoundingClientRect().top ?? 0);
  }

  /** By halves, because a thread may be long. The button for older messages stays at the head, so it holds nothing. */
  #firstVisible(): Element | undefined {
    const items = this.#scroller?.querySelectorAll('agent-chat-item') ?? [];
    const top = this.#scroller?.getBoundingClientRect().top ?? 0;
    let from = 0;
    let to = items.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((items[middle]?.getBoundingClientRect().bottom ?? 0) > top) to = middle;
      else from = middle + 1;
    }
    const item = items[from];
    return item instanceof HTMLElement && item.dataset['kind'] === 'gap' ? (items[from + 1] ?? item) : item;
  }
}
