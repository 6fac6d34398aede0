import type {ContentBlock} from '../../../src/model/events.ts';
import {text} from './checked-event.ts';
import {take, utf8Bytes} from './text.ts';

const MAX_LOCATIONS = 1_000;
/** Of each side of a diff: whole files are sent for a change of one line. */
const SIDE_BYTES = 64 * 1024;

/** Any JSON; what is too large stays readable as the beginning of its text. */
export function clipInput(input: unknown, max: number): {input?: unknown; truncated?: number} {
  if (input === undefined) return {};
  const json = JSON.stringify(input) ?? 'null';
  if (utf8Bytes(json) <= max) return {input};
  return {input: take(json, {bytes: max, json: max}).text, truncated: json.length};
}

const side = <T>(value: T): T | string =>
  typeof value === 'string' ? take(value, {bytes: SIDE_BYTES, json: 2 * SIDE_BYTES}).text : value;

const clipSides = (block: ContentBlock): ContentBlock =>
  block?.type === 'diff'
    ? {...block, ...('before' in block && {before: side(block.before)}), after: side(block.after)}
    : block;

/** Blocks as far as they fit; the text of the one that does not is cut. */
export function clipContent(
  content: readonly ContentBlock[] | undefined,
  max: number,
): {content?: unknown; truncated?: number} {
  if (!Array.isArray(content)) return content === undefined ? {} : {content};
  const whole = JSON.stringify(content).length;
  const blocks = (content as readonly ContentBlock[]).map(clipSides);
  const json = JSON.stringify(blocks);
  const shortened = json.length < whole ? {truncated: whole} : {};
  if (utf8Bytes(json) <= max) return {content: blocks, ...shortened};
  const kept: unknown[] = [];
  let left = max;
  for (const block of blocks) {
    const bytes = utf8Bytes(JSON.stringify(block)) + 1;
    if (bytes <= left) {
      kept.push(block);
      left -= bytes;
      continue;
    }
    const head =
      'text' in block && typeof block.text === 'string' ? block : {type: 'text', text: '(left out: too large)'};
    const room = Math.max(0, left - 64);
    kept.push({...head, text: take(String(head.text), {bytes: room, json: room}).text});
    break;
  }
  return {content: kept, truncated: whole};
}

export function clipLocations(locations: unknown): object {
  if (!Array.isArray(locations)) return {locations};
  return {
    locations: locations.slice(0, MAX_LOCATIONS).map((location: {path?: unknown; line?: unknown}) => ({
      path: text(location?.path, 512),
      line: location?.line,
    })),
  };
}
