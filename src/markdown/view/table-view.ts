import {html, render, type TemplateResult} from 'lit';
import type {Align, Row, Table} from '../document/block.ts';
import {virtuallyEnded} from '../inline/virtual-end.ts';
import type {BlockView, Page} from './block-views.ts';
import {inline} from './leaf-view.ts';

/** A browser looks at all rows of a part of a table when one is added. */
const IN_PART = 50;

/** In a box of its own, which scrolls, and to be reached by the keyboard. */
export class TableView implements BlockView {
  readonly node = document.createElement('div');
  readonly #table = document.createElement('table');
  readonly #head = this.#table.createTHead();
  readonly #block: Table;
  readonly #page: Page;
  readonly #rows: {row: Row; readonly element: HTMLElement; text: string}[] = [];
  #settled = 0;
  #headText = '';

  constructor(block: Table, page: Page) {
    this.#block = block;
    this.#page = page;
    this.node.className = 'table';
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'group');
    this.node.ariaLabel = page.drawing.strings.table;
    // That of its head, whose cells have none of their own.
    this.node.dir = 'auto';
    this.node.append(this.#table);
  }

  update(isOpen: boolean): void {
    const {children, settled, head} = this.#block;
    if (head.join('\n') !== this.#headText) this.#drawHead();
    this.#headText = head.join('\n');
    for (const {element} of this.#rows.splice(children.length)) element.remove();
    for (let at = this.#settled; at < children.length; at++) {
      const row = children[at];
      if (row?.kind === 'row') this.#drawRow(at, row, isOpen && at === children.length - 1);
    }
    this.#settled = settled;
  }

  #drawHead(): void {
    const {head, aligns} = this.#block;
    const leaf: Row = {kind: 'row', cells: head, from: 0, to: 0, afterBlank: false};
    const draw = (): void => {
      const cell = (text: string, at: number): TemplateResult =>
        html`<th scope="col" class=${classOf(aligns[at])}>${inline(text, leaf, this.#page)}</th>`;
      render(
        html`<tr>
          ${head.map(cell)}
        </tr>`,
        this.#head,
      );
    };
    this.#page.leaves.set(leaf, {node: this.#head, update: draw});
    draw();
  }

  #drawRow(at: number, row: Row, isOpen: boolean): void {
    const shown = (this.#rows[at] ??= {row, element: this.#newRow(at), text: ''});
    if (shown.row !== row || !this.#page.leaves.has(row)) {
      this.#page.leaves.set(row, {node: shown.element, update: () => this.#drawCells(shown.element, row, false)});
    }
    shown.row = row;
    const text = row.cells.join('\n') + String(isOpen);
    if (text === shown.text) return;
    shown.text = text;
    this.#drawCells(shown.element, row, isOpen);
  }

  #drawCells(element: HTMLElement, row: Row, isOpen: boolean): void {
    const {aligns} = this.#block;
    const last = row.cells.findLastIndex((cell) => cell !== '');
    const cell = (text: string, at: number): TemplateResult => {
      const words = isOpen && at === last ? virtuallyEnded(text) : text;
      return html`<td dir="auto" class=${classOf(aligns[at])}>${inline(words, row, this.#page)}</td>`;
    };
    render(html`${row.cells.map(cell)}`, element);
  }

  #newRow(at: number): HTMLElement {
    const part = this.#table.tBodies[Math.floor(at / IN_PART)] ?? this.#table.createTBody();
    return part.insertRow();
  }
}

const classOf = (align: Align | undefined): string => (align ? `to-${align}` : '');
