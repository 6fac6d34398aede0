import {html, render} from 'lit';
import type {Heading, Leaf, Paragraph} from '../document/block.ts';
import {spans} from '../inline/spans.ts';
import type {BlockView, Page} from './block-views.ts';
import {partsNow} from './later-parts.ts';

/** A message has no heading of its own, but the page around it has. */
const DEEPER = 2;
const DEEPEST = 6;

const TASK = /^\[([ xX])\](?=\s)/;

/** A paragraph or a heading. */
export class LeafView implements BlockView {
  readonly node: HTMLElement;
  readonly #block: Paragraph | Heading;
  readonly #mayBeTask: boolean;
  readonly #page: Page;
  #text: string | undefined;

  constructor(block: Paragraph | Heading, mayBeTask: boolean, page: Page) {
    const level = block.kind === 'heading' ? block.level : 0;
    this.#block = block;
    this.#mayBeTask = mayBeTask && !level;
    this.#page = page;
    this.node = document.createElement(level ? `h${Math.min(level + DEEPER, DEEPEST)}` : 'p');
    if (level) this.node.className = `level-${level}`;
    page.leaves.set(block, {
      node: this.node,
      update: () => {
        this.#text = undefined;
        this.update(false);
      },
    });
  }

  update(isOpen: boolean): void {
    const {text} = this.#block;
    const shown = (isOpen ? partsNow()?.virtuallyEnded(text) : undefined) ?? text;
    if (shown === this.#text) return;
    this.#text = shown;
    const task = this.#mayBeTask ? TASK.exec(shown) : null;
    if (!task) {
      render(inline(shown, this.#block, this.#page), this.node);
      return;
    }
    const {strings} = this.#page.drawing;
    const isDone = task[1] !== ' ';
    const words = inline(shown.slice(task[0].length + 1), this.#block, this.#page);
    this.node.className = 'task';
    render(
      html`<input
          type="checkbox"
          disabled
          .checked=${isDone}
          aria-label=${isDone ? strings.taskDone : strings.taskOpen}
        />${words}`,
      this.node,
    );
  }
}

export const inline = (text: string, leaf: Leaf, {document, drawing, leaves}: Page): unknown[] =>
  spans(document.inline(text, leaf), drawing, () => leaves.get(leaf)?.update(false));
