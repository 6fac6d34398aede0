import type {Luck} from './luck.ts';

/** Who gives it, what there is to name, and whose words must not come back. */
export interface Page {
  readonly user: string;
  readonly sessions: readonly string[];
  readonly turns: readonly string[];
  readonly commands: readonly string[];
  readonly approvals: readonly string[];
}

const CLIENT = '00000000-0000-4000-9000-000000000000';
const uuid = (luck: Luck): string => `00000000-0000-4000-a000-${String(luck.below(1e9)).padStart(12, '0')}`;

/** A valid frame of any type that a page may send after its `hello`. */
export function anyClientFrame(
  {user, sessions, turns, commands, approvals}: Page,
  luck: Luck,
): Record<string, unknown> {
  const session = sessions.length > 0 && luck.percent(95) ? luck.pick(sessions) : uuid(luck);
  const channel = luck.percent(70) ? `session:${session}` : 'sessions';
  const one = (list: readonly string[]): string => (list.length > 0 ? luck.pick(list) : 'none');
  const text = `${user}# ${luck.pick(['[brief]', '[stream]', '[asks]', '[tools]', '[silent]', '[fails]', '[child]'])}`;
  const command = (op: string, fields: object) => ({
    type: 'command',
    // Now and then one that was used before.
    id: commands.length > 0 && luck.percent(12) ? one(commands) : uuid(luck),
    op,
    session,
    ...fields,
  });
  return luck.pick<() => Record<string, unknown>>([
    () => command('start', {session: luck.percent(90) ? uuid(luck) : session, text, agent: 'actor', title: 'T'}),
    () => command('send', {text}),
    () => command('send', {text}),
    () => command('continue', {}),
    () => command('unqueue', {queued: one(commands)}),
    () => command('stop', luck.percent(50) ? {turn: one(turns)} : {of: one(commands)}),
    () => command('answer', {approval: one(approvals), option: luck.pick(['yes', 'no'])}),
    () => command('answer', {question: one(approvals), values: {a: 1}}),
    () => command('rename', {title: `${user}# renamed`}),
    () => command('archive', {archived: luck.percent(50)}),
    () => command('set-option', {option: 'mode', value: true}),
    () => command('seen', {seq: luck.below(40)}),
    () => command('delete', {}),
    () => ({type: 'subscribe', channel, after: luck.below(20), have: {item: 3}}),
    () => ({type: 'subscribe', channel}),
    () => ({type: 'unsubscribe', channel}),
    () => ({type: 'query', id: uuid(luck), channel, before: luck.below(30), limit: 5}),
    () => ({
      type: 'query',
      id: uuid(luck),
      channel: 'sessions',
      text: 'brief',
      status: ['running'],
      archived: false,
      limit: 3,
    }),
    () => ({type: 'query', id: uuid(luck), channel: 'sessions', cursor: '{"after":["2026","x"]}', parent: session}),
    () => ({type: 'ping', t: luck.below(1_000)}),
    () => ({type: 'hello', client: CLIENT, token: user, epoch: 'memory alice', channels: [{channel, after: 1}]}),
  ])();
}

// ---- what the protocol says of them, in rules of its own ------------------------------------------------------------

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const words: Check = (value) => typeof value === 'string' && value.length > 0;
const id: Check = (value) =>
  typeof value === 'string' && value.length >= 1 && value.length <= 128 && !/\p{Cs}/u.test(value);
const uuidText: Check = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const bool: Check = (value) => typeof value === 'boolean';
const channel: Check = (value) => typeof value === 'string' && value.length >= 1 && value.length <= 200;
const object = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Names that no reader takes into an object of its own. */
const NO_NAMES = ['__proto__', 'prototype', 'constructor'];
const entries =
  (check: Check): Check =>
  (value) =>
    // An array has names too.
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([key, each]) => NO_NAMES.includes(key) || check(each));
const list =
  (check: Check, most = Infinity): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);
const answer: Check = (value) =>
  text(value) || bool(value) || (typeof value === 'number' && Number.isFinite(value)) || list(text)(value);

type Fields = Readonly<Record<string, Check>>;
/** `?` behind a name: it may be left out. */
const fits =
  (fields: Fields): Check =>
  (value) =>
    object(value) &&
    Object.entries(fields).every(([name, check]) => {
      const key = name.replace('?', '');
      if (!Object.hasOwn(value, key)) return name.endsWith('?');
      return check(value[key]);
    });

const subscription: Fields = {channel, 'after?': count, 'have?': entries(count)};
const base: Fields = {id: uuidText, session: id};
export const OPS: Readonly<Record<string, Check>> = {
  start: fits({...base, session: uuidText, text: words, 'agent?': text, 'title?': text, 'cwd?': text}),
  send: fits({...base, text: words}),
  continue: fits(base),
  unqueue: fits({...base, queued: id}),
  stop: fits({...base, 'turn?': id, 'of?': id}),
  answer: fits({
    ...base,
    'approval?': id,
    'option?': id,
    'question?': id,
    'values?': (value) => value === null || entries(answer)(value),
  }),
  rename: fits({...base, title: text}),
  archive: fits({...base, archived: bool}),
  'set-option': fits({...base, option: id, value: (value) => text(value) || bool(value)}),
  seen: fits({...base, seq: count}),
  delete: fits(base),
};

const FRAMES: Readonly<Record<string, Check>> = {
  hello: fits({
    client: id,
    'token?': text,
    'epoch?': text,
    channels: list(fits(subscription), 64),
  }),
  subscribe: fits(subscription),
  unsubscribe: fits({channel}),
  query: fits({
    id,
    channel,
    'before?': count,
    'cursor?': text,
    'limit?': (value) => count(value) && (value as number) >= 1 && (value as number) <= 200,
    'text?': (value) => text(value) && (value as string).length <= 200,
    'status?': (value) => text(value) || list(text)(value),
    'archived?': bool,
    'parent?': id,
  }),
  ping: fits({t: (value) => typeof value === 'number' && Number.isFinite(value)}),
};

const MAX_FRAME = 256 * 1024;

/** What has to come of a frame (protocol section 1), after `hello` was answered. */
export type Due =
  | {readonly due: 'closed'}
  | {readonly due: 'ignored'}
  | {readonly due: 'rejected'; readonly command: string}
  | {readonly due: 'obeyed'; readonly frame: Record<string, unknown>};

export function dueOf(data: string): Due {
  if (Buffer.byteLength(data) > MAX_FRAME) return {due: 'closed'};
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return {due: 'closed'};
  }
  if (!object(frame) || typeof frame['type'] !== 'string') return {due: 'closed'};
  const {type, op, id: command} = frame;
  if (type === 'command') {
    const known = typeof op === 'string' && Object.hasOwn(OPS, op) ? OPS[op] : undefined;
    if (known?.(frame)) return {due: 'obeyed', frame};
    return id(command) ? {due: 'rejected', command: String(command)} : {due: 'closed'};
  }
  if (!Object.hasOwn(FRAMES, type)) return {due: 'ignored'};
  // A second one is an error of the protocol.
  if (type === 'hello') return {due: 'closed'};
  return FRAMES[type]?.(frame) ? {due: 'obeyed', frame} : {due: 'closed'};
}
