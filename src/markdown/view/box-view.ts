import type {Code, Table} from '../document/block.ts';
import {adoptStyles} from './adopt-styles.ts';
import type {BlockView, Page} from './block-views.ts';
import {loadParts, partsNow, type Parts} from './later-parts.ts';

/** Code or a table: its text, until what draws it has come. */
export class BoxView implements BlockView {
  readonly node = document.createElement('div');
  readonly #block: Code | Table;
  readonly #page: Page;
  #view: BlockView | undefined;
  #isOpen = true;

  constructor(block: Code | Table, page: Page) {
    this.#block = block;
    this.#page = page;
    this.node.className = 'box';
    const parts = partsNow();
    if (parts) this.#begin(parts);
    else void loadParts().then((loaded) => loaded && this.#begin(loaded));
  }

  update(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (this.#view) this.#view.update(isOpen);
    else this.node.textContent = plain(this.#block);
  }

  #begin(parts: Parts): void {
    this.#view = parts.boxOf(this.#block, this.#page);
    this.#view.update(this.#isOpen);
    this.node.replaceChildren(this.#view.node);
    this.#page.styles.add(parts.boxStyles);
    adoptStyles(this.node, parts.boxStyles);
  }
}

const plain = (block: Code | Table): string => (block.kind === 'code' ? block.lines : rowsOf(block)).join('\n');

const rowsOf = ({head, children}: Table): readonly string[] =>
  [head, ...children.map((row) => (row.kind === 'row' ? row.cells : []))].map((cells) => cells.join(' | '));
