import {signal} from '@lit-labs/signals';
import type {ReactiveController, ReactiveElement} from 'lit';
import type {ThreadCell} from '../../store/cells.ts';

/** Moving down to within this many pixels of the end means to be there. */
const NEAR = 40;

/** Knows the place of a reader who has left the end, in the thread and on the screen. */
export interface Place {
  /** Another thread is shown; returns whether the reader has a place in it, other than its end. */
  open(thread: ThreadCell | undefined): boolean;
  /** The end of the thread is wanted. */
  toEnd(): void;
  /** Puts what is read where it was before something around it has changed. */
  restore(): void;
  /** The reader is moving it: what moves now is no doing of the browser. */
  readonly isMoving: boolean;
  /** What is read has been put where it is now, by the reader if `hasScrolled`. */
  remember(hasScrolled: boolean): void;
}

/**
 * Keeps a reader who is at the end there, whatever is added; where the others are, `place` knows. Not every browser has
 * `overflow-anchor`, so it is switched off and done here.
 */
export class ScrollKeeper implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #away = signal(false);
  readonly #resized = new ResizeObserver(() => this.settle());
  #place: Place | undefined;
  #thread: ThreadCell | undefined;
  #sticks = true;
  #top = 0;
  /** The area that the reader sees. */
  #box = 0;
  #height = 0;
  /** It has been rendered since: what went, and moved all else, may have come back before it is looked at. */
  #isOther = false;
  scroller: Element | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The reader has left the end. */
  get away(): boolean {
    return this.#away.get();
  }

  set place(place: Place) {
    this.#place = place;
    place.open(this.#thread);
    this.settle();
  }

  /** After each rendering of the chat. It is looked at in the frame that paints it: to ask now would cost a layout more. */
  open(thread: ThreadCell | undefined): void {
    if (this.#thread !== thread) {
      this.#thread = thread;
      this.#sticks = !this.#place?.open(thread);
    }
    if (!this.#isOther) requestAnimationFrame(this.#look);
    this.#isOther = true;
  }

  toEnd(): void {
    this.#sticks = true;
    this.#place?.toEnd();
    this.settle();
  }

  /** Something else than the end is wanted: `place` knows what. */
  leaveEnd(): void {
    this.#sticks = false;
    this.settle();
  }

  hostUpdated(): void {
    const scroller = this.#host.renderRoot.querySelector('.scroller') ?? undefined;
    if (scroller === this.scroller) return;
    this.hostDisconnected();
    this.scroller = scroller;
    if (!scroller) return;
    scroller.addEventListener('scroll', this.#scrolled, {passive: true});
    this.#resized.observe(scroller);
    for (const content of scroller.children) this.#resized.observe(content);
  }

  hostDisconnected(): void {
    this.scroller?.removeEventListener('scroll', this.#scrolled);
    this.#resized.disconnect();
    this.scroller = undefined;
  }

  readonly #look = (): void => {
    this.settle();
    this.#isOther = false;
  };

  settle(): void {
    const {scroller} = this;
    if (!scroller) return;
    // A movement that is not told of yet is not taken back.
    this.#scrolled();
    if (this.#sticks) scroller.scrollTop = scroller.scrollHeight;
    else this.#place?.restore();
    this.#remember(false);
  }

  /** Only a movement upwards leaves the end; that the content has grown meanwhile does not. */
  readonly #scrolled = (): void => {
    const {scroller} = this;
    if (!scroller) return;
    const {scrollTop: top, scrollHeight, clientHeight, clientWidth} = scroller;
    const left = scrollHeight - clientHeight - top;
    const up = this.#top - top;
    // What was done here, by another size, or by content that has shrunk, perhaps to grow again before it was looked at,
    // is no wish of the reader.
    const isOther = this.#isOther || scrollHeight !== this.#height;
    const hasChanged = this.#sticks && isOther && up < clientHeight && !this.#place?.isMoving;
    if (clientHeight * clientWidth !== this.#box || up === 0 || (up > 0 && (left <= 1 || hasChanged))) return;
    this.#sticks = left <= 2 || (this.#sticks ? up <= 1 : up < 0 && left <= NEAR);
    this.#remember(true);
  };

  #remember(hasScrolled: boolean): void {
    const {scrollTop = 0, scrollHeight = 0, clientHeight = 0, clientWidth = 0} = this.scroller ?? {};
    this.#top = scrollTop;
    this.#height = scrollHeight;
    this.#box = clientHeight * clientWidth;
    this.#away.set(!this.#sticks);
    this.#place?.remember(hasScrolled);
  }
}
