import type {ReactiveElement} from 'lit';
import type {ScrollKeeper} from './scroll-keeper.ts';

/** For so many milliseconds what grows is taken for what a press has unfolded. */
const JUST = 300;
/** Who unfolds more than this part of the screen means to read it from where it begins. */
const MUCH = 0.5;

/** At the end of a conversation something is unfolded: where that is much, what was in sight stays there, and the end is left. */
export class Unfolding {
  readonly #scroll: ScrollKeeper;
  #time = -JUST;
  #entry: Element | undefined;
  #height = 0;
  #top = 0;

  constructor(host: ReactiveElement, scroll: ScrollKeeper) {
    this.#scroll = scroll;
    // Before it has been heard by what it is for.
    host.addEventListener('click', this.#pressed, {capture: true});
  }

  /** After all has been put to its end. */
  keep(): void {
    const {scroller, away} = this.#scroll;
    if (away || !scroller || !this.#entry || performance.now() - this.#time > JUST) return;
    if (this.#entry.clientHeight - this.#height < MUCH * scroller.clientHeight) return;
    this.#entry = undefined;
    scroller.scrollTop = this.#top;
    this.#scroll.leaveEnd();
  }

  readonly #pressed = (event: Event): void => {
    const {scroller} = this.#scroll;
    const path = event.composedPath();
    const [target] = path;
    const entry = target instanceof Element ? target.closest('agent-chat-item') : null;
    if (!entry || !scroller || !path.includes(scroller)) return;
    this.#time = event.timeStamp;
    this.#entry = entry;
    this.#height = entry.clientHeight;
    this.#top = scroller.scrollTop;
  };
}
