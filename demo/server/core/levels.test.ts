import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mostLevels} from './levels.ts';

test('the most levels of any number of callbacks', () => {
  assert.equal(mostLevels([]), 0);
  assert.equal(mostLevels(Array.from({length: 200_000}, (_, nth) => ({owes: nth % 7}))), 6);
});
