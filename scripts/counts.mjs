// How a test runner tells `scripts/test.mjs` its totals: in the file that TEST_COUNTS names.
import {writeFileSync} from 'node:fs';

/** @param {{passed: number, failed: number, skipped: number}} counts */
export function writeCounts(counts) {
  if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
}
