// npm run faults -- --seeds 1000 [--from 1] [--steps 200] [--stop 5]: plays so many schedules and says what they broke.
import {parseArgs} from 'node:util';
import {checked} from './broken.ts';
import {injected} from './play.ts';
import {trySeed} from './search.ts';

const {values} = parseArgs({
  options: {
    seeds: {type: 'string', default: '100'},
    from: {type: 'string', default: '1'},
    steps: {type: 'string', default: '200'},
    stop: {type: 'string', default: '5'},
  },
});
const from = Number(values.from);
const steps = Number(values.steps);
const began = performance.now();
let failures = 0;
const end = from + Number(values.seeds);
for (let seed = from; seed < end; seed += 1) {
  const found = await trySeed(seed, steps);
  if (!found) continue;
  failures += 1;
  process.exitCode = 1;
  console.log(
    `\nseed ${seed}: ${found.error instanceof Error ? (found.error.stack ?? found.error.message) : String(found.error)}`,
  );
  console.log(JSON.stringify(found.story.setting));
  for (const step of found.story.steps) console.log(`  ${JSON.stringify(step)},`);
  if (failures >= Number(values.stop)) break;
}
const seconds = (performance.now() - began) / 1_000;
const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`)
    .join('\n');
console.log(`\nfaults injected\n${list(injected)}\n\ninvariants checked\n${list(checked)}\n`);
console.log(`${end - from} schedules, ${((end - from) / seconds).toFixed(1)} a second, ${failures} failed`);
