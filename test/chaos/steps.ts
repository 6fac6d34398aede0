import fc from 'fast-check';
import {scripts, type Script} from './scripts.ts';

/** What happens in a round, in words: a list of these is a story that can be read, and played again. */
export type Step = {
  /** Milliseconds before it. */
  readonly wait: number;
} & Deed;

export type Deed = Act | Fault;

interface At {
  /** Which of the two tabs. */
  readonly tab: 0 | 1;
}

/** What a person does. */
export type Act = At &
  (
    | {readonly do: 'say' | 'begin'; readonly script: Script}
    /** Opens the so-manieth session of the list. */
    | {readonly do: 'open'; readonly row: number}
    | {readonly do: 'answer'; readonly option: 'Allow' | 'Reject'}
    | {readonly do: 'stop' | 'remove' | 'continue' | 'reconnect'}
  );

interface Lasting {
  /** Milliseconds until it is over. */
  readonly for: number;
}

export type Fault =
  | {readonly do: 'cut'; readonly how: 'reset' | 'end'}
  | ({readonly do: 'refuse' | 'stall' | 'blackhole' | 'kill' | 'terminate'} & Lasting)
  /** Bytes a second. */
  | ({readonly do: 'throttle'; readonly rate: number} & Lasting)
  /** The so-manieth frame that the server says from now on does not arrive. */
  | {readonly do: 'swallow'; readonly nth: number}
  | ({readonly do: 'reload'} & At)
  | {readonly do: 'close tab' | 'open tab'}
  | ({readonly do: 'freeze' | 'offline'} & At & Lasting)
  | ({readonly do: 'clock'; readonly ms: number} & At)
  | ({readonly do: 'slow'; readonly times: number} & At & Lasting);

export const FAULTS = [
  'clock',
  'cut',
  'refuse',
  'stall',
  'throttle',
  'blackhole',
  'swallow',
  'kill',
  'terminate',
  'reload',
  'close tab',
  'open tab',
  'freeze',
  'offline',
  'slow',
] as const satisfies readonly Fault['do'][];

export const isFault = (step: Step): step is Step & Fault => (FAULTS as readonly string[]).includes(step.do);

const tab = fc.constantFrom(0 as const, 0 as const, 1 as const);
const lasts = fc.integer({min: 50, max: 900});
const wait = fc.oneof(
  {arbitrary: fc.constant(0), weight: 3},
  {arbitrary: fc.integer({min: 0, max: 80}), weight: 4},
  {arbitrary: fc.integer({min: 80, max: 400}), weight: 2},
);

type Fields = Record<string, fc.Arbitrary<unknown>>;
const deed = (weight: number, name: Deed['do'], fields: Fields = {}) => ({
  weight,
  arbitrary: fc.record({do: fc.constant(name), ...fields}) as unknown as fc.Arbitrary<Deed>,
});

const acts = fc.oneof(
  deed(9, 'say', {tab, script: scripts}),
  deed(3, 'begin', {tab, script: scripts}),
  deed(3, 'stop', {tab}),
  deed(3, 'answer', {tab, option: fc.constantFrom('Allow', 'Reject')}),
  deed(2, 'open', {tab, row: fc.integer({min: 0, max: 4})}),
  deed(2, 'remove', {tab}),
  deed(1, 'continue', {tab}),
  deed(1, 'reconnect', {tab}),
);

const HOUR = 3_600_000;

const faults: Record<Fault['do'], Fields> = {
  cut: {how: fc.constantFrom('reset', 'end')},
  refuse: {for: lasts},
  stall: {for: lasts},
  throttle: {rate: fc.integer({min: 2_000, max: 40_000}), for: lasts},
  blackhole: {for: lasts},
  swallow: {nth: fc.integer({min: 1, max: 12})},
  kill: {for: lasts},
  terminate: {for: lasts},
  reload: {tab},
  'close tab': {},
  'open tab': {},
  freeze: {tab, for: lasts},
  offline: {tab, for: lasts},
  clock: {tab, ms: fc.constantFrom(-24 * HOUR, -HOUR, -5_000, 5_000, HOUR, 24 * HOUR)},
  slow: {tab, times: fc.integer({min: 2, max: 8}), for: lasts},
};

/** People do things while the faults `given` are on; up to three in all. */
export function storyOf(seed: number, ...given: readonly Fault['do'][]): readonly Step[] {
  const faultOf = (name: Fault['do']): fc.Arbitrary<Deed> => deed(1, name, faults[name]).arbitrary;
  const story = fc
    .record({
      acts: fc.array(acts, {minLength: 5, maxLength: 9, size: 'max'}),
      given: fc.tuple(...given.map(faultOf)),
      more: fc.array(fc.constantFrom(...FAULTS).chain(faultOf), {maxLength: 3 - given.length, size: 'max'}),
      places: fc.array(fc.nat(1_000), {minLength: 3, maxLength: 3}),
      waits: fc.array(wait, {minLength: 12, maxLength: 12}),
    })
    .map(({acts, given, more, places, waits}) => {
      const deeds = [...acts];
      for (const [index, fault] of [...given, ...more].entries()) {
        // A tab is closed before anything in it is on its way: nobody would close it then.
        const place = fault.do === 'close tab' ? 0 : 1 + ((places[index] ?? 0) % deeds.length);
        deeds.splice(place, 0, fault);
      }
      return deeds.map((each, index): Step => ({...each, wait: waits[index] ?? 0}));
    });
  const [steps = []] = fc.sample(story, {seed, numRuns: 1});
  return steps;
}
