import assert from 'node:assert/strict';
import {test} from 'node:test';
import {trySeed} from './search.ts';

/** Fewer only to look at something else: `FAULTS=50 node --import tsx --test test/faults/faults.test.ts`. */
const SCHEDULES = Number(process.env['FAULTS'] ?? 1_000);
const STEPS = 70;

test(`${SCHEDULES} schedules of faults break no promise of the protocol`, async () => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const found = await trySeed(seed, STEPS);
    if (found) assert.fail(`seed ${seed}: ${String(found.error)}\n${JSON.stringify(found.story, null, 1)}`);
  }
});
