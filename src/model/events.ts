import * as v from 'valibot';
import {cost, count, failure, id, number, pick, place, session, tagged, time} from './session.ts';

const truncated = {
  /** The full length in UTF-16 units of what the server cut. */
  truncated: v.exactOptional(count),
};

const blocks = tagged('type', {
  text: {text: v.string()},
  diff: {path: v.string(), before: v.exactOptional(v.nullable(v.string())), after: v.string()},
  terminal: {text: v.string(), exit: v.exactOptional(v.nullable(number))},
  image: {mime: v.string(), data: v.string()},
  link: {uri: v.string(), title: v.exactOptional(v.string())},
});

/** A block that this version cannot read is shown as the name of its type. */
const unknownBlock = v.pipe(
  v.object({type: v.string()}),
  v.transform(({type}) => ({type: 'unknown' as const, name: type})),
);

export const content = v.array(v.union([...Object.values(blocks), unknownBlock]));

const category = v.picklist(['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch', 'other']);
const locations = v.array(v.object({path: v.string(), line: v.exactOptional(number)}));
const choice = v.object({value: v.string(), label: v.string(), description: v.exactOptional(v.string())});
const value = v.union([v.string(), number, v.boolean(), v.array(v.string())]);
/** By field id; null when declined or withdrawn. */
export const values = v.nullable(v.record(v.string(), value));
export const optionValue = v.union([v.string(), v.boolean()]);

export const author = v.object({
  kind: v.picklist(['person', 'callback', 'agent']),
  id: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  session: v.exactOptional(id),
});

const approvalOption = v.object({
  id,
  label: v.string(),
  kind: v.picklist(['allow', 'allow-always', 'reject', 'reject-always']),
});

const questionField = v.object({
  id,
  label: v.string(),
  type: v.picklist(['text', 'number', 'boolean', 'choice', 'choices']),
  options: v.exactOptional(v.array(choice)),
  required: v.exactOptional(v.boolean()),
});

const option = v.object({
  id,
  label: v.string(),
  category: v.exactOptional(v.string()),
  type: v.picklist(['select', 'boolean']),
  value: optionValue,
  choices: v.exactOptional(v.array(choice)),
});

/** The events of one session's log, by `kind` (protocol section 4). */
export const knownEvents = tagged('kind', {
  'session-put': {session},
  'turn-began': {
    turn: id,
    origin: v.picklist(['user', 'callback', 'schedule', 'agent']),
    children: v.exactOptional(v.array(id)),
  },
  message: {
    id,
    turn: id,
    role: v.picklist(['user', 'agent']),
    text: v.string(),
    author: v.exactOptional(author),
    cut: v.exactOptional(v.boolean()),
    ...truncated,
  },
  thought: {id, turn: id, text: v.string(), cut: v.exactOptional(v.boolean()), ...truncated},
  'tool-began': {
    id,
    turn: id,
    name: v.string(),
    title: v.exactOptional(v.string()),
    category: v.exactOptional(category),
    /** Any JSON. */
    input: v.exactOptional(v.unknown()),
    content: v.exactOptional(content),
    locations: v.exactOptional(locations),
    /** The tool inside of which this one runs. */
    parent: v.exactOptional(id),
    /** The session that this tool started. */
    child: v.exactOptional(id),
    ...truncated,
  },
  'tool-updated': {
    id,
    turn: id,
    title: v.exactOptional(v.string()),
    category: v.exactOptional(category),
    input: v.exactOptional(v.unknown()),
    content: v.exactOptional(content),
    locations: v.exactOptional(locations),
    child: v.exactOptional(id),
    ...truncated,
  },
  'tool-ended': {
    id,
    turn: id,
    outcome: v.picklist(['completed', 'failed', 'cancelled', 'rejected', 'detached']),
    output: v.exactOptional(v.string()),
    content: v.exactOptional(content),
    error: v.exactOptional(v.string()),
    ...truncated,
  },
  'approval-asked': {
    id,
    turn: id,
    tool: v.exactOptional(id),
    title: v.string(),
    detail: v.exactOptional(v.string()),
    content: v.exactOptional(content),
    options: v.array(approvalOption),
  },
  'approval-answered': {
    id,
    /** Null when the question was withdrawn. */
    option: v.nullable(id),
    by: v.exactOptional(v.string()),
    reason: v.exactOptional(v.picklist(['stopped', 'withdrawn', 'agent-exited'])),
  },
  queued: {command: id, text: v.string()},
  unqueued: {command: id, reason: v.picklist(['began', 'removed'])},
  'turn-ended': {
    turn: id,
    outcome: v.picklist(['finished', 'stopped', 'failed']),
    reason: v.exactOptional(v.picklist(['max-tokens', 'max-requests', 'refused', 'rejected'])),
    error: v.exactOptional(failure),
    usage: v.exactOptional(
      v.object({
        input: v.exactOptional(number),
        output: v.exactOptional(number),
        cost: v.exactOptional(cost),
      }),
    ),
  },
  notice: {id, turn: v.exactOptional(id), level: v.picklist(['info', 'warning', 'error']), text: v.string()},
  plan: {
    turn: id,
    entries: v.array(
      v.object({
        text: v.string(),
        status: v.picklist(['pending', 'running', 'done']),
        priority: v.exactOptional(v.string()),
      }),
    ),
  },
  options: {options: v.array(option)},
  commands: {
    commands: v.array(
      v.object({
        name: v.string(),
        description: v.exactOptional(v.string()),
        hint: v.exactOptional(v.string()),
      }),
    ),
  },
  'question-asked': {id, turn: id, tool: v.exactOptional(id), text: v.string(), fields: v.array(questionField)},
  'question-answered': {id, values, by: v.exactOptional(v.string())},
});

