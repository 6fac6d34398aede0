/** What one turn has to say and nobody has taken yet. */
export class EventQueue<T> {
  readonly #events: T[] = [];
  readonly #taken: () => void;
  #end: {readonly error?: Error} | undefined;
  #wake: (() => void) | undefined;

  /** `taken` is called whenever there is one less. */
  constructor(taken: () => void) {
    this.#taken = taken;
  }

  get length(): number {
    return this.#events.length;
  }

  push(event: T): void {
    if (this.#end) return;
    this.#events.push(event);
    this.#wake?.();
  }

  /** Nothing follows; with an error, whoever takes the rest is told it then. */
  end(error?: Error): void {
    this.#end ??= {...(error && {error})};
    this.#wake?.();
  }

  async *take(): AsyncGenerator<T> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        this.#taken();
        yield event;
      } else if (this.#end) {
        if (this.#end.error) throw this.#end.error;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }
}
