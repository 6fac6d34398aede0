import * as v from 'valibot';
import {commands} from '../../model/commands.ts';
import {storedEvent, threadEvent} from '../../model/events.ts';
import {count, id, session, time} from '../../model/session.ts';

/**
 * Every frame of the Session Sync Protocol, version 1, described once: the types, the parsers of the page and of the
 * server, and the published JSON Schema come from here. Unknown fields are dropped.
 */
export const SUBPROTOCOL = 'session-sync.v1';

/** Bytes of the JSON text as sent. */
export const MAX_CLIENT_FRAME = 256 * 1024;
export const MAX_SERVER_FRAME = 1024 * 1024;

/** The channel of the list; `session:<id>` is that of one session. */
export const LIST = 'sessions';
export const channelOf = (session: string): string => `session:${session}`;
export const sessionOf = (channel: string): string | undefined =>
  channel.startsWith('session:') ? channel.slice('session:'.length) : undefined;

const channel = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const seq = count;

// ---- page to server -------------------------------------------------------------------------------------------------

const subscription = {
  channel,
  after: v.exactOptional(seq),
  /** Lengths of streamed text already held, by item. */
  have: v.exactOptional(v.record(v.string(), count)),
};
const type = {type: v.literal('command')};

/** One object for each `op`; they differ from the model's commands by the frame's `type` only. */
export const commandFrame = v.variant('op', [
  v.object({...type, ...commands.start.entries}),
  v.object({...type, ...commands.send.entries}),
  v.object({...type, ...commands.continue.entries}),
  v.object({...type, ...commands.unqueue.entries}),
  v.object({...type, ...commands.stop.entries}),
  v.object({...type, ...commands.answer.entries}),
  v.object({...type, ...commands.rename.entries}),
  v.object({...type, ...commands.archive.entries}),
  v.object({...type, ...commands['set-option'].entries}),
  v.object({...type, ...commands.seen.entries}),
  v.object({...type, ...commands.delete.entries}),
]);

export const clientFrames = {
  hello: v.object({
    type: v.literal('hello'),
    /** A UUID of this page load, for logs; never an identity. */
    client: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    token: v.exactOptional(v.string()),
    epoch: v.exactOptional(v.string()),
    channels: v.pipe(v.array(v.object(subscription)), v.maxLength(64)),
  }),
  subscribe: v.object({type: v.literal('subscribe'), ...subscription}),
  unsubscribe: v.object({type: v.literal('unsubscribe'), channel}),
  command: commandFrame,
  query: v.object({
    type: v.literal('query'),
    id,
    channel,
    before: v.exactOptional(seq),
    cursor: v.exactOptional(v.string()),
    limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))),
    text: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
    status: v.exactOptional(v.union([v.string(), v.array(v.string())])),
    archived: v.exactOptional(v.boolean()),
    parent: v.exactOptional(id),
  }),
  ping: v.object({type: v.literal('ping'), t: v.number()}),
};

export type ClientFrame = {[K in keyof typeof clientFrames]: v.InferOutput<(typeof clientFrames)[K]>}[keyof typeof clientFrames];
export type ClientFrameOf<K extends ClientFrame['type']> = Extract<ClientFrame, {type: K}>;

// ---- server to page -------------------------------------------------------------------------------------------------

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
