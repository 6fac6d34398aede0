import type {AgentChatItem} from './chat-item.ts';
import type {ThreadView} from './thread-view.ts';

/**
 * The entries of a thread as elements, each for as long as its key is shown. One that stays is not touched, nor moved when
 * others come or go: it may hold the focus, a selection, or what is being read.
 */
export class ThreadItems {
  readonly #column = document.createElement('div');
  #items = new Map<string, AgentChatItem>();
  #keys: readonly string[] = [];
  #view: ThreadView | undefined;

  constructor() {
    this.#column.className = 'items';
  }

  /** Always the same element, so that rendering it again does nothing. */
  show(view: ThreadView): HTMLElement {
    const {keys} = view.thread;
    if (keys !== this.#keys || view !== this.#view) this.#update(keys, view);
    return this.#column;
  }

  #update(keys: readonly string[], view: ThreadView): void {
    const held = this.#items;
    this.#keys = keys;
    this.#view = view;
    this.#items = new Map(keys.map((key) => [key, held.get(key) ?? document.createElement('agent-chat-item')]));
    for (const [key, item] of held) if (!this.#items.has(key)) item.remove();
    let next = this.#column.firstElementChild;
    for (const [key, item] of this.#items) {
      item.item = view.thread.item(key);
      item.view = view;
      if (item === next) next = item.nextElementSibling;
      else this.#column.insertBefore(item, next);
    }
  }
}