type Wire = {[K in keyof typeof knownEvents]: v.InferOutput<(typeof knownEvents)[K]>};

/** `sent` is never on the wire: what an agent was given for the words of a person, where a backend knows that it is more. */
export type KnownEvent = Exclude<Wire[keyof Wire], Wire['message']> | (Wire['message'] & {readonly sent?: string});

/** An event of a kind that this version does not know: it counts as applied and shows nothing in the thread. */
export interface UnknownEvent {
  readonly kind: 'unknown';
  readonly name: string;
  readonly data: unknown;
}

/** An event that could not be read even when it was asked for again: its place is known, its meaning is not. */
export interface UnreadableEvent {
  readonly kind: 'unreadable';
  readonly problem: string;
}

export type ThreadEvent = KnownEvent | UnknownEvent | UnreadableEvent;
export type EventOf<K extends ThreadEvent['kind']> = Extract<ThreadEvent, {kind: K}>;

const readable = {...knownEvents, unreadable: v.object({kind: v.picklist(['unreadable']), problem: v.string()})};

/** A `kind` picks its schema; one that is not known passes as `unknown`. (JSON Schema ends before the second step.) */
export const threadEvent = v.pipe(
  v.unknown(),
  v.lazy(
    (raw): v.GenericSchema<unknown, ThreadEvent> =>
      pick(readable, 'kind', raw) ??
      v.pipe(
        v.object({kind: v.string()}),
        v.transform(({kind}) => ({kind: 'unknown' as const, name: kind, data: raw})),
      ),
  ),
);

/** An event in its place in the log of one session. */
export const storedEvent = v.object({
  seq: place,
  time,
  /** The id of the command that caused it. */
  command: v.exactOptional(id),
  event: threadEvent,
});

export type StoredEvent = Readonly<v.InferOutput<typeof storedEvent>>;
export type ContentBlock = v.InferOutput<typeof content>[number];
export type Author = v.InferOutput<typeof author>;
export type ApprovalOption = v.InferOutput<typeof approvalOption>;
export type QuestionField = v.InferOutput<typeof questionField>;
export type QuestionValue = v.InferOutput<typeof value>;
export type SessionOption = v.InferOutput<typeof option>;
