// `npm run bench`: all that is measured in a browser, one after the other; `--rounds` and `--write` go to each of them. A part alone is
// `npm run bench:start` and so on, and has more options.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {parseArgs} from 'node:util';

const PARTS = ['start', 'list', 'history', 'memory', 'streaming'];
const {values} = parseArgs({options: {rounds: {type: 'string'}, write: {type: 'boolean', default: false}}});
const failed = PARTS.filter((part) => {
  console.error(`\n${part}`);
  // Its rounds are those that a person opens and closes it.
  const rounds = values.rounds && part !== 'memory' ? ['--rounds', values.rounds] : [];
  const args = ['--import', 'tsx', join(import.meta.dirname, part, 'run.ts'), ...rounds];
  const begin = performance.now();
  const {status} = spawnSync(process.execPath, [...args, ...(values.write ? ['--write'] : [])], {stdio: 'inherit'});
  console.error(`${part}: ${((performance.now() - begin) / 60_000).toFixed(1)} minutes`);
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`\nNot as it should be: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
