import {bars} from '../kit/bars.ts';
import {median, spread, table} from '../kit/numbers.ts';
import type {Listed} from './candidates.ts';
import type {Pace} from './drive.ts';
import type {Results} from './results.ts';

const FLOOR = 'one-text';

const PACES: readonly {readonly pace: Pace; readonly title: string}[] = [
  {pace: 'frames', title: 'At the pace of a model: 14 pieces of 6 characters in each animation frame'},
  {pace: 'burst', title: 'As fast as it goes: a task for each piece'},
];

export interface Scope {
  readonly listed: readonly Listed[];
  /** In KB. */
  readonly sizes: readonly number[];
  readonly versions: Readonly<Record<string, string>>;
  /** How many times slower the main thread was made, besides. */
  readonly slow: number;
}

/** Seconds of the main thread, ratios to the floor of the same round, growth, and the longest task. */
export function report(results: Results, {listed, sizes, versions, slow}: Scope): string {
  const head = [
    '',
    ...sizes.map((size) => `${size} KB, s`),
    ...sizes.map((size) => `${size} KB, × floor`),
    'growth',
    'longest task, ms',
    `at ${slow} ×, ms`,
  ];
  return PACES.map(({pace, title}) => {
    const rows = listed.map((one) => {
      const {name} = one;
      const version = one.from && versions[one.from];
      return [
        version ? `${one.title} ${version}` : one.title,
        ...sizes.map((size) => seconds(results, name, pace, size)),
        ...sizes.map((size) => ratio(results, name, pace, size)),
        growth(results, name, pace, sizes),
        longest(results, name, pace, sizes, 1),
        longest(results, name, pace, sizes, slow),
      ];
    });
    return `### ${title}\n\n${table(head, rows)}`;
  }).join('\n\n');
}

/** For the size in the middle. */
export function chart(results: Results, {listed, sizes}: Scope): string {
  const size = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return bars(
    `Time of the main thread for ${size} KB of Markdown`,
    PACES.map(({pace, title}) => ({
      title,
      bars: listed.map(({name, title: label}, row) => {
        const value = medianOf(results, name, pace, size);
        const atLeast = value === undefined ? results.notIn(name, {pace, size, slow: 1}) : undefined;
        return {
          label,
          value: value ?? atLeast,
          text:
            value === undefined && atLeast === undefined
              ? 'given up before'
              : `${seconds(results, name, pace, size)} s`,
          looks: row < 2 ? 'ours' : value === undefined ? 'more' : 'other',
        };
      }),
    })),
  );
}

const tasks = (results: Results, name: string, pace: Pace, size: number): number[] =>
  results.of(name, {pace, size, slow: 1}).map(({task}) => task);

/** The median of the rounds in milliseconds, where all of the text was taken. */
function medianOf(results: Results, name: string, pace: Pace, size: number): number | undefined {
  const all = tasks(results, name, pace, size);
  return all.length === 0 || results.gaveUp(name, {pace, size, slow: 1}) ? undefined : median(all);
}

function seconds(results: Results, name: string, pace: Pace, size: number): string {
  const value = medianOf(results, name, pace, size);
  if (value !== undefined) return (value / 1000).toFixed(2);
  const least = results.notIn(name, {pace, size, slow: 1});
  return least === undefined ? '–' : `over ${(least / 1000).toFixed(1)}`;
}

/** Each round with the floor of the same round, so that what the machine did meanwhile is in both. */
function ratio(results: Results, name: string, pace: Pace, size: number): string {
  if (medianOf(results, name, pace, size) === undefined) return '–';
  const floor = tasks(results, FLOOR, pace, size);
  const ratios = tasks(results, name, pace, size).flatMap((task, round) => {
    const least = floor[round];
    return least ? [task / least] : [];
  });
  if (ratios.length === 0) return '–';
  return ratios.length > 1 ? `${median(ratios).toFixed(2)} (${spread(ratios, 2)})` : median(ratios).toFixed(2);
}

/** The exponent: 1 means that twice the text costs twice as much. */
function growth(results: Results, name: string, pace: Pace, sizes: readonly number[]): string {
  const ends = [sizes[0], sizes.at(-1)].map((size) => size && medianOf(results, name, pace, size));
  const [first, last] = ends;
  if (!first || !last || sizes.length < 2) return '–';
  return (Math.log(last / first) / Math.log((sizes.at(-1) ?? 1) / (sizes[0] ?? 1))).toFixed(2);
}

function longest(results: Results, name: string, pace: Pace, sizes: readonly number[], slow: number): string {
  const all = sizes.flatMap((size) => {
    const tasks = results.of(name, {pace, size, slow}).map((cost) => cost.longest);
    return tasks.length > 0 ? [median(tasks)] : [];
  });
  return all.length > 0 ? Math.max(...all).toFixed(0) : '–';
}
