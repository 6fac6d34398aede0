import type {RawEvent} from './wire.ts';

/**
 * The frame of an event has no id and its stored form has no name of the session; what they share is the session, the
 * time to the microsecond, the type, who or which tool, and the content. Tools that are called at the same time differ
 * in their input.
 */
export const eventKey = ({session, time, type, role, tool, text, input}: Omit<RawEvent, 'key'>): string =>
  hash([session, time, type, role ?? tool ?? '', text ?? '', JSON.stringify(stored(input)) ?? ''].join('\n'));

/** The database keeps nothing that is false in Python: `{}`, `[]`, `0`, `""` come back as null. */
const stored = (value: unknown): unknown => {
  if (!value) return null;
  if (typeof value === 'object' && Object.keys(value).length === 0) return null;
  return value;
};

/** 106 bits in base 36: two 53-bit hashes (cyrb53), the second with another seed. */
const hash = (text: string): string => `${cyrb53(text, 1).toString(36)}${cyrb53(text, 2).toString(36)}`;

function cyrb53(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

export const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** By instants, microseconds too: what Python leaves out when they are zero, and JavaScript when it parses. */
export function compareTimes(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return left.second - right.second || left.fraction - right.fraction;
}

const split = (time: string): {readonly second: number; readonly fraction: number} => {
  const [, fraction = ''] = /\.(\d+)/.exec(time) ?? [];
  return {second: Date.parse(time.replace(/\.\d+/, '')), fraction: Number(fraction.padEnd(9, '0').slice(0, 9))};
};
