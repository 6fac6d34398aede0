import {LIST, sessionOf} from '../../../src/backend/session-sync/frames.ts';
import type {Core} from './core.ts';
import {eventFrame, eventHead, frame, snapshotFrames} from './frames-out.ts';
import {cursorOf} from './cursor.ts';
import type {Entry, Session, SessionRecord, Size} from './storage.ts';
import type {Stream} from './stream.ts';
import type {Subscription} from './subscription.ts';
import {splitsPair, utf8Bytes} from './text.ts';

export interface Request {
  readonly channel: string;
  readonly after?: number;
  readonly have?: Readonly<Record<string, number>>;
}

/** Reads what is read a piece at a time. */
const CHUNK_BYTES = 256 * 1024;

/**
 * The frames that answer a subscription, one at a time, as fast as the page reads: events or a snapshot, as they were when it
 * began; then what streams, as it is at the end; then `live`. `follow` makes the subscription, before the first frame.
 */
export function* answerFrames(
  core: Core,
  user: string,
  request: Request,
  follow: (subscription: Subscription) => void,
): Generator<string> {
  const {channel} = request;
  if (channel === LIST) {
    const subscription: Subscription = {channel, sent: 0, live: false, behind: false, lengths: new Map()};
    follow(subscription);
    yield* answerList(core, user, request, subscription);
    return;
  }
  const id = sessionOf(channel);
  const record = id === undefined ? undefined : core.storage.session(user, id);
  if (!record) {
    yield frame({type: 'error', code: 'not-found', message: 'There is no such session.', channel});
    return;
  }
  const subscription: Subscription = {
    channel,
    key: record.key,
    sent: 0,
    live: false,
    behind: false,
    lengths: new Map(),
  };
  follow(subscription);
  yield* answerSession(core, record, request, subscription);
}

function* answerList(core: Core, user: string, {after}: Request, subscription: Subscription): Generator<string> {
  const {storage, limits} = core;
  const seq = storage.listSeq(user);
  const near = after !== undefined && after <= seq && seq - after <= limits.replayEvents;
  const sizes = near ? storage.listSizes(user, after) : undefined;
  const complete = sizes?.length === seq - (after ?? 0);
  // Nothing was missed most of the time: then nothing needs to be weighed.
  const snapshot = complete && seq === after ? undefined : listSnapshot(core, user);
  if (sizes && complete && replayFits(core, LIST, sizes, snapshot?.bytes ?? Infinity)) {
    for (const entry of entriesOf(sizes, (from, to) => storage.listEntries(user, from, to)))
      yield eventFrame(LIST, entry);
  } else {
    const {fields, sessions} = snapshot ?? listSnapshot(core, user);
    yield* snapshotFrames({channel: LIST, seq, fields, lists: {sessions}}, limits.frameBytes);
  }
  yield live(subscription, seq);
}

interface ListSnapshot {
  readonly fields: {readonly next?: string};
  readonly sessions: readonly string[];
  readonly bytes: number;
}

const ACTIVE = ['pending', 'running', 'waiting', 'stopping'];
const SETTLED = ['finished', 'stopped', 'failed'];

function listSnapshot({storage, limits}: Core, user: string): ListSnapshot {
  const recent = storage.list(user, {archived: false, limit: limits.snapshotRecent});
  const active = storage.list(user, {status: ACTIVE, limit: limits.snapshotActive + 1});
  const byId = new Map(
    [...recent, ...active.slice(0, limits.snapshotActive)].map((session): [string, Session] => [session.id, session]),
  );
  const sessions = [...byId.values()].map((session) => JSON.stringify(session));
  // Behind the last recent one, and archived ones anywhere: all that may not be named here.
  const last = recent.length < limits.snapshotRecent ? {updated: '', id: ''} : recent[recent.length - 1];
  const missing =
    active.length > limits.snapshotActive ||
    (last !== undefined && storage.list(user, {othersAfter: last, status: SETTLED, limit: 1}).length > 0);
  const fields = missing && last ? {next: JSON.stringify(cursorOf({othersAfter: last}))} : {};
  return {fields, sessions, bytes: sessions.reduce((sum, json) => sum + utf8Bytes(json) + 1, 100)};
}

