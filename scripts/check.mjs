// `npm run check`: everything that can be said about the source without running it. Two tools at a time, each with its
// output in one piece.
import {capture, since} from './run.mjs';

const CHECKS = [
  ['types', 'tsc', '-p', '.'],
  ['lint', 'eslint', '.'],
  ['templates', 'lit-analyzer', 'src/**/*.ts', '--strict', '--quiet'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lock', 'node', 'scripts/lockcheck.mjs'],
];

const waiting = [...CHECKS];
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
