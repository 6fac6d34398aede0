import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hunt, Tally, Wrong} from './hunt.ts';
import {mistakes} from './mistakes.ts';

/** So many inputs must be enough to find any of them. */
const INPUTS = 12_000;

for (const [name, target] of Object.entries(mistakes)) {
  test(`found: ${name}`, async (t) => {
    const tally = new Tally();
    const found = await hunt(target(), INPUTS, 1, tally);
    assert.ok(found, `${tally.inputs} inputs have not shown it`);
    assert.ok(found.error instanceof Wrong, String(found.error.stack));
    t.diagnostic(`after ${tally.inputs} inputs: ${found.error.message.slice(0, 160)}`);
  });
}