function* answerSession(
  core: Core,
  record: SessionRecord,
  request: Request,
  subscription: Subscription,
): Generator<string> {
  const {storage, limits} = core;
  const {key, seq} = record;
  const {channel, after, have = {}} = request;
  // What streams at this moment: it is vouched for below, even if it is stored before the answer is complete.
  // An item of which nothing can be shown yet, half a pair, is nobody's.
  const streams = (core.runs.get(key)?.streams ?? []).filter(({whole}) => whole > 0);
  const plan = snapshotPlan(core, record);
  const read = (from: number, to: number): Entry[] => storage.entries(key, from, to);
  const near = after !== undefined && after <= seq && seq - after <= limits.replayEvents;
  const missed = near ? storage.sizes(key, {after, limit: limits.replayEvents}) : undefined;
  if (missed && replayFits(core, channel, missed, plan.bytes)) {
    for (const entry of entriesOf(missed, read)) yield eventFrame(channel, entry);
  } else {
    const {fields, events, open} = plan;
    const json = function* (sizes: readonly Size[]): Generator<string> {
      for (const entry of entriesOf(sizes, read)) yield entry.json;
    };
    yield* snapshotFrames({channel, seq, fields, lists: {events: json(events), open: json(open)}}, limits.frameBytes);
  }
  for (const stream of streams) yield partial(channel, stream, have, subscription);
  yield live(subscription, seq);
}

interface SessionSnapshot {
  readonly fields: {readonly session: string; readonly next?: string};
  readonly events: readonly Size[];
  readonly open: readonly Size[];
  readonly bytes: number;
}

/** The newest events, as many as fit, and what is not over, whatever its age. */
function snapshotPlan({storage, limits}: Core, {key, session}: SessionRecord): SessionSnapshot {
  const newest = storage.sizes(key, {limit: limits.snapshotEvents, newest: true});
  let bytes = 0;
  let from = newest.length;
  for (const [i, size] of [...newest.entries()].reverse()) {
    if (from < newest.length && bytes + size.bytes > limits.snapshotBytes) break;
    bytes += size.bytes + 1;
    from = i;
  }
  const events = newest.slice(from);
  const seqs = [...new Set(storage.marks(key).map(({seq}) => seq))];
  const open = seqs.flatMap((seq) => storage.sizes(key, {after: seq - 1, limit: 1}));
  const json = JSON.stringify(session);
  const first = events[0]?.seq ?? 1;
  return {
    fields: {session: json, ...(first > 1 && {next: String(first)})},
    events,
    open,
    bytes: open.reduce((sum, size) => sum + size.bytes + 1, bytes + utf8Bytes(json) + 150),
  };
}

function replayFits({limits}: Core, channel: string, missed: readonly Size[], snapshotBytes: number): boolean {
  const head = utf8Bytes(eventHead(channel));
  const bytes = missed.reduce((sum, size) => sum + size.bytes + head, 0);
  return missed.length <= limits.replayEvents && bytes <= limits.replayBytes && bytes <= snapshotBytes;
}

/** Entries of these sizes, read in chunks; neighbours are read together. */
function* entriesOf(sizes: readonly Size[], read: (from: number, to: number) => Entry[]): Generator<Entry> {
  for (let at = 0; at < sizes.length;) {
    const from = sizes[at]?.seq ?? 0;
    let to = from;
    let bytes = 0;
    for (; at < sizes.length && (bytes === 0 || bytes < CHUNK_BYTES); at += 1) {
      const size = sizes[at];
      if (!size || size.seq > to + 1) break;
      to = size.seq;
      bytes += size.bytes;
    }
    const entries = read(from, to);
    // Better no answer than one with a hole.
    if (entries.length !== to - from + 1) throw new Error('the log has forgotten what was asked for');
    yield* entries;
  }
}

function partial(
  channel: string,
  stream: Stream,
  have: Readonly<Record<string, number>>,
  {lengths}: Subscription,
): string {
  const {item, turn, kind, text, whole} = stream;
  const had = Object.hasOwn(have, item) ? (have[item] ?? 0) : 0;
  const held = had > whole ? 0 : had;
  const at = splitsPair(text, held) ? held - 1 : held;
  lengths.set(item, whole);
  return frame({type: 'partial', channel, item, turn, kind, at, text: text.slice(at, whole)});
}

function live(subscription: Subscription, seq: number): string {
  subscription.sent = seq;
  subscription.live = true;
  // Until somebody has looked: there may be news since the answer began.
  subscription.behind = true;
  return frame({type: 'live', channel: subscription.channel, seq});
}
