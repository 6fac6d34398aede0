// npm run faults -- --seeds 1000 [--from 1] [--steps 200] [--stop 5] [--jobs N]: plays so many schedules and says what
// they broke. The exit code is 1 if any did.
// npm run faults -- --replay FILE: plays what <session-inspector> has exported, and says what the page shows at its end.
import {availableParallelism} from 'node:os';
import {parseArgs} from 'node:util';
import {search, type Report} from './fleet.ts';
import {replayFile} from './replay-file.ts';

const {values} = parseArgs({
  options: {
    seeds: {type: 'string', default: '100'},
    from: {type: 'string', default: '1'},
    steps: {type: 'string', default: '200'},
    stop: {type: 'string', default: '5'},
    jobs: {type: 'string', default: String(availableParallelism())},
    replay: {type: 'string'},
  },
});

if (values.replay !== undefined) {
  await replayFile(values.replay);
  process.exit();
}

function whole(name: Exclude<keyof typeof values, 'replay'>): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`--${name} takes a whole number from 1 on, not “${values[name]}”.`);
  process.exit(2);
}

const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${String(count).padStart(11)}  ${name}`)
    .join('\n');

const sum = ({played, seconds, failures}: Report): string =>
  `${played} schedules, ${(played / seconds).toFixed(1)} a second, ${failures.length} failed`;

const report = await search({
  from: whole('from'),
  seeds: whole('seeds'),
  steps: whole('steps'),
  stop: whole('stop'),
  jobs: whole('jobs'),
  progress: (so) => process.stderr.isTTY && process.stderr.write(`\r${sum(so)} `),
});
for (const {seed, text} of report.failures) console.log(`\nseed ${seed}: ${text}`);
console.log(`\nfaults injected\n${list(report.injected)}\n\ninvariants checked\n${list(report.checked)}\n`);
console.log(sum(report));
if (report.failures.length > 0) process.exitCode = 1;
