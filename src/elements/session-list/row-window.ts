/** How many rows are rendered at first, and more each time their end comes near. */
const STEP = 100;

/** How many rows are rendered: the more, the further a person has scrolled. */
export class RowWindow {
  limit = STEP;
  readonly #reached: () => void;
  /** The button at the end; as it comes into sight, more rows follow. */
  #end: Element | undefined;
  #sight: IntersectionObserver | undefined;

  /** `reached` is called when the end is in sight. */
  constructor(reached: () => void) {
    this.#reached = reached;
  }

  reset(): void {
    this.limit = STEP;
  }

  grow(): void {
    this.limit += STEP;
    // Still in sight after more rows? Only a new look tells.
    this.#end = undefined;
  }

  /** After each update, with what stands at the end by then. */
  watch(end: Element | undefined): void {
    if (end === this.#end) return;
    this.#sight?.disconnect();
    this.#end = end;
    if (!end) return;
    this.#sight ??= new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting) this.#reached();
      },
      {rootMargin: '600px', scrollMargin: '600px'},
    );
    this.#sight.observe(end);
  }
}
