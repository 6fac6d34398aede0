import type {LongList} from '../../model/long-list.ts';
import type {AgentChatItem} from './chat-item.ts';
import type {ThreadView} from './thread-view.ts';

/** As many of the last entries are in the document until it is known where the reader is. */
export const FIRST = 8;

/** What stands in the column, in its order: keys of entries, and elements that stand for what is left out. */
export type Column = readonly (string | HTMLElement)[];

/**
 * The entries of a thread as elements, each for as long as its key is in the column. One that stays is not touched, nor
 * moved when others come or go: it may hold the focus, a selection, or what is being read.
 */
export class ThreadItems {
  readonly element = document.createElement('div');
  /** What of a thread is in the document. */
  choose: (keys: LongList<string>, view: ThreadView) => Column = (keys) => keys.slice(Math.max(0, keys.length - FIRST));
  #held = new Map<string | HTMLElement, AgentChatItem | HTMLElement>();
  #keys: LongList<string> | undefined;
  #view: ThreadView | undefined;
  /** Keys of what the reader has unfolded: it is so still when it comes back. */
  #unfolded = new Set<string>();

  constructor() {
    this.element.className = 'items';
  }

  get(key: string): AgentChatItem | undefined {
    return this.#held.get(key) as AgentChatItem | undefined;
  }

  /** Always the same element, so that rendering it again does nothing. */
  show(view: ThreadView): HTMLElement {
    const {keys} = view.thread;
    if (keys === this.#keys && view === this.#view) return this.element;
    if (view.thread !== this.#view?.thread) this.#unfolded = new Set();
    this.#keys = keys;
    this.#view = view;
    this.update();
    return this.element;
  }

  /** Another part of the thread may be chosen. */
  update(): void {
    const view = this.#view;
    if (!view || !this.#keys) return;
    const column = this.choose(this.#keys, view);
    const held = this.#held;
    this.#held = new Map(
      column.map((part) => [
        part,
        typeof part === 'string' ? (held.get(part) ?? document.createElement('agent-chat-item')) : part,
      ]),
    );
    for (const [part, element] of held) if (!this.#held.has(part)) element.remove();
    let next = this.element.firstElementChild;
    for (const [part, element] of this.#held) {
      if (typeof part === 'string') {
        Object.assign(element, {item: view.thread.item(part), view, unfolded: this.#unfolded});
        // What stands for others gives way, and comes to its place later.
        while (element.isConnected && next && next !== element && next.localName !== element.localName) {
          const away = next;
          next = next.nextElementSibling;
          away.remove();
        }
      }
      if (element === next) next = element.nextElementSibling;
      else this.element.insertBefore(element, next);
    }
  }
}
