import type {Draft} from './draft.ts';
import type {Held} from './state.ts';
import type {End} from './turns.ts';

/** It has been found out that a turn has ended of which no event says so. */
export function endTurn(draft: Draft, {row}: Held, turn: string, end: Omit<End, 'known'>): void {
  const held = draft.held(row.id);
  if (!held) return;
  const known = held.turns.map(({id}) => id);
  const isStopAhead = held.isStopAhead || (end.outcome === 'stopped' && held.row.status !== 'stopped');
  draft.hold({...held, isStopAhead, ends: new Map(held.ends).set(turn, {...end, known})});
}
