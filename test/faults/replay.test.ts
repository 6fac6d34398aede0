import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {exportLines, readExport, type ExportLine} from '../../src/backend/wire/export.ts';
import {Recording} from '../../src/backend/wire/recording.ts';
import {wireOf} from '../../src/backend/wire/wire.ts';
import type {Item} from '../../src/model/items.ts';
import {Broken} from './broken.ts';
import {mistakes} from './mistakes.ts';
import {live, worldOf} from './play.ts';
import type {SimPage} from './page.ts';
import {sound, type Part} from './parts.ts';
import {replay} from './replay.ts';
import {stories, type Story} from './steps.ts';

const SCHEDULES = 30;
const STEPS = 40;

interface Recorded {
  readonly recording: Recording;
  readonly page: SimPage;
}

/** Plays a story with a recorder at its first page, and lets what is on its way arrive. */
async function record({setting, steps}: Story): Promise<Recorded> {
  const recordings: Recording[] = [];
  const part: Part = {
    ...sound,
    environment: (environment) => {
      const wire = wireOf(environment);
      recordings.push(new Recording(wire, () => {}, environment.now));
      return wire;
    },
  };
  const world = worldOf(setting, part);
  // One for each page, and more where somebody reloads: those are recordings of their own.
  const [page] = world.pages;
  assert.ok(page);
  await live(
    world,
    steps.filter((step) => step.do !== 'reload' && step.do !== 'become another'),
  );
  world.endFaults();
  await world.time.advance(90_000);
  assert.ok(recordings[0]);
  return {recording: recordings[0], page};
}

const shown = ({store, watching}: SimPage): Record<string, readonly Item[]> =>
  Object.fromEntries(
    [...watching.keys()].map((session) => {
      const cell = store.thread(session);
      return [session, cell ? [...cell.keys].flatMap((key) => cell.item(key)?.get() ?? []) : []];
    }),
  );

const exported = ({recording}: Recorded, withoutTexts = false): readonly ExportLine[] =>
  readExport(exportLines(recording, recording.records, {withoutTexts}));

test(`a recording that is played again ends in the same threads, in ${SCHEDULES} schedules of faults`, async () => {
  let items = 0;
  for (const story of fc.sample(stories(STEPS), {seed: 5, numRuns: SCHEDULES})) {
    const recorded = await record(story);
    const replayed = await replay(exported(recorded));
    const expected = shown(recorded.page);
    for (const [session, thread] of Object.entries(expected)) {
      assert.deepEqual(replayed.threads[session], thread, JSON.stringify(story));
      items += thread.length;
    }
    assert.equal(replayed.skipped, 0, JSON.stringify(story));
    assert.deepEqual(replayed.warnings, []);
  }
  assert.ok(items > SCHEDULES, `${items} items were compared`);
});

const STORY: Story = {
  setting: {bounds: 'usual', maxTurns: 8},
  steps: [
    {do: 'start', page: 0, script: 'fails', wait: 700},
    {do: 'cut', page: 0, up: 0, down: 0, notice: 'soon', wait: 2_000},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 3_000},
  ],
};

test('without texts it ends in threads of the same shape, whose texts are as long', async () => {
  const recorded = await record(STORY);
  const lines = exported(recorded, true);
  const {threads} = await replay(lines);
  const lengths = (items: readonly Item[] = []) =>
    items.map((item) => [item.key, item.kind, item.seq, 'text' in item ? item.text.length : 0]);
  const expected = shown(recorded.page);
  assert.ok(Object.keys(expected).length > 0);
  for (const [session, thread] of Object.entries(expected))
    assert.deepEqual(lengths(threads[session]), lengths(thread));
  assert.ok(!JSON.stringify(lines).includes('alice#'), 'no words of a person are in it');
});

test('what began late is said to be incomplete, and what cannot be played is counted', async () => {
  const lines = exported(await record(STORY)).filter(({generation}) => generation !== 1);
  const [first] = lines;
  const middle = exported(await record(STORY)).filter(
    (line) => !(line.direction === 'sent' && (line.frame as {type: string}).type === 'hello'),
  );
  assert.ok(first);
  const {played, skipped} = await replay(middle);
  assert.equal(played, 0);
  assert.ok(skipped > 0);
  assert.ok((await replay(lines.slice(1))).warnings.length > 0);
});

for (const name of [
  'a streamed item is stored as another one',
  'an older copy of a session overrides a newer one',
  'streamed text is appended once more',
] as const) {
  test(`a recording finds in the client what a simulation would: ${name}`, async () => {
    const lines = exported(await record(STORY));
    const mistake = mistakes[name];
    assert.ok(mistake);
    await assert.rejects(replay(lines, mistake()), Broken);
  });
}
