import type {Face} from './face.ts';
import {mustHold} from './hunt.ts';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const bool: Check = (value) => typeof value === 'boolean';
const id: Check = (value) => typeof value === 'string' && value.length >= 1 && value.length <= 128;
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const time: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const any: Check = () => true;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const list =
  (each: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((element) => each(element));
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
/** Of an object: each field as said, and no other. */
const shape =
  (fields: Shape): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
    Object.entries(fields).every(([key, check]) => check((value as Record<string, unknown>)[key]));

const failure = shape({code: text, message: text});
const cost = maybe(shape({amount: number, currency: text}));
const session = shape({
  id,
  // Minus one: a copy of an older epoch.
  rev: (value) => value === -1 || count(value),
  title: text,
  status: oneOf('pending', 'running', 'waiting', 'stopping', 'finished', 'stopped', 'failed'),
  agent: text,
  parent: maybe(id),
  turn: maybe(id),
  queued: maybe(count),
  unread: maybe(bool),
  created: time,
  updated: time,
  preview: maybe(text),
  archived: maybe(bool),
  cwd: maybe(text),
  usage: maybe(shape({used: number, size: number, cost})),
  error: maybe(failure),
  local: maybe(oneOf('starting', 'failed')),
  stopRequested: maybe(bool),
  sendRequested: maybe(bool),
  wished: maybe((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
});

const block: Check = (value) => {
  const {type} = Object(value) as {type: unknown};
  const fields: Readonly<Record<string, Shape>> = {
    text: {text},
    diff: {path: text, before: maybe(orNull(text)), after: text},
    terminal: {text, exit: maybe(orNull(number))},
    image: {mime: text, data: text},
    link: {uri: text, title: maybe(text)},
    unknown: {name: text},
  };
  return typeof type === 'string' && Object.hasOwn(fields, type) && shape({type: text, ...fields[type]})(value);
};
const content = maybe(list(block));
const placed = {kind: text, key: text, seq: count, version: count, time: maybe(time), turn: maybe(id)};
const said = {text, cut: maybe(bool), truncated: maybe(count), streaming: maybe(bool)};
const category = maybe(oneOf('read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch', 'other'));
const choices = maybe(list(shape({value: text, label: text, description: maybe(text)})));

/** What a thread may show, by its kind: what the elements can rely on. */
const items: Readonly<Record<string, Check>> = {
  message: shape({
    ...placed,
    ...said,
    id: maybe(id),
    role: oneOf('user', 'agent'),
    author: maybe(
      shape({kind: oneOf('person', 'callback', 'agent'), id: maybe(text), name: maybe(text), session: maybe(id)}),
    ),
    command: maybe(id),
    delivery: maybe(oneOf('sending', 'unconfirmed', 'queued', 'failed')),
    problem: maybe(text),
  }),
  thought: shape({...placed, ...said, id}),
  tool: shape({
    ...placed,
    id,
    name: text,
    title: maybe(text),
    category,
    input: any,
    content,
    locations: maybe(list(shape({path: text, line: maybe(number)}))),
    parent: maybe(id),
    child: maybe(id),
    state: oneOf('running', 'completed', 'failed', 'cancelled', 'rejected', 'detached'),
    output: maybe(text),
    error: maybe(text),
    truncated: maybe(count),
    ended: maybe(time),
  }),
  approval: shape({
    ...placed,
    id,
    tool: maybe(id),
    title: text,
    detail: maybe(text),
    content,
    options: list(shape({id, label: text, kind: oneOf('allow', 'allow-always', 'reject', 'reject-always')})),
    answer: maybe(
      shape({option: orNull(id), by: maybe(text), reason: maybe(oneOf('stopped', 'withdrawn', 'agent-exited'))}),
    ),
    answering: maybe(id),
  }),
  question: shape({
    ...placed,
    id,
    tool: maybe(id),
    text,
    fields: list(
      shape({
        id,
        label: text,
        type: oneOf('text', 'number', 'boolean', 'choice', 'choices'),
        options: choices,
        required: maybe(bool),
      }),
    ),
    answer: maybe(
      shape({
        values: orNull((value) => typeof value === 'object' && !Array.isArray(value)),
        by: maybe(text),
      }),
    ),
    answering: maybe(bool),
  }),
  notice: shape({...placed, id, level: oneOf('info', 'warning', 'error'), text}),
  plan: shape({
    ...placed,
    entries: list(shape({text, status: oneOf('pending', 'running', 'done'), priority: maybe(text)})),
    over: maybe(bool),
  }),
  'turn-end': shape({
    ...placed,
    outcome: oneOf('finished', 'stopped', 'failed'),
    reason: maybe(oneOf('max-tokens', 'max-requests', 'refused', 'rejected')),
    error: maybe(failure),
  }),
  unreadable: shape({...placed, problem: text}),
  gap: shape(placed),
};

const isItem: Check = (value) => {
  const {kind} = Object(value) as {kind: unknown};
  return typeof kind === 'string' && Object.hasOwn(items, kind) && (items[kind]?.(value) ?? false);
};

/** Objects never change, so one that was looked at once is known. */
const known = new WeakSet<object>();

function looked(what: object, rule: string, check: Check): void {
  if (known.has(what)) return;
  mustHold(rule, check(what), () => JSON.stringify(what));
  known.add(what);
}

/** Whatever came, what is shown has the types that its readers were promised. */
export function mustBeShaped({sessions, threads}: Face): void {
  for (const view of sessions.values()) looked(view, 'a session has the documented shape', session);
  for (const {confirmed} of threads.values()) {
    if (known.has(confirmed)) continue;
    let last = 0;
    for (const {seq} of confirmed.log) {
      mustHold('a log is in order of its numbers', seq > last && count(seq), () => `${seq} behind ${last}`);
      last = seq;
    }
    const {folded, tail} = confirmed;
    for (const item of [...folded.items, ...tail]) looked(item, 'an item has the documented shape', isItem);
    const keys = [...folded.items, ...tail].map(({key}) => key);
    mustHold('each thing is shown once', new Set(keys).size === keys.length, () => keys.join());
    looked(
      folded.options,
      'options have the documented shape',
      list(
        shape({
          id,
          label: text,
          category: maybe(text),
          type: oneOf('select', 'boolean'),
          value: (value) => text(value) || bool(value),
          choices,
        }),
      ),
    );
    looked(
      folded.commands,
      'commands have the documented shape',
      list(shape({name: text, description: maybe(text), hint: maybe(text)})),
    );
    known.add(confirmed);
  }
}

const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const NAMES = PROTOTYPES.map((prototype) => new Set(Reflect.ownKeys(prototype)));

export function mustBeUnpolluted(): void {
  for (const [at, prototype] of PROTOTYPES.entries()) {
    const added = Reflect.ownKeys(prototype).filter((name) => !NAMES[at]?.has(name));
    // Whoever goes on begins in a clean world.
    for (const name of added) Reflect.deleteProperty(prototype, name);
    mustHold('nothing from the wire reaches a prototype', added.length === 0, () => added.map(String).join());
  }
}
