import type {Definitions} from '../grammar/grammar.ts';

/**
 * What a text consists of. A block keeps its identity from its first line on and is changed in place while it grows; `from`
 * and `to` are lines of the part of the text that is still looked at.
 */
export type Block = Parent | Leaf | Code | Rule | Definition;

export type Parent = Root | Quote | List | Item | Table;

interface Base {
  from: number;
  to: number;
  /** A blank line stands before it. */
  afterBlank: boolean;
}

interface Container extends Base {
  readonly children: Block[];
  /** How many of the first children are finished: they are the same for ever. */
  settled: number;
}

export interface Root extends Container {
  readonly kind: 'root';
}

export interface Quote extends Container {
  readonly kind: 'quote';
}

export interface List extends Container {
  readonly kind: 'list';
  /** The number of its first entry, where they are numbered. */
  readonly start: number | undefined;
  /** `-`, `*`, `+`, `.` or `)`: another one is another list. */
  readonly marker: string;
  /** Its entries stand apart. */
  loose: boolean;
}

export interface Item extends Container {
  readonly kind: 'item';
  /** Its first child is a placeholder for children that are not looked at any more. */
  stubbed: boolean;
}

/** Its children are the rows below the head. */
export interface Table extends Container {
  readonly kind: 'table';
  head: readonly string[];
  aligns: readonly Align[];
}

export type Align = '' | 'left' | 'center' | 'right';

export type Leaf = Paragraph | Heading | Row;

export interface Paragraph extends Base {
  readonly kind: 'paragraph';
  text: string;
}

export interface Heading extends Base {
  readonly kind: 'heading';
  level: number;
  text: string;
}

export interface Row extends Base {
  readonly kind: 'row';
  cells: readonly string[];
}

export interface Code extends Base {
  readonly kind: 'code';
  readonly isFenced: boolean;
  info: string;
  readonly lines: string[];
  /** How many of the first lines are finished. */
  settled: number;
  /** Its end has come, so that nothing is added. */
  isClosed: boolean;
}

export interface Rule extends Base {
  readonly kind: 'rule';
}

/** Of a link; shows nothing. */
export interface Definition extends Base {
  readonly kind: 'definition';
  defines: Definitions;
}

export const isParent = (block: Block): block is Parent => 'children' in block;
