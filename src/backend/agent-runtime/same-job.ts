import type {Job} from './wire.ts';

/** Between what an agent is told by whoever made it, and the words of a person. */
export const SEPARATOR = '\n\n---\n\n';

/** The jobs that can have made a turn with these words, oldest first: the executor of a first turn puts something before. */
export function jobsLike(jobs: readonly Job[], prompt: string | undefined): readonly Job[] {
  if (prompt === undefined) return [];
  const same = jobs.filter((job) => job.prompt === prompt);
  return same.length > 0 ? same : jobs.filter((job) => prompt.endsWith(SEPARATOR + job.prompt));
}
