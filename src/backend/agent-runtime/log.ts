import {compareTimes} from './identity.ts';
import type {RawEvent} from './wire.ts';

/** `GET /events` gives so many, the oldest. */
export const SERVER_LIMIT = 100;

/** The server cannot tell them again. */
const KEPT = 500;

/** What is known of the events of one session, in order of their times. */
export interface Log {
  readonly events: readonly RawEvent[];
  readonly keys: ReadonlySet<string>;
  /** The first that was heard on this connection: from it on nothing is missing. */
  readonly heardFrom?: RawEvent;
  /** The last of an answer that was as long as the server makes them. */
  readonly cutAfter?: RawEvent;
}

export const emptyLog: Log = {events: [], keys: new Set()};

/** A frame has come. */
export function heard(log: Log, event: RawEvent): Log {
  const merged = merge(log, [event], true);
  return merged.heardFrom ? merged : {...merged, heardFrom: event};
}

/** An answer has come; what was heard while it was on its way stays. */
export function read(log: Log, events: readonly RawEvent[]): Log {
  const {cutAfter: _, ...rest} = merge(log, events, false);
  const last = events.at(-1);
  return last && events.length >= SERVER_LIMIT ? {...rest, cutAfter: last} : rest;
}

/** The connection is gone: what comes until the next is not heard. */
export const deafened = ({heardFrom: _, ...log}: Log): Log => log;

/** Of a session that nobody looks at not everything is kept for ever. What is dropped is missing as if it was never heard. */
export function trimmed(log: Log): Log {
  if (log.events.length <= 2 * KEPT) return log;
  const events = log.events.slice(-KEPT);
  const [heardFrom] = events;
  return {...log, events, keys: new Set(events.map(({key}) => key)), ...(heardFrom && log.heardFrom && {heardFrom})};
}

/** The last end that is known, of whatever turn. */
export const lastStop = ({events}: Log): string | undefined =>
  events.findLast(({type}) => type === 'session_stop')?.key;

/** The event before which some may be missing, or that they may be missing at the end. */
export function hole({events, heardFrom, cutAfter}: Log): RawEvent | 'end' | undefined {
  if (!cutAfter) return undefined;
  if (!heardFrom) return 'end';
  if (compareTimes(heardFrom.time, cutAfter.time) <= 0) return undefined;
  return events.find(({key}) => key === heardFrom.key) ?? 'end';
}

/** A set by key: what is known already is not replaced, unless the frame comes, which has not been through the database. */
function merge(log: Log, events: readonly RawEvent[], isFrame: boolean): Log {
  const fresh = events.filter(({key}) => !log.keys.has(key));
  const known = isFrame ? events.filter(({key}) => log.keys.has(key)) : [];
  if (fresh.length === 0 && known.length === 0) return log;
  const better = new Map(known.map((event) => [event.key, event]));
  const kept = better.size ? log.events.map((event) => better.get(event.key) ?? event) : log.events;
  // Sorting is stable, and nearly always finds everything in order.
  const all = [...kept, ...fresh].sort((a, b) => compareTimes(a.time, b.time));
  return {...log, events: all, keys: fresh.length ? new Set(all.map(({key}) => key)) : log.keys};
}
