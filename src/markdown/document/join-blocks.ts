import type {Block, List, Parent} from './block.ts';

/** Takes over what was read anew behind the settled children of `parent`; blocks that only grew stay the same ones. */
export function joinChildren(parent: Parent, fresh: readonly Block[]): void {
  const {children, settled} = parent;
  fresh.forEach((block, at) => {
    const held = children[settled + at];
    // The line before it may not be looked at any more.
    if (held && at === 0) block.afterBlank = held.afterBlank;
    children[settled + at] = held && continues(held, block) ? join(held, block) : judged(block);
  });
  children.length = settled + fresh.length;
  if (parent.kind === 'list') parent.loose ||= isLoose(parent);
}

function join(held: Block, fresh: Block): Block {
  held.from = fresh.from;
  held.to = fresh.to;
  held.afterBlank = fresh.afterBlank;
  if ('children' in held && 'children' in fresh) {
    joinChildren(held, held.kind === 'item' && held.stubbed ? fresh.children.slice(1) : fresh.children);
    if (held.kind === 'table' && fresh.kind === 'table') {
      held.head = fresh.head;
      held.aligns = fresh.aligns;
    }
  } else if (held.kind === 'code' && fresh.kind === 'code') {
    held.info = fresh.info;
    held.isClosed = fresh.isClosed;
    held.lines.length = held.settled;
    for (const line of fresh.lines) held.lines.push(line);
  } else if ('text' in held && 'text' in fresh) held.text = fresh.text;
  else if ('cells' in held && 'cells' in fresh) held.cells = fresh.cells;
  else if (held.kind === 'definition' && fresh.kind === 'definition') held.defines = fresh.defines;
  return held;
}

function continues(held: Block, fresh: Block): boolean {
  if (held.kind === 'list' && fresh.kind === 'list') return held.marker === fresh.marker;
  if (held.kind === 'heading' && fresh.kind === 'heading') return held.level === fresh.level;
  if (held.kind === 'code' && fresh.kind === 'code') return held.isFenced === fresh.isFenced;
  return held.kind === fresh.kind;
}

/** A new one, with its lists told whether they are loose. */
function judged(block: Block): Block {
  if (!('children' in block)) return block;
  block.children.forEach(judged);
  if (block.kind === 'list') block.loose = isLoose(block);
  return block;
}

/** The settled ones have been asked before. */
const isLoose = ({children, settled}: List): boolean =>
  children.slice(settled).some((item, at) => {
    if (settled + at > 0 && item.afterBlank) return true;
    return item.kind === 'item' && item.children.slice(1).some(({afterBlank}) => afterBlank);
  });
