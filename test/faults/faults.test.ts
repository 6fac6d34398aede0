import assert from 'node:assert/strict';
import {test} from 'node:test';
import {search} from './fleet.ts';

/** Fewer only to look at something else: `FAULTS=50 node --import tsx --test test/faults/faults.test.ts`. */
const SCHEDULES = Number(process.env['FAULTS'] ?? 1_000);
const STEPS = 200;

test(`${SCHEDULES} schedules of ${STEPS} steps break no promise of the protocol`, {timeout: 1_200_000}, async () => {
  const {failures, played} = await search({from: 1, seeds: SCHEDULES, steps: STEPS, stop: 1});
  for (const {seed, text} of failures) assert.fail(`seed ${seed}: ${text}`);
  assert.equal(played, SCHEDULES);
});
