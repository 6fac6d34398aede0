import type {Block, Code, Item, Parent, Root, Table} from './block.ts';

/** Lines `from` up to `to` give way to `by`. */
interface Cut {
  readonly from: number;
  readonly to: number;
  readonly by: readonly string[];
}

/**
 * Settles what cannot change any more, and takes its lines out of `lines`, of which the first `complete` have an end. What
 * is left reads the same: of open blocks the line that opens them stays, or a placeholder with the same marker.
 * `onSettled` is told each block that will not be seen again.
 */
export function settle(root: Root, lines: string[], complete: number, onSettled: (block: Block) => void): void {
  const cuts: Cut[] = [];
  settleIn(root, [], 0, {lines, complete, cuts, onSettled});
  for (const {from, to, by} of cuts.reverse()) lines.splice(from, to - from, ...by);
}

interface Work {
  readonly lines: readonly string[];
  readonly complete: number;
  readonly cuts: Cut[];
  readonly onSettled: (block: Block) => void;
}

/** `items` are the list items that stand around it and are open, the outermost first; `quotes` counts the quotes. */
function settleIn(parent: Parent, items: readonly Item[], quotes: number, work: Work): void {
  const open = lastBegun(parent, work.complete);
  if (open < 0) return;
  const around = parent.kind === 'item' ? [...items, parent] : items;
  const depth = parent.kind === 'quote' ? quotes + 1 : quotes;
  const end = parent.kind === 'table' ? tableEnd(parent, work) : heldBack(parent, open);
  const first = parent.children[parent.settled];
  const next = parent.children[end]?.from ?? parent.children[end - 1]?.to;
  if (end > parent.settled && first && next !== undefined && canOpen(parent, first.from, next, around, depth, work)) {
    const cut = cutOut(first.from, next, around, work.lines);
    if (cut) {
      work.cuts.push(cut);
      for (const block of parent.children.slice(parent.settled, end)) tellAll(block, work.onSettled);
      parent.settled = end;
    }
  }
  // What stands before it could otherwise swallow what is left of it.
  if (parent.kind !== 'table' && parent.settled < open) return;
  const last = parent.children[open];
  if (last && 'children' in last) settleIn(last, around, depth, work);
  else if (last?.kind === 'code') settleCode(last, work);
}

function tellAll(block: Block, tell: (block: Block) => void): void {
  tell(block);
  if ('children' in block) for (const child of block.children.slice(block.settled)) tellAll(child, tell);
}

/** The index of the last child whose first line is complete: what stands before it has ended. */
function lastBegun({children, settled}: Parent, complete: number): number {
  for (let at = children.length - 1; at >= settled; at--) if ((children[at]?.from ?? 0) < complete) return at;
  return -1;
}

/** A definition's title may turn out to go on in what looks like a paragraph. */
function heldBack({children, settled}: Parent, open: number): number {
  let end = open;
  while (end > settled) {
    const before = children[end - 1];
    const after = children[end];
    if (!before || after?.kind !== 'paragraph' || !isOpenDefinition(before, after.from)) break;
    end--;
  }
  return end;
}

/** Also one at the end of a list or quote, whose text may go on behind it. */
function isOpenDefinition(block: Block, line: number): boolean {
  if (block.kind === 'definition') return block.to === line;
  const last = 'children' in block ? block.children.at(-1) : undefined;
  return !!last && isOpenDefinition(last, line);
}

/** Rows end with their line. */
function tableEnd({children, settled}: Table, {complete}: Work): number {
  let end = settled;
  while (end < children.length && (children[end]?.to ?? 0) <= complete) end++;
  return end;
}

function settleCode(code: Code, {lines, complete, cuts}: Work): void {
  if (!code.isFenced || code.isClosed) return;
  const first = code.from + 1;
  let end = Math.min(complete, first + code.lines.length - code.settled);
  // Whether blank lines at the end belong to it depends on what comes.
  while (end > first && !lines[end - 1]?.trim()) end--;
  if (end <= first) return;
  cuts.push({from: first, to: end, by: []});
  code.settled += end - first;
}

/** Lines can go, unless the first one has the marker of an open list item: then a placeholder takes its place. */
function cutOut(from: number, to: number, items: readonly Item[], lines: readonly string[]): Cut | undefined {
  const marked = items.filter((item) => item.from === from);
  const item = marked.at(-1);
  if (!item) return {from, to, by: []};
  const by = placeholder(lines[from] ?? '', marked.length);
  if (!by) return undefined;
  item.stubbed = true;
  return {from, to, by};
}

/**
 * The line `next` could as well open what `first` did: markdown-it lets quotes and lists go on in lines that are indented
 * too much for that.
 */
function canOpen({kind}: Parent, from: number, next: number, items: readonly Item[], quotes: number, {lines}: Work) {
  const [first, line] = [lines[from] ?? '', lines[next]];
  if (kind === 'list' && line !== undefined) {
    const depth = items.filter((item) => item.from === from).length;
    const [column, before] = [markerIn(line, 0)?.[1]?.length, markerIn(first, depth)?.[1]?.length];
    if (column === undefined || before === undefined || column > before) return false;
  }
  let [at, before] = [-1, -1];
  for (let depth = 0; depth < quotes; depth++) {
    at = line?.indexOf('>', at + 1) ?? -1;
    before = first.indexOf('>', before + 1);
    if (line !== undefined && (at < 0 || at > before)) return false;
  }
  return true;
}

const MARKERS = '(?:[-+*]|\\d{1,9}[.)])';

/** What stands before the marker of a list item in `line` behind `items` others, the marker, and the blanks after it. */
const markerIn = (line: string, items: number): RegExpExecArray | null =>
  line.includes('\t') ? null : new RegExp(`^((?:[ >]*${MARKERS}){${items}}[ >]*)(${MARKERS})( *)`).exec(line);

/** Two lines that open the `depth`th list item that begins in `line`, and hold a paragraph that has ended. */
function placeholder(line: string, depth: number): readonly string[] | undefined {
  const found = markerIn(line, depth - 1);
  if (!found) return undefined;
  const [, before = '', marker = '', spaces = ''] = found;
  const gap = spaces.length >= 1 && spaces.length <= 4 && line.length > found[0].length ? spaces : ' ';
  return [`${before}${marker}${gap}x`, before.replace(/[^ >]/g, ' ')];
}
