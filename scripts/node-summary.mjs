// A reporter of node:test that only counts.
import {writeCounts} from './counts.mjs';

export default async function* nodeSummary(events) {
  const counts = {passed: 0, failed: 0, skipped: 0};
  for await (const {type, data} of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details?.type === 'suite';
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else if (type === 'test:pass') counts.passed += isSuite ? 0 : 1;
    // A parent of failed tests is no failure of its own; a file that did not load, or a failed hook, is.
    else if (data.details?.error?.failureType !== 'subtestsFailed') counts.failed++;
  }
  writeCounts(counts);
  yield '';
}
