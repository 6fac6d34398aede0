import {test} from 'node:test';
import {playRound, storyOf} from './round.ts';

/** `npm run agents:rounds -- --rounds N` plays as many as one likes. */
for (const seed of [0, 6, 12, 18, 24]) {
  const {fault, midst, process, flags} = storyOf(seed);
  test(`${fault}, in ${midst.join(' and in ')} (${[process, ...flags].join(' ')}): nothing is left`, (t) =>
    playRound(storyOf(seed), t));
}
