// npm run agents:rounds -- --rounds 50 [--seed 0]: an agent, its launcher or the server is killed, or a turn stopped or deleted, in the
// middle of everything; after each round no process of it may run.
import {parseArgs} from 'node:util';
import {Ends} from './ends.ts';
import {playRound, storyOf} from './round.ts';

const {values} = parseArgs({options: {rounds: {type: 'string', default: '50'}, seed: {type: 'string', default: '0'}}});
const first = Number(values.seed);
const end = first + Number(values.rounds);
const began = performance.now();
const counts = new Map<string, number>();
let failures = 0;
for (let seed = first; seed < end; seed += 1) {
  const story = storyOf(seed);
  const ends = new Ends();
  try {
    await playRound(story, ends);
    for (const what of [story.fault, `in ${story.midst[0]}`, story.process])
      counts.set(what, (counts.get(what) ?? 0) + 1);
  } catch (error) {
    failures += 1;
    console.log(`seed ${seed} ${JSON.stringify(story)}: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await ends.run();
  }
}
process.exitCode = failures > 0 ? 1 : 0;
console.log([...counts].map(([what, count]) => `${String(count).padStart(5)}  ${what}`).join('\n'));
console.log(`${end - first} rounds in ${((performance.now() - began) / 1_000).toFixed(0)} s, ${failures} failed`);
