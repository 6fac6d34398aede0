import * as v from 'valibot';
import {describe, storedEvent, threadEvent, type StoredEvent} from '../../model/events.ts';
import {count, id, session, time} from '../../model/session.ts';
import {agent, LIST, listEvent, serverFrames, type ServerFrame, type ServerFrameOf} from './frames.ts';

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

const cursor = v.union([v.string(), count]);
const elements = v.array(v.unknown());
const fields = v.looseObject({});
const typed = v.object({type: v.string()});
const storable = v.object({event: v.unknown()});
const readable = {type: v.string(), channel: v.string(), seq: count, time, command: id, id};

/** Reads what came through the socket. Never throws, whatever it is. */
export function parse(data: unknown): Parsed {
  let raw: unknown;
  try {
    if (typeof data !== 'string') throw new Error('not text');
    raw = json(data);
    const type = must(typed, raw).type;
    if (!Object.hasOwn(serverFrames, type)) return {read: 'ignored'};
    const problems: string[] = [];
    return {read: 'frame', frame: readFrame(type as ServerFrame['type'], raw as Raw, problems), problems};
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

type Raw = Readonly<Record<string, unknown>>;
type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

/**
 * The frame is read without its elements first, and then these one by one, so that a bad one costs no other. What was
 * left out is added to `problems`.
 */
function readFrame(type: ServerFrame['type'], raw: Raw, problems: string[]): ServerFrame {
  const attempt = <S extends Schema>(schema: S, each: unknown): v.InferOutput<S>[] => {
    const result = v.safeParse(schema, each);
    if (result.success) return [result.output];
    problems.push(describe(result.issues[0]));
    return [];
  };
  const maybe = <S extends Schema>(schema: S, each: unknown) => (each === undefined ? [] : attempt(schema, each));
  const all = <S extends Schema>(schema: S, list: unknown) =>
    must(elements, list).flatMap((each) => attempt(schema, each));
  const stored = (each: unknown): StoredEvent[] => {
    const [event] = attempt(storedEvent, each);
    if (event) return [event];
    // One that cannot be read keeps its place in the log, if that can be read.
    const {seq, ...known} = whatIsKnown(each);
    return seq ? [unreadableEvent({...known, seq, problem: problems.at(-1) ?? ''})] : [];
  };
  const allStored = (list: unknown) => must(elements, list).flatMap(stored);
  switch (type) {
    case 'welcome':
      return {
        ...must(serverFrames.welcome, {...raw, agents: [], capabilities: []}),
        agents: all(agent, raw.agents),
        capabilities: all(v.string(), raw.capabilities),
      };
    case 'snapshot': {
      const {sessions, session: copy, events, open, next} = must(fields, raw.state);
      const [one] = maybe(session, copy);
      const [cut] = maybe(cursor, next);
      return {
        ...must(serverFrames.snapshot, {...raw, state: {}}),
        state: {
          ...(sessions !== undefined && {sessions: all(session, sessions)}),
          ...(one && {session: one}),
          ...(events !== undefined && {events: allStored(events)}),
          ...(open !== undefined && {open: allStored(open)}),
          ...(cut !== undefined && {next: cut}),
        },
      };
    }
    case 'event': {
      const frame = must(serverFrames.event, {...raw, event: {kind: ''}});
      const kind = must(fields, raw.event).kind;
      const ofList = frame.channel === LIST && (kind === 'session-put' || kind === 'session-removed');
      return {...frame, event: must(ofList ? listEvent : threadEvent, raw.event)};
    }
    case 'page': {
      const {next: cut, ...rest} = raw;
      const items = must(elements, raw.items).flatMap((item): ServerFrameOf<'page'>['items'] =>
        v.is(storable, item) ? stored(item) : attempt(session, item),
      );
      const [next] = maybe(cursor, cut);
      return {...must(serverFrames.page, {...rest, items: []}), items, ...(next !== undefined && {next})};
    }
    case 'pong': {
      const seqs = Object.entries(must(fields, raw.seqs)).flatMap(([channel, seq]) =>
        attempt(count, seq).map((seq) => [channel, seq] as const),
      );
      return {...must(serverFrames.pong, {...raw, seqs: {}}), seqs: Object.fromEntries(seqs)};
    }
    default:
      return must(serverFrames[type], raw);
  }
}

function must<S extends Schema>(schema: S, raw: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  throw new Error(describe(result.issues[0]));
}

/** Stands in the log for an event that could not be read. Nobody knows when it was, if its time was the trouble. */
export const unreadableEvent = (known: Unreadable & {readonly seq: number}): StoredEvent => ({
  seq: known.seq,
  time: known.time ?? new Date(0).toISOString(),
  ...(known.command !== undefined && {command: known.command}),
  event: {kind: 'unreadable', problem: known.problem},
});

/** What can be read of something that cannot be read as a whole. */
function whatIsKnown(raw: unknown): Omit<Unreadable, 'problem'> {
  const found = Object.entries(readable).flatMap(([name, schema]) => {
    const {success, output} = v.safeParse(schema, v.is(fields, raw) ? raw[name] : undefined);
    return success ? [[name, output]] : [];
  });
  return Object.fromEntries(found);
}
