import fc from 'fast-check';

/** What a person may ask the demo's agent for. No two texts of a world are the same, so that each can be looked for. */
export type Script =
  | {readonly ask: 'echo' | 'fail' | 'approval' | 'child echo'}
  | {readonly ask: 'stream' | 'child stream'; readonly words: number; readonly rate: number}
  | {readonly ask: 'wait' | 'deaf'; readonly tenths: number}
  | {readonly ask: 'tools'; readonly calls: number};

const named = fc.constantFrom<Script>({ask: 'echo'}, {ask: 'fail'}, {ask: 'approval'}, {ask: 'child echo'});
const streamed = (ask: 'stream' | 'child stream', most: number): fc.Arbitrary<Script> =>
  fc.record({ask: fc.constant(ask), words: fc.integer({min: 10, max: most}), rate: fc.integer({min: 60, max: 200})});
const silent = fc.record({
  ask: fc.constantFrom('wait', 'deaf'),
  tenths: fc.integer({min: 1, max: 7}),
}) as fc.Arbitrary<Script>;
const called = (calls: fc.Arbitrary<number>): fc.Arbitrary<Script> => fc.record({ask: fc.constant('tools'), calls});

export const scripts: fc.Arbitrary<Script> = fc.oneof(
  {arbitrary: named, weight: 15},
  {arbitrary: streamed('stream', 120), weight: 18},
  {arbitrary: streamed('child stream', 40), weight: 3},
  {arbitrary: silent, weight: 6},
  {arbitrary: called(fc.integer({min: 1, max: 5})), weight: 6},
  // More than a snapshot holds: what is older has to be loaded.
  {arbitrary: called(fc.constant(120)), weight: 1},
);

/** The words of the `nth` thing that is asked for. */
export function textOf(script: Script, nth: number): string {
  // As many digits as the agent reads behind a point.
  const mark = String(nth).padStart(6, '0');
  switch (script.ask) {
    case 'echo':
      return `/echo said ${mark} ä 語 🙂`;
    case 'fail':
      return `/fail broke ${mark}`;
    case 'approval':
      return `/ask may I ${mark}`;
    case 'child echo':
      return `/child /echo child ${mark}`;
    case 'stream':
      return `/stream ${script.words} ${script.rate}.${mark}`;
    case 'child stream':
      return `/child /stream ${script.words} ${script.rate}.${mark}`;
    case 'wait':
    case 'deaf':
      return `/${script.ask} 0.${script.tenths}${mark}`;
    case 'tools':
      return `/${spelled('tools', nth)} ${String(script.calls).padStart(3 + (Math.floor(nth / 32) % 7), '0')}`;
  }
}

/** The agent does not mind capitals: there are as many spellings as bits. */
const spelled = (word: string, nth: number): string =>
  [...word].map((letter, bit) => ((nth >> bit) & 1 ? letter.toUpperCase() : letter)).join('');
