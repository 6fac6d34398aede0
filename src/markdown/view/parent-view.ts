import type {Block, Item, List, Quote, Root} from '../document/block.ts';
import {viewOf, type BlockView, type Page} from './block-views.ts';

/** So many blocks of a text stand in one box, because a browser looks at all neighbours of what changes. */
const IN_GROUP = 24;

/** A block of blocks. Those that are settled were drawn and are not looked at again. */
export class ParentView implements BlockView {
  readonly node: HTMLElement;
  readonly #block: Root | Quote | List | Item;
  readonly #page: Page;
  readonly #shown: {readonly block: Block; readonly view: BlockView}[] = [];
  #settled = 0;
  #restful = 0;

  constructor(block: Root | Quote | List | Item, page: Page) {
    this.#block = block;
    this.#page = page;
    this.node = elementFor(block);
  }

  update(isOpen: boolean): void {
    const {children, settled} = this.#block;
    if (this.#block.kind === 'root' && this.#page.isGrowing()) this.#restGroups();
    for (const {view} of this.#shown.splice(children.length)) view.node.remove();
    for (let at = this.#settled; at < children.length; at++) {
      const block = children[at];
      if (block) this.#viewAt(at, block).update(isOpen && at === children.length - 1);
    }
    this.#settled = settled;
    if (this.#block.kind === 'list') this.node.classList.toggle('loose', this.#block.loose);
  }

  /** Only the outermost looks for a direction: a browser that does so passes over whatever has one itself. */
  #viewAt(at: number, block: Block): BlockView {
    const shown = this.#shown[at];
    if (shown?.block === block) return shown.view;
    const view = viewOf(block, this.#block, this.#page);
    if (this.#block.kind === 'root' && view.node instanceof HTMLElement && !isBox(block)) view.node.dir = 'auto';
    if (shown) shown.view.node.replaceWith(view.node);
    else this.#boxAt(at).append(view.node);
    this.#shown[at] = {block, view};
    return view;
  }

  /** Groups that have ended and were seen: a browser needs to look at them only where they are on the screen. */
  #restGroups(): void {
    const groups = this.node.children;
    for (; this.#restful < groups.length - 1; this.#restful++) groups[this.#restful]?.classList.add('resting');
  }

  #boxAt(at: number): Element {
    if (this.#block.kind !== 'root') return this.node;
    const group = Math.floor(at / IN_GROUP);
    return this.node.children[group] ?? this.node.appendChild(document.createElement('div'));
  }
}

const isBox = ({kind}: Block): boolean => kind === 'code' || kind === 'table';

function elementFor(block: Root | Quote | List | Item): HTMLElement {
  const tags = {root: 'div', quote: 'blockquote', list: 'ul', item: 'li'};
  const element = document.createElement(block.kind === 'list' && block.start !== undefined ? 'ol' : tags[block.kind]);
  if (element instanceof HTMLOListElement) element.start = block.kind === 'list' ? (block.start ?? 1) : 1;
  if (block.kind === 'root') element.className = 'markdown';
  return element;
}
