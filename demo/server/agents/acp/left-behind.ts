import {createHash, randomUUID} from 'node:crypto';
import {LEAVE_MS, TERM_MS} from './child.ts';
import {leftOf, signalTo, treeOf, type Found} from './process-tree.ts';

/** Whose the processes of agents are: the folder of the data, and one run of a server on it. */
export interface Owner {
  readonly data: string;
  readonly run: string;
}

const NAME_UNITS = 16;

export const ownerOf = (data: string): Owner => ({
  data: createHash('sha256').update(data).digest('hex').slice(0, NAME_UNITS),
  run: randomUUID(),
});

/** What one process of an agent is known by. */
export const makeMark = ({data, run}: Owner): string => `${data}.${run}.${randomUUID()}`;

/**
 * Ends what an earlier server on the same data has left behind: one that was killed could not end its agents. Their input has
 * ended with it, and most go by themselves, but not the commands that they ran. Only Linux tells whose they are.
 */
export async function endLeftBehind({data, run}: Owner): Promise<void> {
  const isMark = (mark: string): boolean => mark.startsWith(`${data}.`) && !mark.startsWith(`${data}.${run}.`);
  let known: readonly Found[] = [];
  const tree = async (): Promise<Found[]> => {
    const found = await treeOf({pid: undefined, isMark, known});
    known = found;
    return found;
  };
  const late = await leftOf(tree, LEAVE_MS);
  signalTo(late, 'SIGTERM');
  if (late.length > 0) signalTo(await leftOf(tree, TERM_MS), 'SIGKILL');
}
