import {bars} from '../kit/bars.ts';
import {noise} from '../kit/noise.ts';
import {grouped, median, table} from '../kit/numbers.ts';
import type {Samples} from '../kit/samples.ts';

export type What =
  'seen' | 'open' | 'nodes' | 'append' | 'scroll' | 'longest open' | 'longest append' | 'longest scroll';

/** The longest may cost so many times what the shortest does. */
const GROWTH = 1.3;
/** Milliseconds of a task that a reader does not feel. */
const FRAME = 50;

export const keyOf = (messages: number, slow: number, what: What): string => [messages, slow, what].join(' ');

interface Scope {
  readonly sizes: readonly number[];
  readonly slow: number;
  readonly rounds: number;
}

export function report(samples: Samples, {sizes, slow, rounds}: Scope): string {
  const [shortest = 0] = sizes;
  const head = [
    'messages',
    'last one seen after, ms',
    `× of ${shortest}`,
    'to open, ms',
    `× of ${shortest}`,
    'nodes',
    `× of ${shortest}`,
    '50 more, ms',
    'to the top, ms',
    'longest task: to open, ms',
    '50 more, ms',
    'to the top, ms',
    `at ${slow} ×, ms`,
  ];
  const rows = sizes.map((size) => {
    const key = (what: What): string => keyOf(size, 1, what);
    const growth = (what: What): string => samples.ratioText(key(what), keyOf(shortest, 1, what));
    const slowed = (['longest open', 'longest append', 'longest scroll'] satisfies What[]).map((what) =>
      samples.median(keyOf(size, slow, what)).toFixed(0),
    );
    return [
      grouped(size),
      samples.text(key('seen')),
      growth('seen'),
      samples.text(key('open')),
      growth('open'),
      samples.median(key('nodes')).toFixed(0),
      growth('nodes'),
      samples.text(key('append')),
      samples.text(key('scroll')),
      samples.text(key('longest open')),
      samples.text(key('longest append')),
      samples.text(key('longest scroll')),
      slowed.join(' / '),
    ];
  });
  return `${noise(rounds)}\n\n${table(head, rows)}`;
}

export const chart = (samples: Samples, sizes: readonly number[]): string =>
  bars(
    'Time of the main thread for a history',
    (
      [
        ['open', 'Until it is drawn'],
        ['append', '50 more messages'],
      ] satisfies [What, string][]
    ).map(([what, title]) => ({
      title,
      bars: sizes.map((size) => {
        const value = samples.median(keyOf(size, 1, what));
        return {label: `${grouped(size)} messages`, value, text: `${value.toFixed(0)} ms`, looks: 'ours'} as const;
      }),
    })),
  );

/** Sentences about what is not as it should be. */
export function failures(samples: Samples, sizes: readonly number[]): string[] {
  const [shortest = 0, longest = 0] = [sizes[0], sizes.at(-1)];
  return [
    ...(['seen', 'open', 'nodes'] satisfies What[]).flatMap((what) => {
      const growth = median(samples.ratios(keyOf(longest, 1, what), keyOf(shortest, 1, what)));
      return growth > GROWTH
        ? [`history, ${what}: ${growth.toFixed(2)} × from ${shortest} to ${longest}, at most ${GROWTH}`]
        : [];
    }),
    ...sizes.flatMap((size) =>
      (['longest open', 'longest append', 'longest scroll'] satisfies What[]).flatMap((what) => {
        const value = samples.median(keyOf(size, 1, what));
        return value > FRAME ? [`history of ${size}, ${what}: ${value.toFixed(0)} ms, at most ${FRAME}`] : [];
      }),
    ),
  ];
}
