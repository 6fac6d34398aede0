/** So long, in milliseconds, has something to stand still before it may be pressed: longer than a press that is under way. */
export const STILL = 300;

/**
 * Since when an element stands where it is. It moves when something around it grows, when something scrolls, and when the
 * page moves all of it, which is seen only when it is looked at again.
 */
export class Stillness {
  readonly #element: Element;
  readonly #resized = new ResizeObserver(() => this.#look());
  #top: number;
  #left: number;
  #since = performance.now();

  constructor(element: Element) {
    this.#element = element;
    const {top, left} = element.getBoundingClientRect();
    this.#top = top;
    this.#left = left;
    for (let around: Element | null = element; around; around = parentOf(around)) this.#resized.observe(around);
    document.addEventListener('scroll', this.#look, {capture: true, passive: true});
  }

  /** For how long it has not moved, in milliseconds. */
  get length(): number {
    this.#look();
    return performance.now() - this.#since;
  }

  disconnect(): void {
    this.#resized.disconnect();
    document.removeEventListener('scroll', this.#look, {capture: true});
  }

  readonly #look = (): void => {
    const {top, left} = this.#element.getBoundingClientRect();
    if (Math.abs(top - this.#top) < 2 && Math.abs(left - this.#left) < 2) return;
    this.#top = top;
    this.#left = left;
    this.#since = performance.now();
  };
}

const parentOf = (element: Element): Element | null => {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
};
