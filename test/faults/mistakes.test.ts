import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {Broken} from './broken.ts';
import {mistakes} from './mistakes.ts';
import {play} from './play.ts';
import {stories} from './steps.ts';

/** So many schedules must be enough to find any of them. */
const SCHEDULES = 200;
const STEPS = 80;

for (const [name, mistake] of Object.entries(mistakes)) {
  test(`found: ${name}`, async (t) => {
    const property = fc.asyncProperty(stories(STEPS), (story) => play(story, mistake()));
    const found = await fc.check(property, {seed: 1, numRuns: SCHEDULES, unbiased: true, endOnFailure: true});
    assert.ok(found.failed, `${SCHEDULES} schedules have not shown it`);
    assert.ok(found.errorInstance instanceof Broken, String(found.errorInstance));
    t.diagnostic(`after ${found.numRuns} schedules: ${found.errorInstance.invariant}`);
  });
}
