import {StringStream} from '@codemirror/streamparser';
import {grammarOf, type Grammar} from './languages.ts';

/** Lines longer than this are no code that somebody reads. */
const LONGEST = 2000;

/** How long it works before it lets others work, in milliseconds. */
const SLICE = 8;

/** What the grammars call it, and the colour that it gets. */
const COLORS: readonly (readonly [RegExp, string])[] = [
  [/comment/, 'comment'],
  [/string|regexp|inserted|link|url/, 'string'],
  [/keyword|operatorKeyword|modifier|tag|deleted|builtin|standard/, 'keyword'],
  [/number|atom|bool|unit|null/, 'number'],
  [/def|type|attribute|heading|className|meta|property/, 'name'],
];

const TAB = 4;
const INDENT = 2;

type Place = (line: number) => readonly [Text, number] | undefined;

/**
 * Colours lines of code by ranges (the CSS Custom Highlight API), so that nothing on the page changes but the colour. It
 * works in slices. Returns how to take the colours away again.
 */
export async function colorLines(
  language: string,
  lines: readonly string[],
  placeOf: Place,
  isWanted: () => boolean,
): Promise<() => void> {
  const ranges: (readonly [Highlight, AbstractRange])[] = [];
  const undo = (): void => ranges.forEach(([highlight, range]) => highlight.delete(range));
  const grammar = await grammarOf(language);
  if (!grammar) return undo;
  const state = grammar.startState?.(INDENT) ?? {};
  let end = performance.now() + SLICE;
  for (const [line, text] of lines.entries()) {
    if (performance.now() > end) {
      await pause();
      if (!isWanted()) break;
      end = performance.now() + SLICE;
    }
    const place = placeOf(line);
    if (!place) continue;
    const [node, offset] = place;
    for (const {color, from, to} of read(grammar, state, text)) {
      const highlight = highlightOf(color);
      const range = new StaticRange({
        startContainer: node,
        startOffset: offset + from,
        endContainer: node,
        endOffset: offset + to,
      });
      highlight.add(range);
      ranges.push([highlight, range]);
    }
  }
  return undo;
}

interface Colored {
  readonly color: string;
  readonly from: number;
  readonly to: number;
}

function* read(grammar: Grammar, state: unknown, line: string): Iterable<Colored> {
  if (!line) grammar.blankLine?.(state, INDENT);
  if (line.length > LONGEST) return;
  const stream = new StringStream(line, TAB, INDENT);
  for (let stuck = 0; !stream.eol();) {
    stream.start = stream.pos;
    const style = grammar.token(stream, state);
    // A grammar may take nothing and only change its state, but not for ever.
    if (stream.pos === stream.start && ++stuck > 10) stream.pos++;
    const color = style && COLORS.find(([name]) => name.test(style))?.[1];
    if (color && stream.pos > stream.start) yield {color, from: stream.start, to: stream.pos};
  }
}

function highlightOf(color: string): Highlight {
  const name = `session-code-${color}`;
  const held = CSS.highlights.get(name);
  if (held) return held;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
