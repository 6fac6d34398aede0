// npm run chaos -- --rounds 500 [--seed 1] [--stop 5] [--out FOLDER]: so many rounds of chaos in a real browser, and what they broke.
import {mkdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {Broken, checked} from './check.ts';
import {injected} from './play.ts';
import {Rounds} from './rounds.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '20'},
    seed: {type: 'string', default: '1'},
    stop: {type: 'string', default: '5'},
    out: {type: 'string', default: join(tmpdir(), 'chaos')},
  },
});
const first = Number(values.seed);
const end = first + Number(values.rounds);
const began = performance.now();
const rounds = await Rounds.begin();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void rounds.end().finally(() => process.exit(1)));
}
let played = 0;
let failures = 0;
try {
  for (let seed = first; seed < end && failures < Number(values.stop); seed += 1) {
    const failure = await rounds.play(seed);
    played += 1;
    if (played % 25 === 0) console.log(`${played} rounds, ${failures} failed, ${seconds()} s`);
    if (!failure) continue;
    failures += 1;
    const {error, diary, log, shots} = failure;
    const texts = error instanceof Broken ? error.texts : undefined;
    const what = error instanceof Broken ? error.message : error instanceof Error ? error.stack : String(error);
    console.log(`\nseed ${seed}: ${what}\n${diary.join('\n')}`);
    if (texts) console.log(`seen:\n${texts.seen}\nwanted:\n${texts.wanted}`);
    console.log(`the server\n${log.join('\n')}`);
    mkdirSync(values.out, {recursive: true});
    for (const [tab, shot] of shots) {
      const file = join(values.out, `seed-${seed}-${tab}.png`);
      writeFileSync(file, shot);
      console.log(file);
    }
  }
} finally {
  await rounds.end();
}
process.exitCode = failures ? 1 : 0;
console.log(`\nfaults injected\n${list(injected)}\n\nwhat was looked at, and held\n${list(checked)}\n`);
console.log(`${played} rounds in ${seconds()} s, ${rounds.sent} texts sent, ${failures} rounds failed`);

function seconds(): string {
  return ((performance.now() - began) / 1_000).toFixed(0);
}

function list(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`).join('\n');
}
