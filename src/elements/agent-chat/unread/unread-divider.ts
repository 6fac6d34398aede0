import type {ReactiveController, ReactiveElement} from 'lit';
import type {ThreadCell} from '../../../store/cells.ts';
import type {CurrentSession} from '../current-session.ts';
import type {ScrollKeeper} from '../scroll-keeper.ts';
import type {SeenReporter} from '../seen-reporter.ts';
import type {Column, ThreadItems} from '../thread-items.ts';
import {placeOf} from '../thread-window.ts';
import {firstUnseen, lastSeenIn, seenOf} from './last-seen.ts';

/**
 * A line before the first entry that came while nobody saw it: another session was open, the page was hidden, or the
 * reader had left the end. It stays until something is sent or another session is opened, and is moved only by what comes
 * unseen again.
 */
export class UnreadDivider implements ReactiveController {
  readonly #session: CurrentSession;
  readonly #scroll: ScrollKeeper;
  readonly #items: ThreadItems;
  readonly #seen: SeenReporter;
  readonly #element = document.createElement('div');
  #thread: ThreadCell | undefined;
  /** The end was before somebody's eyes when it was last looked at. */
  #wasSeen = false;
  /** The key of the entry that it stands before. */
  #before: string | undefined;

  /** After all that leaves entries out of the column. */
  constructor(
    chat: ReactiveElement,
    session: CurrentSession,
    scroll: ScrollKeeper,
    items: ThreadItems,
    seen: SeenReporter,
  ) {
    this.#session = session;
    this.#scroll = scroll;
    this.#items = items;
    this.#seen = seen;
    this.#element.className = 'unread';
    this.#element.role = 'separator';
    const {choose} = items;
    items.choose = (keys, view) => this.#insert(choose(keys, view), view.thread);
    chat.addController(this);
    chat.addEventListener('message-send', (event) => queueMicrotask(() => event.defaultPrevented || this.#place()));
  }

  hostUpdated(): void {
    const {scope, id, thread} = this.#session;
    if (thread !== this.#thread) {
      this.#thread = thread;
      this.#wasSeen = false;
      this.#place();
    }
    if (!scope || id === undefined || !thread?.state.live) return;
    const {store, strings} = scope;
    const {newEntries} = strings;
    if (this.#element.ariaLabel !== newEntries) this.#element.ariaLabel = this.#element.textContent = newEntries;
    const marks = lastSeenIn(store);
    const mark = marks.get(store.sessions.resolve(id));
    const isSeen = this.#seen.isLookedAt && !this.#scroll.away;
    const first = mark && !(this.#wasSeen && isSeen) ? firstUnseen(thread.items, mark, store.user?.id) : undefined;
    if (first !== undefined) this.#place(first);
    if (isSeen) marks.set(store.sessions.resolve(id), seenOf(thread));
    this.#wasSeen = isSeen;
  }

  #place(before?: string): void {
    if (before === this.#before) return;
    this.#before = before;
    this.#items.update();
  }

  /** Before its entry, or the next one that is not folded away; nowhere if that is not in the document. */
  #insert(column: Column, {keys}: ThreadCell): Column {
    if (this.#before === undefined) return column;
    const place = placeOf(keys, this.#before);
    if (place < 0) return column;
    const isAfter = (part: string | HTMLElement): boolean => typeof part === 'string' && placeOf(keys, part) >= place;
    const exact = column.indexOf(this.#before);
    const at = exact < 0 ? column.findIndex(isAfter) : exact;
    const isInside = exact >= 0 || typeof column[at - 1] === 'string';
    return at < 0 || !isInside ? column : [...column.slice(0, at), this.#element, ...column.slice(at)];
  }
}
