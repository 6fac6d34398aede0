import type {Draft} from './draft.ts';
import type {Held} from './state.ts';
import type {End} from './turns.ts';

/** It has been found out that a turn has ended of which no event says so. */
export function endTurn(draft: Draft, {row}: Held, turn: string, end: Omit<End, 'known'>): void {
  const held = draft.held(row.id);
  if (!held) return;
  const known = held.turns.map(({id}) => id);
  const ends = new Map(held.ends).set(turn, {...end, known});
  if (end.outcome !== 'stopped') return draft.hold({...held, ends});
  // It is the one that the row has told of.
  if (held.stoppedOf.includes(turn)) return draft.hold({...held, ends, stoppedOf: []});
  draft.hold({...held, ends, isStopAhead: held.isStopAhead || held.row.status !== 'stopped'});
}
