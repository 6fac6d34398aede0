import {compareTimes} from './identity.ts';
import {openTurns} from './shown.ts';
import {isActiveJob, type Held, type State} from './state.ts';
import {FIRST_TURN, tell, type End} from './telling.ts';

/**
 * The events of a session have been read, and some turns in them have no end. Was it not heard, or has it not come? Of a
 * turn that began on this connection every frame is heard. Of older ones the row tells, the jobs, or nobody.
 */
export function endsOfLoaded(held: Held, state: State): ReadonlyMap<string, End> {
  const {row, log, ends} = held;
  const {turns} = tell({...nothing, row, log, ends, isRead: true, lost: held.lost});
  const began = new Map(log.events.map(({key, time}) => [key, time]));
  const open = openTurns({...held, turns});
  const found = new Map(ends);
  for (const {id, outlived, prompt} of open) {
    const time = began.get(id);
    const isHeard = log.heardFrom && time !== undefined && compareTimes(log.heardFrom.time, time) <= 0;
    if (isHeard) continue;
    const end = id === FIRST_TURN ? endOfFirst(held) : endOfOlder(held, outlived, prompt, state);
    if (end) found.set(id, end);
  }
  return found.size > ends.size ? found : ends;
}

/** Of a first turn the row is the truth. */
function endOfFirst({row}: Held): End | undefined {
  return row.status === 'finished' || row.status === 'stopped' ? {outcome: row.status} : undefined;
}

/** In a resumed turn the row says what it said before. */
function endOfOlder({row}: Held, outlived: boolean, prompt: string | undefined, {jobs}: State): End | undefined {
  const named = jobs?.filter(({name}) => name === row.name);
  if (outlived) return {outcome: 'unknown'};
  if (named?.some(isActiveJob)) return undefined;
  if (row.status === 'stopped') return {outcome: 'stopped'};
  if (!named) return undefined;
  const last = named.findLast((job) => prompt !== undefined && prompt.endsWith(job.prompt));
  if (last?.status === 'failed') return {outcome: 'failed', ...(last.error && {message: last.error})};
  return {outcome: 'unknown'};
}

const nothing = {
  mine: new Map(),
  queued: [],
  sessionOf: () => undefined,
  written: (sent: string) => sent,
};
