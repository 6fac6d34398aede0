// npm run fuzz -- --frames 100000 [--seed 1] [--only client|server|storage|database|command-line]: says what each target
// was tried with, what came of it, and the fewest steps to whatever was broken.
import {parseArgs} from 'node:util';
import {targets} from './targets.ts';

const {values} = parseArgs({
  options: {
    frames: {type: 'string', default: '100000'},
    seed: {type: 'string', default: '1'},
    only: {type: 'string', multiple: true},
  },
});
const unknown = values.only?.filter((name) => !Object.hasOwn(targets, name)) ?? [];
if (unknown.length > 0) {
  console.error(`No target ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}

for (const name of values.only ?? Object.keys(targets)) {
  for (const trial of targets[name] ?? []) {
    const inputs = Math.ceil(Number(values.frames) * trial.share);
    const {name, tally, found, seconds, growth} = await trial.run(inputs, Number(values.seed));
    const rate = (tally.inputs / seconds).toFixed(0);
    const mebibytes = (growth / 2 ** 20).toFixed(1);
    console.log(`\n${name}: ${tally.inputs} inputs, ${rate} a second, ${mebibytes} MiB more held at the end`);
    for (const [outcome, count] of tally.counts) console.log(`  ${String(count).padStart(9)}  ${outcome}`);
    if (!found) continue;
    process.exitCode = 1;
    console.log(`  FAILED with seed ${found.seed}: ${found.error.stack ?? found.error.message}`);
    for (const deed of found.deeds) console.log(`    ${JSON.stringify(deed).slice(0, 2_000)},`);
  }
}
console.log(process.exitCode ? '\nsomething is broken' : '\nnothing is broken');
