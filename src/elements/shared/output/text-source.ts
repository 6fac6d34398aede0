import {html} from 'lit';
import {indentedJson} from './indented-json.ts';
import {loadedLater} from './loaded-later.ts';
import type {Range} from './pieces.ts';
import type {Run} from './terminal.ts';
import {visible} from './visible.ts';

export type TextFormat = 'plain' | 'json' | 'terminal';

/** A text as it is shown, and how a range of it is drawn. */
export interface TextSource {
  readonly text: string;
  /** For what nobody looks at yet; without it `draw` is as cheap. */
  readonly draw: (range: Range) => unknown;
  readonly isCheap: boolean;
}

const terminal = loadedLater(() => import('./terminal.ts'));

/** Has it sequences or progress that a terminal would not have shown as text? */
const isForTerminal = (text: string): boolean => /\x1b|\r(?!\n)/.test(text);

/** Undefined as long as what reads it is being loaded; then `again` is called. */
export function textSource(text: string, format: TextFormat, again: () => void): TextSource | undefined {
  if (format !== 'json' && isForTerminal(text)) {
    const reader = terminal.get(again);
    if (reader === 'loading') return undefined;
    if (reader !== 'failed') return inRuns(reader.terminalRuns(text));
  }
  const json = format === 'json' ? text : indentedJson(text);
  const shown = (json ?? text).replaceAll('\r\n', '\n');
  const slice = ({start, end}: Range): string => visible(shown.slice(start, end));
  if (json === undefined) return {text: shown, draw: slice, isCheap: true};
  return {text: shown, draw: (range) => withKeys(slice(range)), isCheap: false};
}

/** The keys stand at the start of their lines, and nothing else that is quoted has a colon behind it there. */
const withKeys = (text: string): unknown =>
  text
    .split(/^( *"(?:[^"\\]|\\.)*"(?=: ))/m)
    .map((part, index) => (index % 2 ? html`<span class="key">${part}</span>` : part));

function inRuns(runs: readonly Run[]): TextSource {
  const starts: number[] = [];
  let length = 0;
  for (const run of runs) {
    starts.push(length);
    length += run.text.length;
  }
  const draw = ({start, end}: Range): unknown => {
    const drawn: unknown[] = [];
    for (let at = lastUpTo(starts, start); at < runs.length && (starts[at] ?? 0) < end; at++) {
      const {text, look} = runs[at] ?? {text: '', look: ''};
      const from = starts[at] ?? 0;
      const part = visible(text.slice(Math.max(0, start - from), end - from));
      drawn.push(look ? html`<span class=${look}>${part}</span>` : part);
    }
    return drawn;
  };
  return {text: runs.map((run) => run.text).join(''), draw, isCheap: false};
}

/** The place of the last of the sorted `numbers` that is not above `limit`. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
