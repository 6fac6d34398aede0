import type {ContentBlock} from '../../../../../src/model/events.ts';
import {cutUnits} from '../../../core/text.ts';
import {fieldsOf, listOf, wordsOf, type Fields} from './lenient.ts';

/** Whole files come as a diff; what a person looks at is its beginning. */
const DIFF_UNITS = 64 * 1024;

/** The text of a tool's content, which may grow, and what stands beside it. An empty list says nothing. */
export function readContent(
  raw: unknown,
): {readonly text: string | undefined; readonly blocks: readonly ContentBlock[]} | undefined {
  const texts: string[] = [];
  const blocks: ContentBlock[] = [];
  for (const each of listOf(raw).map(fieldsOf)) {
    const block = each['type'] === 'content' ? readBlock(fieldsOf(each['content'])) : readOwn(each);
    if (block?.type === 'text') texts.push(block.text);
    else if (block) blocks.push(block);
  }
  if (texts.length === 0 && blocks.length === 0) return undefined;
  return {text: texts.length > 0 ? texts.join('\n') : undefined, blocks};
}

/** A block of what an agent says or a tool returns. */
export function readBlock(raw: Fields): ContentBlock | undefined {
  switch (raw['type']) {
    case 'text':
      return typeof raw['text'] === 'string' ? {type: 'text', text: raw['text']} : undefined;
    case 'image': {
      const mime = wordsOf(raw['mimeType']);
      const data = wordsOf(raw['data']);
      return mime && data ? {type: 'image', mime, data} : undefined;
    }
    case 'resource_link': {
      const uri = wordsOf(raw['uri']);
      const title = wordsOf(raw['title']) ?? wordsOf(raw['name']);
      return uri ? {type: 'link', uri, ...(title !== undefined && {title})} : undefined;
    }
    case 'resource': {
      const resource = fieldsOf(raw['resource']);
      const text = wordsOf(resource['text']);
      const uri = wordsOf(resource['uri']);
      if (text !== undefined) return {type: 'text', text};
      return uri ? {type: 'link', uri} : undefined;
    }
    default:
      return undefined;
  }
}

/** What a terminal shows does not come in its block, which only names it. */
function readOwn(raw: Fields): ContentBlock | undefined {
  if (raw['type'] !== 'diff') return undefined;
  const path = wordsOf(raw['path']);
  const {oldText, newText} = raw;
  if (path === undefined || typeof newText !== 'string') return undefined;
  // A new file has no text before; some agents say so with an empty one.
  const before = typeof oldText === 'string' && oldText !== '' ? shortened(oldText) : null;
  return {type: 'diff', path, before, after: shortened(newText)};
}

const shortened = (text: string): string =>
  text.length <= DIFF_UNITS ? text : `${cutUnits(text, DIFF_UNITS)}\n[cut: ${text.length} characters in all]`;
