import {STILL, Stillness} from './stillness.ts';

/** So long, in milliseconds, they are disabled when they are new. It is more than `STILL`: what comes with them moves them. */
const NEW = 500;

/**
 * Keeps buttons that answer an agent from presses that were meant for something else: they are disabled for a moment after
 * they appear and whenever what is asked has changed, and a pointer presses in vain what has just moved below it, or what
 * was not ready when the press began.
 */
export class PressGuard {
  readonly #changed: () => void;
  #asked: number | undefined;
  #isReady = false;
  #wasTooSoon = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stillness: Stillness | undefined;
  #buttons: Element | undefined;
  #beganTooSoon = false;

  /** `changed` is called when the buttons are to be drawn again. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** The last press was refused, and a person should know why nothing happened. */
  get wasTooSoon(): boolean {
    return this.#wasTooSoon;
  }

  /** The buttons for what is asked are shown; another number: something else is asked. */
  show(asked: number): void {
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#isReady = false;
    this.#wasTooSoon = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isReady = true;
      this.#changed();
    }, NEW);
  }

  /** Where the buttons stand; undefined when they have gone. */
  watch(buttons: Element | undefined): void {
    this.#stillness?.disconnect();
    this.#stillness = buttons && new Stillness(buttons);
    this.#buttons?.removeEventListener('pointerdown', this.#began);
    this.#buttons = buttons;
    buttons?.addEventListener('pointerdown', this.#began);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.watch(undefined);
    this.#asked = undefined;
    this.#isReady = false;
  }

  /** Whether this press was meant. A pointer counts its presses; keys and assistive technology, which count none, go where the focus is. */
  accepts({detail}: {readonly detail?: number}): boolean {
    if (!this.#isReady) return false;
    this.#wasTooSoon = !!detail && (this.#beganTooSoon || (this.#stillness?.length ?? 0) < STILL);
    this.#beganTooSoon = false;
    this.#changed();
    return !this.#wasTooSoon;
  }

  readonly #began = (): void => {
    this.#beganTooSoon = !this.#isReady;
  };
}
