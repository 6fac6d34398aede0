import fc from 'fast-check';
import {play} from './play.ts';
import {stories, type Story} from './steps.ts';

/** Plays the story of a seed; if it breaks something, returns the shortest story that still does, and what it breaks. */
export async function trySeed(seed: number, steps: number): Promise<{story: Story; error: unknown} | undefined> {
  const property = fc.asyncProperty(stories(steps), (story) => play(story));
  const result = await fc.check(property, {seed, numRuns: 1, unbiased: true});
  const [story] = result.counterexample ?? [];
  return story && {story, error: result.errorInstance};
}
