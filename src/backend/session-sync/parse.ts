import * as v from 'valibot';
import {storedEvent, threadEvent, type StoredEvent} from '../../model/events.ts';
import {count, id, pick, session, time} from '../../model/session.ts';
import {listEvents, serverFrames, type ServerFrame} from './frames.ts';

/** What is known of a frame that cannot be read. */
export interface Unreadable {
  readonly problem: string;
  readonly type?: string;
  readonly channel?: string;
  readonly seq?: number;
  readonly time?: string;
  readonly command?: string;
  /** Of the query that it would have answered. */
  readonly id?: string;
}

export type Parsed =
  /** `problems`: what was left out of it. */
  | {readonly read: 'frame'; readonly frame: ServerFrame; readonly problems: readonly string[]}
  /** Of a type that this version does not know. */
  | {readonly read: 'ignored'}
  | ({readonly read: 'unreadable'} & Unreadable);

type Schema<T> = v.GenericSchema<unknown, T>;
type Issue = v.BaseIssue<unknown>;
type Raw = Readonly<Record<string, unknown>>;

/** `Object` makes an object of anything, so that anything can be asked for its fields. */
const fieldsOf = (raw: unknown): Raw => Object(raw) as Raw;

/** Where a frame may have one thing or another, its fields decide, so that a problem names the place. */
const readers: Readonly<Record<string, Schema<ServerFrame>>> = {
  ...serverFrames,
  event: v.object({
    ...serverFrames.event.entries,
    event: v.lazy((raw) => pick(listEvents, 'kind', raw) ?? threadEvent),
  }),
  page: v.object({
    ...serverFrames.page.entries,
    items: v.array(v.lazy((raw) => ('event' in fieldsOf(raw) ? storedEvent : session))),
  }),
};

const typed = v.object({type: v.string()});

/** Reads what came through the socket. Never throws, whatever it is. */
export function parse(data: unknown): Parsed {
  let raw: unknown;
  try {
    if (typeof data !== 'string') throw new Error('not text');
    raw = json(data);
    must(typed, raw);
    const reader = pick(readers, 'type', raw);
    return reader ? readFrame(reader, raw) : {read: 'ignored'};
  } catch (error) {
    return {...whatIsKnown(raw), read: 'unreadable', problem: error instanceof Error ? error.message : 'not readable'};
  }
}

/** Engines name the place in their own words; the same trouble is to be told in the same ones. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('not JSON');
  }
}

/** An element, or a field that need not be there, costs only itself: it is left out, and the rest read again. */
function readFrame(reader: Schema<ServerFrame>, raw: unknown): Parsed {
  const first = v.safeParse(reader, raw);
  if (first.success) return {read: 'frame', frame: first.output, problems: []};
  const problems = leaveOut(first.issues);
  return {read: 'frame', frame: must(reader, raw), problems};
}

/** Takes what the issues point at out of the frame, where it can do without; says what was wrong. */
function leaveOut(issues: readonly Issue[]): string[] {
  const problems: string[] = [];
  const lists = new Map<unknown[], v.IssuePathItem>();
  for (const issue of issues) {
    const path = issue.path ?? [];
    const at = path.findIndex(
      ({type, key}, index) =>
        type === 'array' || key === 'session' || key === 'next' || path[index - 1]?.key === 'seqs',
    );
    const place = path[at];
    // An event that is told now is read as a whole or not at all, and asked for again.
    if (!place || path[0]?.key === 'event') continue;
    const {key, value} = place;
    const held = place.input as Record<PropertyKey, unknown>;
    // One that is out already.
    if (held[key as string] !== value) continue;
    const problem = describe(issue, at + 1);
    problems.push(problem);
    const list = path[at - 1];
    const {seq, ...known} = whatIsKnown(value);
    // An event keeps its place in the log, if that can be read.
    const isEvent = seq && /^(events|open|items)$/.test(String(list?.key));
    if (isEvent) held[key as string] = unreadableEvent({...known, seq, problem});
    else Reflect.deleteProperty(held, key as string);
    if (list && Array.isArray(held)) lists.set(held, list);
  }
  // Closes the holes.
  for (const [list, {input, key}] of lists) Object.assign(input as object, {[key as string]: list.filter(() => true)});
  return problems;
}

function must<T>(schema: Schema<T>, raw: unknown): T {
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  throw new Error(describe(result.issues[0]));
}

/** A person reads it, and it is kept: names that a server makes up do not make it longer. */
const PROBLEM_UNITS = 200;

/**
 * One issue in a sentence that names the place, below the first `depth` steps: what is wrong with one element in the same
 * words as with another. Not what was found instead, which may be as long as a frame.
 */
const describe = ({path, message}: Issue, depth = 0): string => {
  const place = path?.slice(depth).map(({key}) => key);
  const [wanted] = message.split(' but ');
  return `${place?.join('.') || 'value'}: ${wanted}`.slice(0, PROBLEM_UNITS);
};

/** Stands in the log for an event that could not be read. Nobody knows when it was, if its time was the trouble. */
export const unreadableEvent = (known: Unreadable & {readonly seq: number}): StoredEvent => ({
  seq: known.seq,
  time: known.time ?? new Date(0).toISOString(),
  ...(known.command !== undefined && {command: known.command}),
  event: {kind: 'unreadable', problem: known.problem},
});

const readable = {type: v.string(), channel: v.string(), seq: count, time, command: id, id};

/** What can be read of something that cannot be read as a whole. */
function whatIsKnown(raw: unknown): Omit<Unreadable, 'problem'> {
  const found = Object.entries(readable).flatMap(([name, schema]) => {
    const {success, output} = v.safeParse(schema, fieldsOf(raw)[name]);
    return success ? [[name, output]] : [];
  });
  return Object.fromEntries(found);
}
