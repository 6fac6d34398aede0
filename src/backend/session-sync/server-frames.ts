import * as v from 'valibot';
import {storedEvent, threadEvent} from '../../model/events.ts';
import {count, id, number, session, tagged, time} from '../../model/session.ts';
import {channel, seq} from './wire.ts';

export const listEvents = tagged('kind', {'session-put': {session}, 'session-removed': {session: id}});
const listEvent = v.union(Object.values(listEvents));

export const agent = v.object({
  id,
  title: v.string(),
  description: v.exactOptional(v.string()),
  folders: v.exactOptional(v.array(v.string())),
});

/** Where the next page begins: a `cursor` of the list, a `before` of a session. */
const next = v.exactOptional(v.union([v.string(), count]));

/** For people, and kept: cut where the protocol cuts errors. */
const words = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, 2_000)),
);

const streamed = {
  channel,
  item: id,
  turn: id,
  kind: v.picklist(['message', 'thought', 'tool-output']),
  /** In UTF-16 units. */
  at: count,
  text: v.string(),
};

export const serverFrames = tagged('type', {
  welcome: {
    epoch: v.pipe(v.string(), v.minLength(1)),
    heartbeat_ms: v.pipe(number, v.minValue(1)),
    /** The server's clock, for relative times. */
    time,
    agents: v.array(agent),
    capabilities: v.array(v.string()),
    user: v.exactOptional(v.object({id, name: v.exactOptional(v.string())})),
  },
  snapshot: {
    channel,
    seq,
    state: v.object({
      sessions: v.exactOptional(v.array(session)),
      session: v.exactOptional(session),
      events: v.exactOptional(v.array(storedEvent)),
      open: v.exactOptional(v.array(storedEvent)),
      next,
    }),
    more: v.exactOptional(v.boolean()),
  },
  event: {channel, ...storedEvent.entries, event: v.union([listEvent, threadEvent])},
  delta: streamed,
  partial: streamed,
  live: {channel, seq},
  ack: {
    command: id,
    result: v.exactOptional(v.string()),
    seq: v.exactOptional(seq),
    rev: v.exactOptional(count),
  },
  reject: {command: id, code: words, message: words},
  page: {id, items: v.array(v.union([session, storedEvent])), next, seq},
  pong: {t: number, seqs: v.record(v.string(), seq)},
  error: {
    code: words,
    message: words,
    channel: v.exactOptional(channel),
    id: v.exactOptional(id),
  },
});

type Frames = {[K in keyof typeof serverFrames]: v.InferOutput<(typeof serverFrames)[K]>};
/** What a server sends. */
export type ServerFrame = Frames[keyof Frames];
export type ServerFrameOf<K extends ServerFrame['type']> = Extract<ServerFrame, {type: K}>;
export type ListEvent = v.InferOutput<typeof listEvent>;
export type Agent = v.InferOutput<typeof agent>;
