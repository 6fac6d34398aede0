// Plays the blocks of seeds that its parent names, one after the other; see `fleet.ts`.
import {checked} from './broken.ts';
import {injected} from './play.ts';
import {trySeed} from './search.ts';

/** So many steps on average. */
export interface Block {
  readonly from: number;
  readonly seeds: number;
  readonly steps: number;
}

/** What a worker says: what a seed has broken, or that it is done with a block, and all that it has counted since the last. */
export type Said =
  | {readonly failure: {readonly seed: number; readonly invariant: string; readonly text: string}}
  | {readonly played: number; readonly injected: Counts; readonly checked: Counts};
export type Counts = readonly (readonly [name: string, count: number])[];

const say = (said: Said): void => void process.send?.(said);

function counted(counts: Map<string, number>): Counts {
  const all = [...counts];
  counts.clear();
  return all;
}

process.on('message', ({from, seeds, steps}: Block) => {
  const work = async (): Promise<void> => {
    for (let seed = from; seed < from + seeds; seed += 1) {
      const found = await trySeed(seed, steps);
      if (!found) continue;
      const {error, story} = found;
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const invariant = error instanceof Error && 'invariant' in error ? String(error.invariant) : 'an exception';
      const text = [told, JSON.stringify(story.setting), ...story.steps.map((step) => `  ${JSON.stringify(step)},`)];
      say({failure: {seed, invariant, text: text.join('\n')}});
    }
    say({played: seeds, injected: counted(injected), checked: counted(checked)});
  };
  void work();
});
