import {OPS} from './command-frames.ts';
import type {Luck} from './luck.ts';
import {garbage, mutated} from './mutate.ts';

export const URL_OF_STORE = 'wss://server.test/sync';
const prefix = (url: string): string => `agent-session-elements/1/${encodeURIComponent(url)}/`;
const uuid = (luck: Luck): string => `00000000-0000-4000-8000-${String(luck.below(60)).padStart(12, '0')}`;

/** One record of a browser, and whose it is. */
export interface Kept {
  readonly key: string;
  readonly value: string;
}

export type Whose = string | undefined;
export const WHOSE: readonly Whose[] = [undefined, 'alice', 'bob', 'a/b @ü'];

export const keyOf = (whose: Whose, kind: 'command' | 'draft', id: string, url = URL_OF_STORE): string =>
  `${prefix(url)}${whose === undefined ? '' : `@${encodeURIComponent(whose)}`}/${kind}/${encodeURIComponent(id)}`;

function command(luck: Luck): {id: string; op: string; session: string} & Record<string, unknown> {
  const base = {id: uuid(luck), session: uuid(luck)};
  const text = `words ${luck.below(1_000)}`;
  return luck.pick([
    {...base, op: 'start', text, agent: 'a', title: 't', cwd: '/'},
    {...base, op: 'start', text},
    {...base, op: 'send', text},
    {...base, op: 'send', text},
    {...base, op: 'continue'},
    {...base, op: 'unqueue', queued: uuid(luck)},
    {...base, op: 'stop', turn: 'turn'},
    {...base, op: 'stop', of: uuid(luck)},
    {...base, op: 'answer', approval: 'a', option: 'yes'},
    {...base, op: 'answer', question: 'q', values: {a: [1, 'x']}},
    {...base, op: 'rename', title: 'new'},
    {...base, op: 'archive', archived: true},
    {...base, op: 'set-option', option: 'mode', value: 'fast'},
    {...base, op: 'delete'},
  ]);
}

/** As this version writes it. */
export function validRecord(luck: Luck): Kept {
  const whose = luck.pick(WHOSE);
  if (luck.percent(25))
    return {key: keyOf(whose, 'draft', luck.percent(30) ? '' : uuid(luck)), value: `typed ${luck.below(99)}`};
  const made = command(luck);
  const carriesText = made.op === 'start' || made.op === 'send';
  const record = {
    command: made,
    created: 1_700_000_000_000 + luck.below(1e9),
    ...(luck.percent(10) && {words: 'taken back'}),
    ...(carriesText && luck.percent(15) && {failure: {code: 'too-late', message: 'Too late.'}}),
  };
  return {key: keyOf(whose, 'command', made.id), value: JSON.stringify(record)};
}

/** As something else left it: another version, another program, a browser that was killed while it wrote. */
export function spoiltRecord(luck: Luck): Kept {
  const {key, value} = validRecord(luck);
  const isJson = value.startsWith('{');
  switch (luck.below(10)) {
    case 0:
      return {key, value: value.slice(0, luck.below(value.length))};
    case 1:
      return {key, value: garbage(luck)};
    case 2:
      return {key, value: 'discarded'};
    case 3:
      return {key: key.slice(0, luck.below(key.length)), value};
    case 4:
      return {key: key + luck.pick(['%', '%zz', '/more', '%2', '\ud800', ' ', '%E0%A4']), value};
    case 5:
      return {key: key.replace('/1/', luck.pick(['/0/', '/2/', '/'])), value};
    case 6:
      // A copy of it under the name of another.
      return {key: key.slice(0, key.lastIndexOf('/') + 1) + uuid(luck), value};
    default:
      return {key, value: isJson ? mutated(value, luck, [JSON.parse(value)]) : value};
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCode = (value: unknown): boolean =>
  isObject(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string';

/** The command of a record that its owner can go on with, by rules of its own. */
export function commandOf({key, value}: Kept, whose: Whose): Record<string, unknown> | undefined {
  let record: unknown;
  try {
    record = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (!isObject(record)) return undefined;
  const {command: kept, created, words, failure} = record;
  if (!isObject(kept) || typeof kept['id'] !== 'string' || typeof kept['op'] !== 'string') return undefined;
  // A date can be made of it.
  if (typeof created !== 'number' || !(created >= 0 && created <= 8.64e15)) return undefined;
  if ('words' in record && typeof words !== 'string') return undefined;
  if ('failure' in record && !isCode(failure)) return undefined;
  const {op} = kept;
  if (failure !== undefined && op !== 'start' && op !== 'send') return undefined;
  // Ids were made by a page; the model asks less of them than a server does.
  const asked = {...kept, id: SOME_UUID, ...(op === 'start' && {session: SOME_UUID})};
  const ids = [kept['id'], kept['session']];
  const readable = ids.every(
    (id) => typeof id === 'string' && id.length >= 1 && id.length <= 128 && !/\p{Cs}/u.test(id),
  );
  if (!readable || !Object.hasOwn(OPS, op) || op === 'seen' || !OPS[op]?.(asked)) return undefined;
  return key === keyOf(whose, 'command', kept['id']) ? kept : undefined;
}
const SOME_UUID = '00000000-0000-4000-8000-000000000000';

export const isFailed = ({value}: Kept): boolean => 'failure' in (JSON.parse(value) as object);
