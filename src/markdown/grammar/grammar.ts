import ParserBlock from 'markdown-it/lib/parser_block.mjs';
import ParserInline from 'markdown-it/lib/parser_inline.mjs';
import reference from 'markdown-it/lib/rules_block/reference.mjs';
import * as helpers from 'markdown-it/lib/helpers/index.mjs';
import {UnspacedState} from './unspaced.ts';
import {normalizeReference, unescapeAll} from 'markdown-it/lib/common/utils.mjs';

/**
 * markdown-it without what is of no use here: it makes tokens and no HTML. Its rules for HTML are off, so that HTML is text
 * like any other, and its check of addresses is off, because what a link may lead to is decided where links are drawn.
 */

export type Token = MarkdownItToken;

export interface Definition {
  readonly href: string;
  readonly title: string;
}

/** Link definitions by their normalized label. */
export type Definitions = Record<string, Definition>;

/** Deeper than this, nothing begins any more: what stands there is a paragraph. */
const DEEPEST = 96;

const md = {
  block: new ParserBlock(),
  inline: new ParserInline(),
  helpers,
  utils: {},
  options: {html: false, linkify: false, breaks: false, maxNesting: 100},
  normalizeLink: (address: string): string => address,
  normalizeLinkText: (address: string): string => address,
  validateLink: (): boolean => true,
};
md.inline.State = UnspacedState;
md.block.ruler.disable(['html_block']);
md.inline.ruler.disable(['html_inline', 'linkify']);

/** A definition shows nothing, but it has lines, and what it defines counts only once it cannot change any more. */
md.block.ruler.at('reference', (state, start, end, silent) => {
  const found: Definitions = {};
  state.env.references = found;
  if (!reference(state, start, end, silent)) return false;
  const token = state.push('definition', '', 0);
  token.map = [start, state.line];
  token.meta = found;
  return true;
});

/** Where markdown-it would leave out what is nested too deeply. */
md.block.ruler.before('table', 'deepest', (state, start, end, silent) => {
  if (silent || state.level < DEEPEST) return false;
  let line = start;
  while (line < end && (state.sCount[line] ?? 0) >= state.blkIndent) line++;
  const text = state.getLines(start, line, state.blkIndent, false).trim();
  state.line = line;
  state.push('paragraph_open', 'p', 1).map = [start, line];
  state.push('inline', '', 0).content = text;
  state.push('paragraph_close', 'p', -1);
  return true;
});

export function parseBlocks(text: string): Token[] {
  const tokens: Token[] = [];
  md.block.parse(text.replaceAll('\0', '\uFFFD'), md, {}, tokens);
  return tokens;
}

export function parseInline(text: string, definitions: Definitions): Token[] {
  const tokens: Token[] = [];
  md.inline.parse(text, md, {references: definitions}, tokens);
  return tokens;
}

/** Without the backslashes and entities that Markdown allows in it. */
export const unescaped = (text: string): string => unescapeAll(text);

/** The labels in `text` that a definition could make links of, normalized. */
export const labelsIn = (text: string): string[] =>
  Array.from(text.matchAll(/\[((?:[^[\]\\]|\\[^])+)\]/g), ([, label = '']) => normalizeReference(label));
