import {UNSPACED} from '../grammar/unspaced.ts';

/** What is looked at of a long text: what began before is left as it is. */
const REACH = 2000;

/** Code, an escape, a run of markers, a bracket, or the beginning of an address or entity at the end. */
const PIECE = new RegExp(
  [
    /\\[^]/,
    /(`+)(?!`)(?:(?=([^]*?[^`])\1(?!`))\2\1|)/,
    /(\*+|_+|~~)/,
    /(!?\[)/,
    /(\]\((?:<[^<>\n]*>?|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*(?:\)|$))*)(?:\s+(?:(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\((?:[^()\\]|\\.)*\)?)\s*)?)?$)/,
    /(\])/,
  ]
    .map(({source}) => source)
    .join('|'),
  'g',
);

/** An escape, an entity, a tilde, or what may become an image, a tag or an address. */
const BEGUN = /(?:\\|&#?\w{0,31}|~+|(?<!\S)!|<(?:[a-z][\w+.-]*:?[^\s<>]*)?)$/i;

const WORD = /[\p{L}\p{N}]/u;

interface Opened {
  readonly marker: string;
  readonly at: number;
}

/**
 * The end of a text that goes on, with what is open closed, and what is only begun left out: emphasis is seen as emphasis
 * from its first letter on, and no marker is seen that will go.
 */
export function virtuallyEnded(text: string): string {
  const start = Math.max(0, text.length - REACH);
  const head = text.slice(0, start);
  let tail = text.slice(start).replace(BEGUN, '');
  const open: Opened[] = [];
  for (const match of tail.matchAll(PIECE)) {
    const [piece, ticks, , run, bracket, destination, close] = match;
    const at = match.index;
    if (ticks !== undefined && piece === ticks) {
      // Nothing in code is a marker.
      const code = at + ticks.length;
      tail =
        code === tail.length ? tail.slice(0, at) : tail.slice(0, code) + tail.slice(code).replace(/`+$/, '') + ticks;
      break;
    }
    if (run !== undefined) marked(open, run, at, tail);
    else if (bracket !== undefined) open.push({marker: bracket, at});
    else if (close !== undefined) closeBracket(open, tail, at);
    else if (destination !== undefined) {
      tail = tail.slice(0, at);
      break;
    }
  }
  return head + withoutOpen(tail, open);
}

function marked(open: Opened[], run: string, at: number, text: string): void {
  const before = text[at - 1] ?? ' ';
  const after = text[at + run.length] ?? '';
  const last = open.at(-1);
  if (last && last.marker[0] === run[0] && !/\s/.test(before)) {
    open.pop();
    const rest = last.marker.length - run.length;
    if (rest > 0) open.push({marker: last.marker.slice(0, rest), at: last.at});
  } else if (!/\s/.test(after) && (!WORD.test(before) || opensInside(run, before))) open.push({marker: run, at});
}

/** In `a**b` and `2*3` hardly anybody means emphasis; behind a word with no space after it, nothing else can be meant. */
const opensInside = (run: string, before: string): boolean => !run.startsWith('_') && UNSPACED.test(before);

/** Whether it is a link is only known from what follows. */
function closeBracket(open: Opened[], text: string, at: number): void {
  const last = open.findLastIndex(({marker}) => marker.endsWith('['));
  if (last >= 0 && at < text.length - 1) open.length = last;
}

function withoutOpen(text: string, open: readonly Opened[]): string {
  let shown = text;
  let end = '';
  for (const {marker, at} of open.toReversed()) {
    if (marker === '![') {
      shown = shown.slice(0, at);
      end = '';
    } else if (marker === '[') shown = shown.slice(0, at) + shown.slice(at + 1).replace(/\]$/, '');
    else if (shown.slice(at + marker.length).trim() === '') shown = shown.slice(0, at);
    else end += marker;
  }
  return end ? shown.trimEnd() + end : shown;
}
