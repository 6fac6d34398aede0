import * as v from 'valibot';
import {storedEvent, threadEvent} from '../../model/events.ts';
import {count, id, session, time} from '../../model/session.ts';
import {channel, seq} from './wire.ts';

export const listEvent = v.variant('kind', [
  v.object({kind: v.literal('session-put'), session}),
  v.object({kind: v.literal('session-removed'), session: id}),
]);

export const agent = v.object({
  id,
  title: v.string(),
  description: v.exactOptional(v.string()),
  folders: v.exactOptional(v.array(v.string())),
});

const streamed = {
  channel,
  item: id,
  turn: id,
  kind: v.picklist(['message', 'thought', 'tool-output']),
  /** In UTF-16 units. */
  at: count,
  text: v.string(),
};

export const serverFrames = {
  welcome: v.object({
    type: v.literal('welcome'),
    epoch: v.pipe(v.string(), v.minLength(1)),
    heartbeat_ms: v.pipe(v.number(), v.gtValue(0)),
    /** The server's clock, for relative times. */
    time,
    agents: v.array(agent),
    capabilities: v.array(v.string()),
    user: v.exactOptional(v.object({id, name: v.exactOptional(v.string())})),
  }),
  snapshot: v.object({
    type: v.literal('snapshot'),
    channel,
    seq,
    state: v.object({
      sessions: v.exactOptional(v.array(session)),
      session: v.exactOptional(session),
      events: v.exactOptional(v.array(storedEvent)),
      open: v.exactOptional(v.array(storedEvent)),
      /** A `cursor` of the list, a `before` of a session. */
      next: v.exactOptional(v.union([v.string(), count])),
    }),
    more: v.exactOptional(v.boolean()),
  }),
  event: v.object({
    type: v.literal('event'),
    channel,
    seq: v.pipe(count, v.minValue(1)),
    time,
    command: v.exactOptional(id),
    event: v.union([listEvent, threadEvent]),
  }),
  delta: v.object({type: v.literal('delta'), ...streamed}),
  partial: v.object({type: v.literal('partial'), ...streamed}),
  live: v.object({type: v.literal('live'), channel, seq}),
  ack: v.object({
    type: v.literal('ack'),
    command: id,
    result: v.exactOptional(v.string()),
    seq: v.exactOptional(seq),
    rev: v.exactOptional(count),
  }),
  reject: v.object({type: v.literal('reject'), command: id, code: v.string(), message: v.string()}),
  page: v.object({
    type: v.literal('page'),
    id,
    items: v.array(v.union([session, storedEvent])),
    next: v.exactOptional(v.union([v.string(), count])),
    seq,
  }),
  pong: v.object({type: v.literal('pong'), t: v.number(), seqs: v.record(v.string(), seq)}),
  error: v.object({
    type: v.literal('error'),
    code: v.string(),
    message: v.string(),
    channel: v.exactOptional(channel),
    id: v.exactOptional(id),
  }),
};

type Frames = {[K in keyof typeof serverFrames]: v.InferOutput<(typeof serverFrames)[K]>};
/** What a server sends. */
export type ServerFrame = Frames[keyof Frames];
export type ServerFrameOf<K extends ServerFrame['type']> = Extract<ServerFrame, {type: K}>;
export type ListEvent = v.InferOutput<typeof listEvent>;
export type Agent = v.InferOutput<typeof agent>;
