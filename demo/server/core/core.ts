import type {Agent, Offer} from './agent.ts';
import type {Audience} from './audience.ts';
import type {Limits} from './limits.ts';
import type {Clock, Log, MakeId} from './ports.ts';
import type {Run} from './run.ts';
import type {Storage} from './storage.ts';

/**
 * What the parts of the core share. What lasts is in `storage`; the rest is what a restart may lose: agents at work, pages
 * that listen, and the line of pending turns, which is read again from the storage.
 */
export interface Core {
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly storage: Storage;
  readonly log: Log;
  readonly limits: Limits;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly maxTurns: number;
  readonly audience: Audience;
  /** Open turns, by the key of their session. */
  readonly runs: Map<number, Run>;
  /** Agents of deleted sessions that have not ended yet: they take room until they have. */
  readonly ending: Set<Run>;
  /** Sessions whose turn is pending, the earliest first. */
  readonly line: Map<number, {readonly user: string; readonly id: string}>;
  /** Called after each commit: whatever became free can be used. */
  settle(): void;
}

/** Turns that count for the bound: one that waits for a person does not. */
export function activeTurns(core: Core): number {
  let active = core.ending.size;
  for (const run of core.runs.values()) if (!run.waiting) active += 1;
  return active;
}

/** What some agent has and pages can show. */
export const offersOf = ({agents}: Pick<Core, 'agents'>): ReadonlySet<Offer> =>
  new Set([...agents.values()].flatMap(({offers = []}) => offers));

/** The epoch of a user names the store and the user, and nothing else. */
export const epochOf = (core: Core, user: string): string =>
  user === '' ? core.storage.epoch : `${core.storage.epoch} ${user}`;
