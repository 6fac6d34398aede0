/**
 * Knows whether a pointer is about to choose among the rows; as long as it is, none moves away under it. A finger is not:
 * it is gone after its tap.
 */
export class RowHold {
  readonly #changed: (isHeld: boolean) => void;
  #isHeld = false;

  constructor(changed: (isHeld: boolean) => void) {
    this.#changed = changed;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  readonly onEnter = ({pointerType}: PointerEvent): void => {
    if (pointerType !== 'touch') this.#set(true);
  };

  readonly onLeave = (): void => this.#set(false);

  #set(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#changed(isHeld);
  }
}
