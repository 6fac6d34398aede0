const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Whether a cut before `at` would split a surrogate pair. */
export const splitsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

/** At most `max` UTF-16 units, no pair split. */
export const cutUnits = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, splitsPair(text, max) ? max - 1 : max);

/** How much of a text that still grows can be sent: not the first half of a pair whose second may follow. */
export const wholeLength = (text: string): number =>
  text.length > 0 && isHigh(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length;

/** Bytes as UTF-8, and as UTF-8 inside of a JSON string (which escapes quotes, controls and lone surrogates). */
export interface Weight {
  readonly bytes: number;
  readonly json: number;
}

function weigh(unit: number, next: number): {bytes: number; json: number; units: number} {
  if (unit < 0x20) {
    const short = unit === 0x08 || unit === 0x09 || unit === 0x0a || unit === 0x0c || unit === 0x0d;
    return {bytes: 1, json: short ? 2 : 6, units: 1};
  }
  if (unit < 0x80) return {bytes: 1, json: unit === 0x22 || unit === 0x5c ? 2 : 1, units: 1};
  if (unit < 0x800) return {bytes: 2, json: 2, units: 1};
  if (isHigh(unit) && isLow(next)) return {bytes: 4, json: 4, units: 2};
  if (isHigh(unit) || isLow(unit)) return {bytes: 3, json: 6, units: 1};
  return {bytes: 3, json: 3, units: 1};
}

/** The longest beginning of `text` within both bounds, and what it weighs. */
export function take(text: string, max: Weight): Weight & {readonly text: string} {
  let at = 0;
  let bytes = 0;
  let json = 0;
  while (at < text.length) {
    const one = weigh(text.charCodeAt(at), at + 1 < text.length ? text.charCodeAt(at + 1) : 0);
    if (bytes + one.bytes > max.bytes || json + one.json > max.json) break;
    bytes += one.bytes;
    json += one.json;
    at += one.units;
  }
  return {text: at === text.length ? text : text.slice(0, at), bytes, json};
}

const encoder = new TextEncoder();

/** Bytes of a text as UTF-8. */
export const utf8Bytes = (text: string): number => encoder.encode(text).length;

/** On one line, for a title. */
const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

export const TITLE_UNITS = 256;
export const PREVIEW_UNITS = 280;
export const ERROR_UNITS = 2_000;

/** A title that somebody gave. */
export const titleFrom = (title: string): string => cutUnits(oneLine(title), TITLE_UNITS).trimEnd();

/** The beginning of a first message as the title of its session: its first line, as much as a list can show. */
export const titleOf = (text: string): string =>
  cutUnits(oneLine(text.trimStart().split(/[\r\n]/u, 1)[0] ?? ''), 80).trimEnd() || 'Untitled';
