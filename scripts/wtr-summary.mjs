// A reporter of the browser test runner that only counts.
import {writeCounts} from './counts.mjs';

const testsIn = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsIn)] : []);

export const wtrSummary = () => ({
  onTestRunFinished({sessions}) {
    const counts = {passed: 0, failed: 0, skipped: 0};
    for (const {passed, testResults} of sessions) {
      const tests = testsIn(testResults);
      const failed = tests.filter((test) => !test.passed && !test.skipped).length;
      const skipped = tests.filter((test) => test.skipped).length;
      counts.passed += tests.length - failed - skipped;
      counts.skipped += skipped;
      // A file that did not load, a time-out, an error of the page: no test failed, yet the file did.
      counts.failed += failed || (passed ? 0 : 1);
    }
    writeCounts(counts);
  },
});
