import fc from 'fast-check';
import type {Spoil} from './link.ts';
import {SCRIPTS, type Script} from './scripts.ts';

/** What happens, in words: a list of these is a story that anybody can read and play again. */
export type Step = {readonly wait: number} & Deed;

interface Who {
  /** Which page. */
  readonly page: number;
}
interface Which extends Who {
  /** Which session of its user, in the order they were asked for. */
  readonly on: number;
}

interface Lasting {
  /** Milliseconds until it is over. */
  readonly for: number;
}

export type Deed =
  | ({readonly do: 'start'; readonly script: Script} & Who)
  | ({readonly do: 'send'; readonly script: Script} & Which)
  | ({
      readonly do:
        | 'stop'
        | 'unqueue'
        | 'continue'
        | 'answer'
        | 'rename'
        | 'archive'
        | 'seen'
        | 'delete'
        | 'watch'
        | 'unwatch'
        | 'older';
    } & Which)
  | ({readonly do: 'find' | 'retry' | 'discard' | 'reload' | 'reconnect' | 'become another'} & Who)
  | ({readonly do: 'leave' | 'sleep'} & Who & Lasting)
  | ({readonly do: 'cut'; readonly up: number; readonly down: number; readonly notice: 'soon' | 'late' | 'never'} & Who)
  | ({readonly do: 'hold'; readonly way: 'up' | 'down'} & Who & Lasting)
  | ({readonly do: 'lose'; readonly way: 'up' | 'down'} & Who)
  | ({readonly do: 'delay' | 'slow'; readonly ms: number} & Who & Lasting)
  | ({readonly do: 'spoil'; readonly how: Spoil; readonly nth: number} & Who)
  | ({readonly do: 'repeat'; readonly back: number} & Who)
  | ({readonly do: 'admit none'; readonly how: 'refused' | 'hangs'} & Lasting)
  | ({
      readonly do: 'kill';
      readonly at: 'once' | 'write' | 'before-commit' | 'after-commit';
      readonly nth: number;
    } & Lasting)
  | ({readonly do: 'shut down'} & Lasting)
  | {readonly do: 'restore'; readonly back: number}
  | {readonly do: 'fill disk'; readonly commits: number};

const page = fc.integer({min: 0, max: 3});
const on = fc.integer({min: 0, max: 5});
const few = fc.integer({min: 0, max: 3});
const way = fc.constantFrom('up' as const, 'down' as const);
const script = fc.constantFrom(...SCRIPTS);

const wait = fc.oneof(
  {arbitrary: fc.constantFrom(0, 3, 6, 12), weight: 12},
  {arbitrary: fc.integer({min: 0, max: 400}), weight: 10},
  {arbitrary: fc.integer({min: 400, max: 4_000}), weight: 5},
  {arbitrary: fc.integer({min: 4_000, max: 30_000}), weight: 1},
);

const which = (weight: number, ...deeds: readonly Extract<Deed, Which>['do'][]) => ({
  weight,
  arbitrary: fc.record({do: fc.constantFrom(...deeds), page, on}) as fc.Arbitrary<Deed>,
});
const who = (weight: number, ...deeds: readonly Extract<Deed, Who>['do'][]) => ({
  weight,
  arbitrary: fc.record({do: fc.constantFrom(...deeds), page}) as fc.Arbitrary<Deed>,
});
const deed = <T extends Record<string, unknown>>(
  weight: number,
  name: Deed['do'],
  fields: {[K in keyof T]: fc.Arbitrary<T[K]>},
) => ({
  weight,
  arbitrary: fc.record({do: fc.constant(name), ...fields}) as unknown as fc.Arbitrary<Deed>,
});

const lasts = fc.constantFrom(8, 60, 700, 3_000, 25_000);

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  deed(10, 'start', {page, script}),
  deed(60, 'send', {page, on, script}),
  which(24, 'watch'),
  which(6, 'unwatch', 'older'),
  which(22, 'stop'),
  which(16, 'answer'),
  which(18, 'unqueue', 'continue', 'seen'),
  which(8, 'rename', 'archive'),
  which(2, 'delete'),
  who(8, 'find', 'retry', 'discard', 'reload'),
  who(3, 'reconnect'),
  who(1, 'become another'),
  deed(4, 'leave', {page, for: lasts}),
  deed(4, 'sleep', {page, for: lasts}),
  deed(16, 'cut', {page, up: few, down: few, notice: fc.constantFrom('soon', 'soon', 'late', 'never')}),
  deed(10, 'hold', {page, way, for: lasts}),
  deed(2, 'lose', {page, way}),
  deed(5, 'delay', {page, ms: fc.constantFrom(40, 300, 2_000), for: lasts}),
  deed(6, 'slow', {page, ms: fc.constantFrom(10, 60, 200), for: lasts}),
  deed(10, 'repeat', {page, back: few}),
  deed(4, 'spoil', {page, how: fc.constantFrom('drop', 'echo', 'garble', 'swap'), nth: fc.integer({min: 1, max: 6})}),
  deed(2, 'admit none', {how: fc.constantFrom('refused', 'hangs'), for: lasts}),
  deed(6, 'kill', {
    at: fc.constantFrom('once', 'write', 'before-commit', 'after-commit'),
    nth: fc.integer({min: 1, max: 9}),
    for: lasts,
  }),
  deed(1, 'shut down', {for: lasts}),
  deed(1, 'restore', {back: fc.integer({min: 0, max: 25})}),
  deed(2, 'fill disk', {commits: few}),
);

export const stepOf: fc.Arbitrary<Step> = fc.tuple(deeds, wait).map(([what, ms]) => ({...what, wait: ms}));

/** How the server of a story is set: small bounds are met more often. */
export interface Setting {
  readonly bounds: 'usual' | 'small';
  readonly maxTurns: number;
}

export interface Story {
  readonly setting: Setting;
  readonly steps: readonly Step[];
}

export const stories = (steps: number): fc.Arbitrary<Story> =>
  fc.record({
    setting: fc.record({bounds: fc.constantFrom('usual', 'small'), maxTurns: fc.constantFrom(8, 2)}),
    steps: fc.array(stepOf, {minLength: 0, maxLength: 2 * steps, size: 'max'}),
  });
