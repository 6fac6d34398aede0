import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import {launchOptions, runsTabsInParallel} from './scripts/browser.mjs';
import {wtrGarbage} from './scripts/wtr-garbage.mjs';
import {wtrSummary} from './scripts/wtr-summary.mjs';

const options = launchOptions();

export default {
  files: 'src/**/*.test.ts',
  // Lit's production build, as pages get it.
  nodeResolve: {exportConditions: ['production', 'default']},
  // The tsconfig says that decorators are the legacy ones; without it the import throws.
  plugins: [esbuildPlugin({ts: true, target: 'es2022', tsconfig: './tsconfig.json'}), wtrGarbage()],
  browsers: [chromeLauncher({launchOptions: options})],
  concurrency: runsTabsInParallel(options.executablePath) ? 2 : 1,
  reporters: [defaultReporter({reportTestResults: true, reportTestProgress: process.stdout.isTTY}), wtrSummary()],
  testFramework: {config: {timeout: 20_000}},
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  coverageConfig: {
    include: ['src/**/*.ts'],
    report: true,
    reportDir: 'coverage',
    reporters: ['text-summary', 'lcov'],
  },
};
