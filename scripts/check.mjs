// `npm run check`: everything that can be said about the source without running it; with `--package` about what was built
// from it. Two tools at a time, each with its output in one piece.
import {capture, since} from './run.mjs';

// Errors, where lit-analyzer only warns; its other warnings are left out: elements are registered by define.ts, not by
// imports, and it has not heard of `popover` and other attributes of late.
const AS_ERRORS = ['no-unknown-tag-name', 'no-unknown-property'].flatMap((rule) => [`--rules.${rule}`, 'error']);

const SOURCE = [
  ['templates', 'lit-analyzer', 'src/**/*.ts', '--strict', '--quiet', ...AS_ERRORS],
  ['types', 'tsc', '-p', '.'],
  ['lint', 'eslint', '.'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lock', 'node', 'scripts/lockcheck.mjs'],
];

const NOT_CODE = ['session-sync.schema.json', 'custom-elements.json', 'package.json'];
const PACKAGE = [
  ['publint', 'publint', '--strict'],
  ['command for servers', 'node', 'dist/conformance-cli.js', '--help'],
  ['command that serves', 'node', 'dist/server/cli.js', 'serve', '--help'],
  ['types of the package', 'attw', '--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', ...NOT_CODE],
];

const waiting = process.argv.includes('--package') ? PACKAGE : SOURCE;
let failed = 0;

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [name, command, ...args] = check;
    const start = performance.now();
    const {code, output} = await capture(command, args);
    if (code !== 0) failed++;
    // A tool that is content has nothing to say; lit-analyzer prints its congratulations all the same.
    console.log(`${code === 0 ? '✔' : '✖'} ${name} (${since(start)})${code === 0 ? '' : `\n${output}`}`);
  }
}

await Promise.all([work(), work()]);
process.exitCode = failed > 0 ? 1 : 0;
