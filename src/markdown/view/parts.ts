import type {Code, Table} from '../document/block.ts';
import type {BlockView, Page} from './block-views.ts';
import {CodeView} from './code-view.ts';
import {TableView} from './table-view.ts';

/** What a short text that is complete does not need. */
export {settle} from '../document/settle.ts';
export {undecided} from '../document/undecided.ts';
export {virtuallyEnded} from '../inline/virtual-end.ts';
export {boxStyles} from './box.styles.ts';

export const boxOf = (block: Code | Table, page: Page): BlockView =>
  block.kind === 'code' ? new CodeView(block, page) : new TableView(block, page);
