import * as v from 'valibot';
import {optionValue, values} from './events.ts';
import {count, id, tagged} from './session.ts';

/** Ids made by the client: a UUID in lower case, so that no two clients can make the same. */
export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'not a UUID in lower case'),
);

const text = v.pipe(v.string(), v.minLength(1));
const base = {id, session: id};

/**
 * What a client may ask for, by `op` (protocol section 5). The `id` makes it safe to ask twice. What only a server has to
 * look at is in its frame.
 */
export const commands = tagged('op', {
  start: {
    ...base,
    text,
    agent: v.exactOptional(v.string()),
    title: v.exactOptional(v.string()),
    cwd: v.exactOptional(v.string()),
  },
  send: {...base, text},
  continue: base,
  unqueue: {...base, queued: id},
  stop: {
    ...base,
    turn: v.exactOptional(id),
    /** The `start` or `send` meant, while its turn is not known. */
    of: v.exactOptional(id),
  },
  answer: {
    ...base,
    approval: v.exactOptional(id),
    option: v.exactOptional(id),
    question: v.exactOptional(id),
    values: v.exactOptional(values),
  },
  rename: {...base, title: v.string()},
  archive: {...base, archived: v.boolean()},
  'set-option': {...base, option: id, value: optionValue},
  seen: {...base, seq: count},
  delete: base,
});

export const command = v.union(Object.values(commands));

export type Command = Readonly<v.InferOutput<typeof command>>;
export type Op = Command['op'];
export type CommandOf<K extends Op> = Extract<Command, {op: K}>;

/** Words of a person that travel: what must never be lost. */
export const carriesText = (command: Command): command is CommandOf<'start' | 'send'> =>
  command.op === 'start' || command.op === 'send';

/** The longest text of one message, in bytes of UTF-8 (protocol section 5, `too-large`). */
export const MAX_TEXT_BYTES = 128 * 1024;

const encoder = new TextEncoder();

/** Bytes of a text as UTF-8. */
export const utf8Bytes = (text: string): number => encoder.encode(text).length;
