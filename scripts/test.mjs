// `npm test`: the checks, the build with its budget, the node tests (server, scripts, end to end), the browser tests.
//   npm test -- --only unit          one part (check, build, docs, package, node, unit), or several with commas
//   npm test -- --only node FILE …   these test files only
//   npm test -- --coverage           with coverage of the browser tests
// The last line is the sum of all parts: `N passed, N failed`.
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {root, run, since} from './run.mjs';

const {values: options, positionals: files} = parseArgs({
  allowPositionals: true,
  options: {only: {type: 'string'}, coverage: {type: 'boolean', default: false}},
});

const PARTS = {
  check: () => tool('node', 'scripts/check.mjs'),
  // End-to-end tests load what was built.
  build: () => tool('node', 'scripts/build.mjs'),
  // The tables of the elements are as the manifest of this build has them.
  docs: () => tool('node', 'scripts/docs.mjs', '--check'),
  // How the package looks to those who install it.
  package: () => tool('node', 'scripts/check.mjs', '--package'),
  node: () => {
    const tests = files.length > 0 ? files : ['demo/server', 'test', 'scripts'].flatMap(testsBelow);
    // Without files node would go and look for some.
    if (tests.length === 0) return {passed: 0, failed: 0, skipped: 0};
    return runner('node', [
      '--import=tsx',
      '--test',
      '--test-concurrency=2',
      // A test that hangs must not hang everything.
      '--test-timeout=900000',
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=./scripts/node-summary.mjs', '--test-reporter-destination=stderr'],
      ...tests,
    ]);
  },
  unit: () =>
    runner('wtr', [...(options.coverage ? ['--coverage'] : []), ...(files.length > 0 ? ['--files', ...files] : [])]),
};

/** A tool that is not content counts as one failure, one that is content as nothing. */
const tool = async (command, ...args) => ({passed: 0, failed: (await run(command, args)) === 0 ? 0 : 1, skipped: 0});

async function runner(command, args) {
  const folder = mkdtempSync(join(tmpdir(), 'counts-'));
  const file = join(folder, 'counts.json');
  const code = await run(command, args, {env: {TEST_COUNTS: file}});
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {passed: 0, failed: 0, skipped: 0};
  rmSync(folder, {recursive: true});
  // Red without a failed test: the runner itself broke, or found no test.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

// Node 20 has no patterns for its test runner.
const testsBelow = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), {recursive: true})
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => join(folder, file))
    : [];

const chosen = options.only?.split(',') ?? Object.keys(PARTS).filter((name) => name !== 'package' || process.env.CI);
const unknown = chosen.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}

const start = performance.now();
const total = {passed: 0, failed: 0, skipped: 0};
const lines = [];
for (const name of chosen) {
  console.log(`\n── ${name} ──`);
  const partStart = performance.now();
  const counts = await PARTS[name]();
  for (const key of Object.keys(total)) total[key] += counts[key];
  const {passed, failed, skipped} = counts;
  const isRunner = name === 'node' || name === 'unit';
  const result = isRunner ? `${passed} passed, ${failed} failed, ${skipped} skipped` : failed > 0 ? 'failed' : 'ok';
  lines.push(`${name.padEnd(7)} ${since(partStart).padStart(8)}  ${result}`);
}

const expectsTests = chosen.includes('node') || chosen.includes('unit');
if (expectsTests && total.passed + total.failed === 0) console.error('No test ran.');
process.exitCode = total.failed > 0 || (expectsTests && total.passed === 0) ? 1 : 0;
console.log(`\n${lines.join('\n')}\ntotal   ${since(start).padStart(8)}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
