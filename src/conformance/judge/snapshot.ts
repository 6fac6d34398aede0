import type {ServerFrameOf} from '../../backend/session-sync/frames.ts';
import type {Facts} from './facts.ts';
import {SessionLog, type Note} from './session-log.ts';

type State = ServerFrameOf<'snapshot'>['state'];

const MOST_EVENTS = 200;

/** What the snapshot of a session, in one or more parts, has to hold. */
export function missingIn(
  channel: string,
  seq: number,
  parts: readonly State[],
  facts: Facts | undefined,
  note: Note,
): void {
  const events = parts.flatMap((part) => part.events ?? []).map((event) => event.seq);
  const open = parts.flatMap((part) => part.open ?? []).map((event) => event.seq);
  const session = parts.findLast((part) => part.session)?.session;
  const next = parts.findLast((part) => part.next !== undefined)?.next;
  note('session-snapshot', !!session, () => `the snapshot of ${channel} names no session`);
  const isWhole = events.every((each, i) => i === 0 || each === (events[i - 1] ?? 0) + 1) && events.at(-1) === seq;
  note('session-snapshot', isWhole, () => `of events 1 … ${seq} it holds ${rangesOf(events)}`);
  note('session-snapshot', events.length <= MOST_EVENTS, () => `it holds ${events.length} events`);
  const isFromStart = events[0] === 1 || next !== undefined;
  note('session-snapshot', isFromStart, () => `it begins with event ${events[0]} and has no next`);

  const log = facts?.logUpTo(channel, seq);
  if (!log) return;
  const machine = new SessionLog(() => undefined);
  for (const event of log) machine.add(event);
  const held = new Set([...events, ...open]);
  const missing = machine.open().filter((each) => !held.has(each));
  note('snapshot-open', missing.length === 0, () => `event ${missing.join(', ')} is not over and is missing`);
  const put = log.findLast(({event}) => event.kind === 'session-put')?.event;
  if (put?.kind === 'session-put' && session) {
    const isNew = session.rev >= put.session.rev;
    note('session-snapshot', isNew, () => `its session has rev ${session.rev}, the log ${put.session.rev}`);
  }
}

const rangesOf = (seqs: readonly number[]): string => {
  const ranges: [number, number][] = [];
  for (const seq of seqs) {
    const last = ranges.at(-1);
    if (last && seq === last[1] + 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from} … ${to}`)).join(', ') || 'none';
};
