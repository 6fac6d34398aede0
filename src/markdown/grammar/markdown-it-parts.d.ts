/* eslint no-restricted-syntax: off -- the package has default exports */

/** The parts of markdown-it that are used, and as much of them. The package has no types of its own. */
interface MarkdownItToken {
  type: string;
  tag: string;
  /** 1 opens, -1 closes, 0 stands for itself. */
  nesting: -1 | 0 | 1;
  /** First line and the line behind the last one; lines of the parsed text. */
  map: [number, number] | null;
  content: string;
  markup: string;
  info: string;
  hidden: boolean;
  meta: unknown;
  attrs: [string, string][] | null;
  children: MarkdownItToken[] | null;
}
interface MarkdownItBlockState {
  src: string;
  line: number;
  level: number;
  bMarks: number[];
  eMarks: number[];
  tShift: number[];
  sCount: number[];
  blkIndent: number;
  env: {references?: Record<string, {href: string; title: string}>};
  push(type: string, tag: string, nesting: -1 | 0 | 1): MarkdownItToken;
  getLines(begin: number, end: number, indent: number, keepLastLineFeed: boolean): string;
}
type MarkdownItBlockRule = (state: MarkdownItBlockState, start: number, end: number, silent: boolean) => boolean;
interface MarkdownItDelimiters {
  can_open: boolean;
  can_close: boolean;
  length: number;
}
interface MarkdownItInlineState {
  src: string;
  scanDelims(start: number, canSplitWord: boolean): MarkdownItDelimiters;
}
interface MarkdownItRuler<R> {
  at(name: string, rule: R): void;
  before(name: string, newName: string, rule: R): void;
  disable(names: readonly string[]): void;
}

declare module 'markdown-it/lib/parser_block.mjs' {
  export default class ParserBlock {
    readonly ruler: MarkdownItRuler<MarkdownItBlockRule>;
    parse(text: string, md: object, env: object, tokens: MarkdownItToken[]): void;
  }
}
declare module 'markdown-it/lib/parser_inline.mjs' {
  export default class ParserInline {
    readonly ruler: MarkdownItRuler<unknown>;
    readonly ruler2: MarkdownItRuler<unknown>;
    State: new (...parts: never[]) => MarkdownItInlineState;
    parse(text: string, md: object, env: object, tokens: MarkdownItToken[]): void;
  }
}
declare module 'markdown-it/lib/rules_block/reference.mjs' {
  const reference: MarkdownItBlockRule;
  export default reference;
}
declare module 'markdown-it/lib/helpers/index.mjs' {
  export const parseLinkLabel: unknown;
  export const parseLinkDestination: unknown;
  export const parseLinkTitle: unknown;
}
declare module 'markdown-it/lib/common/utils.mjs' {
  export function normalizeReference(label: string): string;
  export function unescapeAll(text: string): string;
}
