/** One name for all chats of a page, because the style that draws it is one. */
const NAME = 'session-found';

/** What the words of a query begin in a text, as the server finds it; undefined where there are none. */
export function pattern(text: string): RegExp | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`, 'giu') : undefined;
}

/** Marks the words that were looked for, without touching what they stand in. */
export class FoundMarks {
  readonly #ranges = new Set<Range>();
  readonly #observer: MutationObserver;
  #column: Element | undefined;
  #pattern: RegExp | undefined;

  constructor() {
    this.#observer = new MutationObserver(() => this.#mark());
  }

  show(column: Element, text: string): void {
    this.clear();
    this.#column = column;
    this.#pattern = pattern(text);
    column.toggleAttribute('data-marks', true);
    this.#observer.observe(column, {subtree: true, childList: true, characterData: true});
    this.#mark();
  }

  clear(): void {
    this.#observer.disconnect();
    this.#column?.removeAttribute('data-marks');
    this.#column = undefined;
    this.#forget();
  }

  #mark(): void {
    this.#forget();
    // Not every browser can; the entry itself is marked too.
    if (!this.#column || !this.#pattern || !('highlights' in CSS)) return;
    const highlight = CSS.highlights.get(NAME) ?? new Highlight();
    CSS.highlights.set(NAME, highlight);
    const texts = document.createTreeWalker(this.#column, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const {index, 0: word} of node.textContent?.matchAll(this.#pattern) ?? []) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        highlight.add(range);
        this.#ranges.add(range);
      }
    }
  }

  #forget(): void {
    const highlight = 'highlights' in CSS ? CSS.highlights.get(NAME) : undefined;
    for (const range of this.#ranges) highlight?.delete(range);
    this.#ranges.clear();
  }
}
