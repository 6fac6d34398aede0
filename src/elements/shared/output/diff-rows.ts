import {diffArrays} from 'diff';

/** A line of a change. Numbers count from 1; one that was added was nowhere before. */
export interface DiffRow {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Beyond either, in edits or milliseconds, what differs is shown as removed and added as a whole. */
const MOST_EDITS = 1_000;
const LONGEST = 25;

/** The lines of a text before and after a change, in the order of a unified diff. Null: there was no text before. */
export function diffRows(before: string | null, after: string): readonly DiffRow[] {
  const old = before === null ? [] : linesOf(before);
  const now = linesOf(after);
  const start = common(old, now, (lines, at) => lines[at]);
  const end = common(old.slice(start), now.slice(start), (lines, at) => lines.at(-1 - at));
  const rows: DiffRow[] = [];
  let oldAt = 0;
  let nowAt = 0;
  const add = (kind: DiffRow['kind'], lines: readonly string[]): void => {
    for (const text of lines) {
      const before = kind === 'added' ? undefined : ++oldAt;
      rows.push({kind, text, before, after: kind === 'removed' ? undefined : ++nowAt});
    }
  };
  add('same', now.slice(0, start));
  const gone = old.slice(start, old.length - end);
  const come = now.slice(start, now.length - end);
  const changes =
    gone.length && come.length ? diffArrays(gone, come, {maxEditLength: MOST_EDITS, timeout: LONGEST}) : undefined;
  if (changes)
    for (const {added, removed, value} of changes) add(added ? 'added' : removed ? 'removed' : 'same', value);
  else {
    add('removed', gone);
    add('added', come);
  }
  add('same', now.slice(now.length - end));
  return rows;
}

/** A line break at the end begins no line; that there is none is no change of a line. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));

/** How many entries from the start on (or from the end, as `at` counts) are the same. */
function common(
  old: readonly string[],
  now: readonly string[],
  at: (lines: readonly string[], place: number) => string | undefined,
): number {
  const most = Math.min(old.length, now.length);
  let count = 0;
  while (count < most && at(old, count) === at(now, count)) count++;
  return count;
}
