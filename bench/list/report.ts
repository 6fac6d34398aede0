import {bars} from '../kit/bars.ts';
import {noise} from '../kit/noise.ts';
import {grouped, median, table} from '../kit/numbers.ts';
import type {Samples} from '../kit/samples.ts';

export type Candidate = 'own' | 'floor';
type What = 'mount' | 'change' | 'longest';

/** Changes of the status of one session each. */
export const CHANGES = 1_000;
/** The most sessions may cost so many times what the fewest do, and so many times what raw DOM costs. */
const GROWTH = 1.5;
const OVER_FLOOR = 2;

export const keyOf = (candidate: Candidate, size: number, slow: number, what: What): string =>
  [candidate, size, slow, what].join(' ');

interface Scope {
  readonly sizes: readonly number[];
  readonly slow: number;
  readonly rounds: number;
}

export function report(samples: Samples, {sizes, slow, rounds}: Scope): string {
  const smallest = sizes[0] ?? 0;
  const rows = sizes.map((size) => {
    const own = (what: What): string => keyOf('own', size, 1, what);
    const floor = (what: What): string => keyOf('floor', size, 1, what);
    return [
      grouped(size),
      samples.text(own('mount'), 1),
      samples.ratioText(own('mount'), keyOf('own', smallest, 1, 'mount')),
      samples.ratioText(own('mount'), floor('mount')),
      samples.text(own('change')),
      samples.ratioText(own('change'), keyOf('own', smallest, 1, 'change')),
      samples.ratioText(own('change'), floor('change')),
      samples.text(own('longest')),
      samples.text(keyOf('own', size, slow, 'longest')),
    ];
  });
  const head = [
    'sessions',
    'mount, ms',
    `× of ${smallest}`,
    '× floor',
    `${grouped(CHANGES)} changes, ms`,
    `× of ${smallest}`,
    '× floor',
    'longest task, ms',
    `at ${slow} ×, ms`,
  ];
  return `${noise(rounds)}\n\n${table(head, rows)}`;
}

export const chart = (samples: Samples, sizes: readonly number[]): string =>
  bars(
    'Time of the main thread for a list of sessions',
    (['mount', 'change'] satisfies What[]).map((what) => ({
      title: what === 'mount' ? 'Until it is drawn' : `${grouped(CHANGES)} changes of a status`,
      bars: sizes.flatMap((size) =>
        (['own', 'floor'] satisfies Candidate[]).map((candidate) => {
          const value = samples.median(keyOf(candidate, size, 1, what));
          const label = `${grouped(size)}, ${candidate === 'own' ? '<session-list>' : 'raw DOM'}`;
          return {label, value, text: `${value.toFixed(0)} ms`, looks: candidate === 'own' ? 'ours' : 'other'} as const;
        }),
      ),
    })),
  );

/** Sentences about what is not as it should be. */
export function failures(samples: Samples, sizes: readonly number[]): string[] {
  const [fewest = 0, most = 0] = [sizes[0], sizes.at(-1)];
  const ratio = (name: string, other: string): number => median(samples.ratios(name, other));
  const own = (size: number, what: What): string => keyOf('own', size, 1, what);
  return [
    ...(['mount', 'change'] satisfies What[]).flatMap((what) => {
      const growth = ratio(own(most, what), own(fewest, what));
      return growth > GROWTH
        ? [`list, ${what}: ${growth.toFixed(2)} × from ${fewest} to ${most}, at most ${GROWTH}`]
        : [];
    }),
    ...sizes.flatMap((size) => {
      const over = ratio(own(size, 'change'), keyOf('floor', size, 1, 'change'));
      return over > OVER_FLOOR ? [`list, changes of ${size}: ${over.toFixed(2)} × raw DOM, at most ${OVER_FLOOR}`] : [];
    }),
  ];
}
