import {parseBlocks, unescaped, type Definitions, type Token} from '../grammar/grammar.ts';
import type {Align, Block, Code, Item, List, Parent, Quote, Root, Row, Table} from './block.ts';

/** The blocks of `lines`, as if nothing stood before or after. */
export function readBlocks(lines: readonly string[]): Root {
  const root: Root = {kind: 'root', ...base([0, lines.length]), children: [], settled: 0};
  const open: Parent[] = [root];
  let quotes = 0;
  const tokens = parseBlocks(lines.join('\n'));
  tokens.forEach((token, at) => {
    const parent = open.at(-1) ?? root;
    if (CLOSE.has(token.type)) {
      if (open.pop()?.kind === 'quote') quotes--;
      return;
    }
    const content = tokens[at + 1]?.content ?? '';
    const block = blockOf(token, content);
    if (block) {
      block.afterBlank = parent.children.length > 0 && isBlank(lines[block.from - 1], quotes);
      parent.children.push(block);
      if (block.kind === 'quote') quotes++;
      if ('children' in block) open.push(block);
    } else if (parent.kind === 'table') readTable(parent, token, content);
  });
  return root;
}

const CLOSE = new Set([
  'blockquote_close',
  'bullet_list_close',
  'ordered_list_close',
  'list_item_close',
  'table_close',
]);

const base = (map: Token['map']): {from: number; to: number; afterBlank: boolean} => ({
  from: map?.[0] ?? 0,
  to: map?.[1] ?? 0,
  afterBlank: false,
});

/** The block that begins with `token`. */
function blockOf(token: Token, content: string): Block | undefined {
  const lines = base(token.map);
  const parent = {...lines, children: [], settled: 0};
  switch (token.type) {
    case 'paragraph_open':
      return {kind: 'paragraph', ...lines, text: content};
    case 'heading_open':
      return {kind: 'heading', ...lines, level: Number(token.tag[1]), text: content};
    case 'blockquote_open':
      return {kind: 'quote', ...parent} satisfies Quote;
    case 'bullet_list_open':
      return {kind: 'list', ...parent, start: undefined, marker: token.markup, loose: false} satisfies List;
    case 'ordered_list_open': {
      const start = Number(token.attrs?.find(([name]) => name === 'start')?.[1] ?? 1);
      return {kind: 'list', ...parent, start, marker: token.markup, loose: false} satisfies List;
    }
    case 'list_item_open':
      return {kind: 'item', ...parent, stubbed: false} satisfies Item;
    case 'table_open':
      return {kind: 'table', ...parent, head: [], aligns: []} satisfies Table;
    case 'fence':
    case 'code_block':
      return codeOf(token);
    case 'hr':
      return {kind: 'rule', ...lines};
    case 'definition':
      return {kind: 'definition', ...lines, defines: token.meta as Definitions};
    default:
      return undefined;
  }
}

function codeOf(token: Token): Code {
  const lines = token.content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const isFenced = token.type === 'fence';
  const {from, to} = base(token.map);
  const isClosed = isFenced && to - from - 1 > lines.length;
  return {kind: 'code', ...base(token.map), isFenced, info: unescaped(token.info.trim()), lines, settled: 0, isClosed};
}

function readTable(table: Table, token: Token, content: string): void {
  const row = table.children.at(-1);
  if (token.type === 'th_open') {
    table.head = [...table.head, content];
    table.aligns = [...table.aligns, alignOf(token)];
  } else if (token.type === 'tr_open' && token.map?.[0] !== table.from) {
    table.children.push({kind: 'row', ...base(token.map), cells: []} satisfies Row);
  } else if (token.type === 'td_open' && row?.kind === 'row') row.cells = [...row.cells, content];
}

const alignOf = ({attrs}: Token): Align => (attrs?.[0]?.[1].replace('text-align:', '') ?? '') as Align;

/** Blank for what stands in so many quotes. */
const isBlank = (line = '', quotes: number): boolean => {
  let rest = line.trimStart();
  for (let at = 0; at < quotes && rest.startsWith('>'); at++) rest = rest.slice(1).trimStart();
  return rest === '';
};
