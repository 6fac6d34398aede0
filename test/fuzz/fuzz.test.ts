import assert from 'node:assert/strict';
import {test} from 'node:test';
import {targets} from './targets.ts';

/** Fewer or more only to look at something else: `FUZZ=100000 node --import tsx --test test/fuzz/fuzz.test.ts`. */
const FRAMES = Number(process.env['FUZZ'] ?? 8_000);
/** What collections that grow in steps may hold more at the end than at the beginning. */
const BOUND = 8 * 2 ** 20;

for (const [name, trials] of Object.entries(targets)) {
  test(`nothing that is sent to, or kept for, the ${name} breaks it`, async (t) => {
    for (const {share, run} of trials) {
      const {tally, found, growth, name} = await run(Math.ceil(FRAMES * share), 1);
      t.diagnostic(`${name}: ${tally.inputs} inputs, ${growth} bytes more`);
      const deeds = found?.deeds.map((deed) => JSON.stringify(deed)).join('\n');
      assert.equal(found, undefined, `seed ${found?.seed}: ${found?.error.stack}\n${deeds}`);
      assert.ok(growth < BOUND, `${growth} bytes more are held`);
    }
  });
}
