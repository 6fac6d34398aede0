import type {CSSResult} from 'lit';
import type {Block, Parent} from '../document/block.ts';
import type {GrowingDocument} from '../document/growing-document.ts';
import type {Drawing} from '../drawing.ts';
import {BoxView} from './box-view.ts';
import {LeafView} from './leaf-view.ts';
import {ParentView} from './parent-view.ts';

/** A block on the page. `update` draws what has changed; `isOpen`: the text may go on in it. */
export interface BlockView {
  readonly node: ChildNode;
  update(isOpen: boolean): void;
}

export interface Colored {
  color(): void;
  uncolor(): void;
}

/** What all views of one text have in common. */
export interface Page {
  readonly document: GrowingDocument;
  readonly drawing: Drawing;
  /** Its text still comes, and is seen while it does. */
  readonly isGrowing: () => boolean;
  /** To draw a leaf again whose links have come. */
  readonly leaves: WeakMap<Block, BlockView>;
  /** Colours are kept by the document: they go and come with the page. */
  readonly colored: Set<Colored>;
  /** For the root in which it stands. */
  readonly styles: Set<CSSResult>;
}

const still = (node: ChildNode): BlockView => ({node, update: () => {}});

export function viewOf(block: Block, parent: Parent, page: Page): BlockView {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return new LeafView(block, parent.kind === 'item' && parent.children[0] === block, page);
    case 'code':
    case 'table':
      return new BoxView(block, page);
    case 'rule':
      return still(document.createElement('hr'));
    case 'definition':
    case 'row':
      return still(document.createComment(''));
    default:
      return new ParentView(block, page);
  }
}
