import type {Luck} from './luck.ts';

type Holder = Record<string, unknown>;
/** One place in a value: the object or array, and the key in it. */
interface Place {
  readonly holder: Holder;
  readonly key: string;
}

const LONG = 'long '.repeat(20_000);
/** Stands for arrays in arrays, deeper than a reader that calls itself for each level can go; `JSON.stringify` is one. */
const DEEP = ['@deep 20@', '@deep 9000@'] as const;
const deepen = (text: string): string =>
  text.includes('"@deep')
    ? text.replace(/"@deep (\d+)@"/gu, (_, levels: string) => '['.repeat(Number(levels)) + ']'.repeat(Number(levels)))
    : text;

const STRINGS = [
  '',
  ' ',
  '\ud800',
  'a\udfff',
  '\u0000',
  'NaN',
  '-1',
  '1e999',
  '__proto__',
  'constructor',
  '%zz',
  '\u202e',
];
const NUMBERS = [0, -0, -1, 1, 0.5, 2, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 - 1, Number.MIN_VALUE, 4_294_967_296];
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  'id',
  'seq',
  '',
  '\ud800',
];

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

function placesIn(value: unknown): Place[] {
  const places: Place[] = [];
  const walk = (holder: Holder): void => {
    for (const key of Object.keys(holder)) {
      places.push({holder, key});
      const inner = holder[key];
      if (isHolder(inner) && places.length < 400) walk(inner);
    }
  };
  if (isHolder(value)) walk(value);
  return places;
}

/** Also under names like `__proto__`, as `JSON.parse` does it. */
const put = (holder: Holder, key: string, value: unknown): void => {
  if (Array.isArray(holder)) holder.push(value);
  else Object.defineProperty(holder, key, {value, enumerable: true, configurable: true, writable: true});
};

/** Something that does not belong there. */
function stranger(luck: Luck): unknown {
  switch (luck.below(12)) {
    case 0:
      return null;
    case 1:
      return luck.percent(50);
    case 2:
    case 3:
      return luck.pick(NUMBERS);
    case 4:
    case 5:
      return luck.pick(STRINGS);
    case 6:
      return [];
    case 7:
      return {};
    case 8:
      return JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown;
    case 9:
      return luck.percent(4) ? LONG : 'x'.repeat(luck.below(300));
    case 10:
      return luck.percent(4) ? DEEP[1] : DEEP[0];
    default:
      return [null, {}, 'x', 1];
  }
}

type Change = (place: Place, luck: Luck, others: readonly unknown[]) => void;

const CHANGES: readonly Change[] = [
  // Left out.
  ({holder, key}) => void (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key]),
  // Of another type.
  ({holder, key}, luck) => void (holder[key] = stranger(luck)),
  ({holder, key}, luck) => void (holder[key] = stranger(luck)),
  // Under another name.
  ({holder, key}, luck) => {
    const value = holder[key];
    delete holder[key];
    put(holder, luck.pick(KEYS), value);
  },
  // Twice.
  ({holder, key}, luck) => put(holder, luck.pick(KEYS), holder[key]),
  // Something that nobody asked for.
  ({holder}, luck) => put(holder, luck.pick(KEYS), stranger(luck)),
  // What another frame has under this name: ids of other sessions, numbers of other channels.
  ({holder, key}, luck, others) => {
    const found = placesIn(luck.pick(others)).filter((other) => other.key === key);
    if (found.length > 0) holder[key] = structuredClone(luck.pick(found).holder[key]);
  },
  ({holder, key}, luck, others) => {
    const found = placesIn(luck.pick(others)).filter((other) => other.key === key);
    if (found.length > 0) holder[key] = structuredClone(luck.pick(found).holder[key]);
  },
  // A little more, a little less.
  ({holder, key}, luck) => {
    const value = holder[key];
    if (typeof value === 'number') holder[key] = value + luck.pick([-2, -1, 1, 2, 0.5, 1e15]);
    else if (typeof value === 'string')
      holder[key] = luck.pick([value.slice(0, luck.below(9)), value + luck.pick(STRINGS)]);
    else if (Array.isArray(value)) value.push(...(structuredClone(value) as unknown[]).reverse());
  },
  // In other wrappings.
  ({holder, key}, luck) => {
    const value = holder[key];
    if (luck.percent(50)) holder[key] = [value];
    else if (Array.isArray(value)) holder[key] = Object.fromEntries(value.entries()) as unknown;
    else if (isHolder(value)) holder[key] = Object.values(value);
  },
  // In another order.
  ({holder, key}, luck) => {
    const value = holder[key];
    if (Array.isArray(value)) value.sort(() => luck.next() - 0.5);
    else holder[key] = isHolder(value) ? Object.fromEntries(Object.entries(value).reverse()) : value;
  },
];

/** A valid frame with some of it changed; `others` are frames to take parts of. */
export function mutated(text: string, luck: Luck, others: readonly unknown[]): string {
  const value = JSON.parse(text) as unknown;
  for (let left = luck.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
    const places = placesIn(value);
    if (places.length > 0) luck.pick(CHANGES)(luck.pick(places), luck, others);
  }
  const written = deepen(JSON.stringify(value));
  return luck.percent(6) ? misspelt(written, luck) : written;
}

/** Changed as text, not as a value: what `JSON.stringify` would never write. */
function misspelt(text: string, luck: Luck): string {
  const at = luck.below(text.length);
  switch (luck.below(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(luck.below(65_536)) + text.slice(at + 1);
    case 2:
      return text + text;
    case 3:
      return text.replace(/:-?\d+/u, luck.pick([':1e999', ':-1e999', ':NaN', ':0x1', ':01', ':1.0']));
    case 4:
      return text.replace('{', `{"type":${JSON.stringify(luck.pick(['event', 'live', 'command', 'nothing']))},`);
    case 5:
      return text.replace('{', '{"__proto__":{"polluted":true},');
    default:
      return `\ufeff${text}`;
  }
}

/** Nothing that was a frame. */
export function garbage(luck: Luck): string {
  switch (luck.below(8)) {
    case 0:
      return luck.pick([
        '',
        ' ',
        'null',
        'true',
        '0',
        '"x"',
        '[]',
        '{}',
        '[{}]',
        'undefined',
        '{"type":1}',
        '{"type":null}',
      ]);
    case 1:
      return deepen(JSON.stringify(stranger(luck)));
    case 2:
      return JSON.stringify({type: luck.pick(KEYS)});
    case 3:
      return JSON.stringify({type: luck.pick(STRINGS), channel: 'sessions', seq: luck.pick(NUMBERS)});
    case 4:
      return '['.repeat(luck.below(luck.percent(2) ? 100_000 : 1_000));
    default:
      return Array.from({length: luck.below(60)}, () => String.fromCharCode(luck.below(65_536))).join('');
  }
}
