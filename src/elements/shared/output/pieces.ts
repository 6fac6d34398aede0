/** A piece of a long text that is laid out alone: at most so many lines and UTF-16 units. */
const LINES = 250;
const UNITS = 16_384;

/** From `start` up to, and without, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How many lines `text` has; a line break at its end begins none. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; count++) at = lineEnd(text, at) + 1;
  return count;
}

/** The first lines of `text`, or the last ones: at most `lines` and `units`. */
export function someLines(text: string, lines: number, units: number, from: 'start' | 'end'): Range {
  if (from === 'start') {
    let end = 0;
    for (let count = 0; count < lines && end < text.length && end <= units; count++) end = lineEnd(text, end) + 1;
    return beforeBreak(text, 0, whole(text, Math.min(end, units, text.length)));
  }
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  let start = end;
  for (let count = 0; count < lines && start > 0 && end - start <= units; count++) {
    start = text.lastIndexOf('\n', start - 1);
  }
  return {start: whole(text, Math.max(start < 0 ? 0 : start + (text[start] === '\n' ? 1 : 0), end - units)), end};
}

/** All of it, cut at line breaks, which belong to no piece, and inside a line only where that is longer than a piece. */
export function pieces(text: string): readonly Range[] {
  const found: Range[] = [];
  let start = 0;
  while (start < text.length) {
    let end = start;
    for (let lines = 0; lines < LINES && end < text.length; lines++) {
      const next = Math.min(lineEnd(text, end) + 1, text.length);
      if (next - start > UNITS && lines > 0) break;
      end = next;
    }
    if (end - start > UNITS) end = whole(text, start + UNITS);
    found.push(beforeBreak(text, start, end));
    start = end;
  }
  return found;
}

const lineEnd = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
};

const beforeBreak = (text: string, start: number, end: number): Range => ({
  start,
  end: end > start && text[end - 1] === '\n' ? end - 1 : end,
});

/** The place, or the one before it, so that no character is cut in two. */
const whole = (text: string, at: number): number =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? at - 1 : at;
