import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {launch} from '../support/app.ts';
import {Broken} from './check.ts';
import {mistakes} from './mistakes.ts';
import {Diary, injected, play} from './play.ts';
import {Rig} from './rig.ts';
import {FAULTS, storyOf, type Fault} from './steps.ts';

/** `npm run chaos -- --rounds N` plays as many as one likes. */
describe('chaos in a real browser', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const inWorld = async (run: (rig: Rig) => Promise<void>, ...how: Parameters<typeof Rig.create>): Promise<void> => {
    const rig = await Rig.create(...how);
    try {
      await run(rig);
    } finally {
      await rig.end();
    }
  };

  it('loses nothing and shows what is true, whatever fails', () =>
    inWorld(async (rig) => {
      const rounds: readonly (readonly Fault['do'][])[] = [
        ['clock', 'blackhole'],
        ['cut', 'freeze'],
        ['refuse', 'reload'],
        ['stall', 'slow'],
        ['throttle', 'swallow'],
        ['close tab', 'kill'],
        ['open tab', 'terminate'],
        ['offline'],
      ];
      for (const [seed, faults] of rounds.entries()) await play(rig, storyOf(seed, ...faults));
      assert.deepEqual(
        FAULTS.filter((name) => !injected.has(name)),
        [],
        'every kind of fault has been there',
      );
    }, browser));

  it('a clock that is put back does not keep a dead connection', () =>
    inWorld(async (rig) => {
      await play(rig, [
        {do: 'say', tab: 0, script: {ask: 'echo'}, wait: 0},
        {do: 'open', tab: 1, row: 0, wait: 300},
      ]);
      // From here on nothing is sent or heard by the first tab, until the other one writes.
      await play(rig, [
        {do: 'open', tab: 0, row: 0, wait: 0},
        {do: 'open', tab: 1, row: 0, wait: 0},
        {do: 'clock', tab: 0, ms: -86_400_000, wait: 300},
        {do: 'blackhole', for: 100, wait: 0},
        {do: 'say', tab: 1, script: {ask: 'echo'}, wait: 0},
      ]);
    }, browser));

  for (const [name, {steps, rule, ...mistake}] of Object.entries(mistakes)) {
    it(`finds: ${name}`, () =>
      inWorld(
        async (rig) => {
          const diary = new Diary();
          const found = await play(rig, steps, diary, 1_500).catch((error: unknown) => error);
          assert.ok(found instanceof Broken, `${String(found)}\n${diary.lines.join('\n')}`);
          assert.equal(found.rule, rule, found.message);
        },
        browser,
        mistake,
      ));
  }
});
