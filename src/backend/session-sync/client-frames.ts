import * as v from 'valibot';
import {commands, uuid} from '../../model/commands.ts';
import {count, id, number} from '../../model/session.ts';
import {channel, seq} from './wire.ts';

const subscription = {
  channel,
  after: v.exactOptional(seq),
  /** Lengths of streamed text already held, by item. */
  have: v.exactOptional(v.record(v.string(), count)),
};
const type = v.literal('command');
/** What the model leaves to the server: no two clients may make the same id. */
const strict = {id: uuid};

/** One object for each `op`; they differ from the model's commands by the frame's `type` and these ids only. */
export const commandFrame = v.variant('op', [
  v.object({type, ...commands.start.entries, ...strict, session: uuid}),
  v.object({type, ...commands.send.entries, ...strict}),
  v.object({type, ...commands.continue.entries, ...strict}),
  v.object({type, ...commands.unqueue.entries, ...strict}),
  v.object({type, ...commands.stop.entries, ...strict}),
  v.object({type, ...commands.answer.entries, ...strict}),
  v.object({type, ...commands.rename.entries, ...strict}),
  v.object({type, ...commands.archive.entries, ...strict}),
  v.object({type, ...commands['set-option'].entries, ...strict}),
  v.object({type, ...commands.seen.entries, ...strict}),
  v.object({type, ...commands.delete.entries, ...strict}),
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
  ping: v.object({type: v.literal('ping'), t: number}),
};

export type ClientFrame = {
  [K in keyof typeof clientFrames]: v.InferOutput<(typeof clientFrames)[K]>;
}[keyof typeof clientFrames];
export type ClientFrameOf<K extends ClientFrame['type']> = Extract<ClientFrame, {type: K}>;
