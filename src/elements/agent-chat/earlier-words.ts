import type {SessionStore} from '../../store/session-store.ts';
import type {CurrentSession} from './current-session.ts';
import {sideOf} from './thread-view.ts';

/** So many are offered of a session, and so many are kept of a page. */
const MOST = 100;

interface Sent {
  readonly user: string | undefined;
  readonly texts: string[];
}

/** What was sent from this page, whichever session it went to; for one user, and gone with the page. */
const sentHere = new WeakMap<SessionStore, Sent>();

function sentBy(store: SessionStore): string[] {
  const held = sentHere.get(store);
  if (held && held.user === store.user?.id) return held.texts;
  const fresh = {user: store.user?.id, texts: []};
  sentHere.set(store, fresh);
  return fresh.texts;
}

/**
 * What a person has sent before, through the up arrow in an empty box: of this session, then of this page. Down comes back,
 * Escape leaves at once; whoever types, or moves the caret, has it as a text of their own.
 */
export class EarlierWords {
  readonly #session: CurrentSession;
  #texts: readonly string[] = [];
  /** -1: not among them. */
  #at = -1;

  constructor(session: CurrentSession) {
    this.#session = session;
  }

  sent(text: string): void {
    const {scope} = this.#session;
    if (!scope) return;
    const texts = sentBy(scope.store);
    texts.push(text);
    if (texts.length > MOST) texts.shift();
  }

  /** What stands in the box now, if the key was for this: `place` counts from 1, 0 is the empty box. */
  press(
    {key}: KeyboardEvent,
    box: HTMLTextAreaElement,
  ): {readonly text: string; readonly place: number; readonly count: number} | undefined {
    const isAmong = this.#isAmong(box);
    if (key === 'ArrowUp' && !isAmong && !box.value) this.#read();
    else if (!isAmong) return undefined;
    const to = {ArrowUp: this.#at + 1, ArrowDown: this.#at - 1, Escape: -1}[key];
    if (to === undefined || !this.#texts.length) return undefined;
    this.#at = Math.min(to, this.#texts.length - 1);
    return {text: this.#texts[this.#at] ?? '', place: this.#at + 1, count: this.#texts.length};
  }

  #isAmong({value, selectionStart, selectionEnd}: HTMLTextAreaElement): boolean {
    const isAtEnd = selectionStart === value.length && selectionEnd === value.length;
    return isAtEnd && value !== '' && value === this.#texts[this.#at];
  }

  #read(): void {
    const {scope, thread} = this.#session;
    this.#at = -1;
    if (!scope) return;
    const texts = new Set<string>();
    const user = scope.store.user?.id;
    const items = thread?.items;
    for (let at = (items?.length ?? 0) - 1; at >= 0 && texts.size < MOST; at--) {
      const item = items?.at(at);
      if (item?.kind === 'message' && sideOf(item, {user}) === 'mine') texts.add(item.text);
    }
    for (const text of [...sentBy(scope.store)].reverse()) texts.add(text);
    this.#texts = [...texts];
  }
}
