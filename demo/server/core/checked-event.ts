import * as v from 'valibot';
import {knownEvents, type KnownEvent} from '../../../src/model/events.ts';
import {messageOf} from './errors.ts';
import {problemOf} from './problem.ts';
import {cutUnits, utf8Bytes} from './text.ts';

/** What an agent said that the server cannot make an event of. */
export class UnreadableAgentEvent extends Error {}

/** Of what stands in one line, and of what is a sentence or two. */
export const NAME_UNITS = 256;
export const LABEL_UNITS = 2_000;

/** Checks what an agent gave as strictly as what comes from a page, and leaves out what is undefined. */
export function checked<K extends keyof typeof knownEvents>(kind: K, fields: object): Extract<KnownEvent, {kind: K}> {
  let plain: unknown;
  try {
    plain = JSON.parse(JSON.stringify({kind, ...fields}));
  } catch (error) {
    throw new UnreadableAgentEvent(`${kind}: ${messageOf(error)}`);
  }
  const result = v.safeParse(knownEvents[kind], plain);
  if (!result.success) throw new UnreadableAgentEvent(`${kind}: ${problemOf(result.issues[0])}`);
  // The parser has read what it knows; blocks of a type that it does not know are to arrive as they were given.
  return plain as Extract<KnownEvent, {kind: K}>;
}

/** Cut, if it is a text; whatever else it is, the check refuses. */
export const text = (value: unknown, max: number): unknown =>
  typeof value === 'string' ? cutUnits(value, max) : value;

/** The first elements of a list, as many as are allowed and fit into `bytes` as JSON; what is no list is left to the check. */
export function listOf<T>(
  list: readonly T[] | undefined,
  max: {readonly count: number; readonly bytes: number},
  of: (element: T) => object,
): readonly object[] | undefined {
  if (list === undefined || !Array.isArray(list)) return list as undefined;
  const kept: object[] = [];
  let left = max.bytes;
  for (const element of (list as readonly T[]).slice(0, max.count)) {
    const one = of(element);
    left -= utf8Bytes(JSON.stringify(one)) + 1;
    if (left < 0) break;
    kept.push(one);
  }
  return kept;
}

/** Throws if two things of a list have one id: nobody could tell which is meant. */
export function oneEach(what: string, ids: readonly unknown[]): void {
  if (new Set(ids).size < ids.length) throw new UnreadableAgentEvent(`${what}: two with one id`);
}
