import fc from 'fast-check';
import {Broken} from './broken.ts';
import {play} from './play.ts';
import {shorten} from './shorten.ts';
import {stories, type Story} from './steps.ts';

export interface Found {
  readonly story: Story;
  readonly error: unknown;
}

/** What the story breaks, if anything. */
export async function broken(story: Story): Promise<unknown> {
  try {
    await play(story);
    return undefined;
  } catch (error) {
    return error;
  }
}

const nameOf = (error: unknown): string | undefined => (error instanceof Broken ? error.invariant : undefined);

/** Plays the story of a seed; if it breaks something, returns a short story that breaks the same. */
export async function trySeed(seed: number, steps: number): Promise<Found | undefined> {
  const property = fc.asyncProperty(stories(steps), (story) => play(story));
  // It takes an array apart element by element; with so many of them chunks are faster (see `shorten`).
  const result = await fc.check(property, {seed, numRuns: 1, unbiased: true, endOnFailure: true});
  const [story] = result.counterexample ?? [];
  if (!story) return undefined;
  const first = result.errorInstance;
  const short = await shorten(story, async (shorter) => {
    const error = await broken(shorter);
    return error !== undefined && nameOf(error) === nameOf(first);
  });
  return {story: short, error: (await broken(short)) ?? first};
}
