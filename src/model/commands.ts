import * as v from 'valibot';
import {count, id} from './session.ts';

/** Ids made by the client: a UUID in lower case, so that no two clients can make the same. */
export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'not a UUID in lower case'),
);

const base = {id: uuid, session: id};
const text = v.pipe(v.string(), v.minLength(1));

/** What a client may ask for, by `op` (protocol section 5). The `id` makes it safe to ask twice. */
export const commands = {
  start: v.object({
    ...base,
    op: v.literal('start'),
    /** Made by the client; never used before. */
    session: uuid,
    text,
    agent: v.exactOptional(v.string()),
    title: v.exactOptional(v.string()),
    cwd: v.exactOptional(v.string()),
  }),
  send: v.object({...base, op: v.literal('send'), text}),
  continue: v.object({...base, op: v.literal('continue')}),
  unqueue: v.object({...base, op: v.literal('unqueue'), queued: id}),
  stop: v.object({
    ...base,
    op: v.literal('stop'),
    turn: v.exactOptional(id),
    /** The `start` or `send` meant, while its turn is not known. */
    of: v.exactOptional(id),
  }),
  answer: v.object({
    ...base,
    op: v.literal('answer'),
    approval: v.exactOptional(id),
    option: v.exactOptional(id),
    question: v.exactOptional(id),
    values: v.exactOptional(
      v.nullable(v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())]))),
    ),
  }),
  rename: v.object({...base, op: v.literal('rename'), title: v.string()}),
  archive: v.object({...base, op: v.literal('archive'), archived: v.boolean()}),
  'set-option': v.object({
    ...base,
    op: v.literal('set-option'),
    option: id,
    value: v.union([v.string(), v.boolean()]),
  }),
  seen: v.object({...base, op: v.literal('seen'), seq: count}),
  delete: v.object({...base, op: v.literal('delete')}),
};

export const command = v.variant('op', [
  commands.start,
  commands.send,
  commands.continue,
  commands.unqueue,
  commands.stop,
  commands.answer,
  commands.rename,
  commands.archive,
  commands['set-option'],
  commands.seen,
  commands.delete,
]);

export type Command = Readonly<v.InferOutput<typeof command>>;
export type Op = Command['op'];
export type CommandOf<K extends Op> = Extract<Command, {op: K}>;

/** Words of a person that travel: what must never be lost. */
export const carriesText = (command: Command): command is CommandOf<'start' | 'send'> =>
  command.op === 'start' || command.op === 'send';

/** The longest text of one message, in bytes of UTF-8 (protocol section 5, `too-large`). */
export const MAX_TEXT_BYTES = 128 * 1024;
