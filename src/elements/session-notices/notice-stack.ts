import {withNotice, type Notice} from './notice.ts';

/** Milliseconds that the good news stay, if nobody looks at them. */
const STAY = 8_000;

/** What is told for as long as it is worth telling. The good news go by themselves, but not while they are held. */
export class NoticeStack {
  readonly #changed: () => void;
  readonly #timers = new Map<Notice, ReturnType<typeof setTimeout>>();
  #all: readonly Notice[] = [];
  /** Until it is on a page, no timer runs. */
  #held = true;

  /** `changed`: one has gone by itself. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get all(): readonly Notice[] {
    return this.#all;
  }

  add(notice: Notice): void {
    this.#set(withNotice(this.#all, notice));
  }

  retain(stays: (notice: Notice) => boolean): void {
    this.#set(this.#all.filter(stays));
  }

  remove(notice: Notice): void {
    this.retain((other) => other !== notice);
  }

  /** `held`: somebody looks at them, or nobody can. */
  hold(held: boolean): void {
    this.#held = held;
    this.#arm();
  }

  #set(all: readonly Notice[]): void {
    this.#all = all;
    this.#arm();
  }

  /** A timer for each that goes by itself; none for those that are gone. */
  #arm(): void {
    for (const [notice, timer] of this.#timers) {
      if (!this.#held && this.#all.includes(notice)) continue;
      clearTimeout(timer);
      this.#timers.delete(notice);
    }
    if (this.#held) return;
    for (const notice of this.#all) {
      if (notice.kind === 'finished' && !this.#timers.has(notice)) {
        this.#timers.set(
          notice,
          setTimeout(() => this.#expire(notice), STAY),
        );
      }
    }
  }

  #expire(notice: Notice): void {
    this.remove(notice);
    this.#changed();
  }
}
