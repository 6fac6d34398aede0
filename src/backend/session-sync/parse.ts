import * as v from 'valibot';
import {describe, storedEvent, threadEvent, type StoredEvent} from '../../model/events.ts';
import {count, id, session, time} from '../../model/session.ts';
import {agent, LIST, listEvent, serverFrames, type ServerFrame} from './frames.ts';

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

const anything = v.exactOptional(v.unknown());
const elements = v.array(v.unknown());
const someElements = v.exactOptional(elements);

/** Frames whose elements are read one by one, so that a bad one costs no other. */
const shells = {
  welcome: v.object({...serverFrames.welcome.entries, agents: elements, capabilities: elements}),
  snapshot: v.object({
    ...serverFrames.snapshot.entries,
    state: v.object({
      sessions: someElements,
      session: anything,
      events: someElements,
      open: someElements,
      next: anything,
    }),
  }),
  event: v.object({...serverFrames.event.entries, event: v.unknown()}),
  page: v.object({...serverFrames.page.entries, items: elements, next: anything}),
  pong: v.object({...serverFrames.pong.entries, seqs: v.record(v.string(), v.unknown())}),
};

const cursor = v.union([v.string(), count]);

/** Reads what came through the socket. Never throws, whatever it is. */
export function parse(data: unknown): Parsed {
  let raw: unknown;
  try {
    if (typeof data !== 'string') throw new Error('not text');
    raw = JSON.parse(data);
    const type = field(raw, 'type', v.string());
    if (type === undefined) throw new Error('no type');
    if (!isType(type)) return {read: 'ignored'};
    const problems: string[] = [];
    return {read: 'frame', frame: readFrame(type, raw, problems), problems};
  } catch (error) {
    return {read: 'unreadable', ...whatIsKnown(raw), problem: error instanceof Error ? error.message : 'not readable'};
  }
}

const isType = (type: string): type is ServerFrame['type'] => Object.hasOwn(serverFrames, type);

function readFrame(type: ServerFrame['type'], raw: unknown, problems: string[]): ServerFrame {
  const all = <S extends Schema>(schema: S, raws: readonly unknown[]) =>
    raws.flatMap((each) => attempt(schema, each, problems));
  const stored = (raws: readonly unknown[]) => raws.flatMap((each) => readStored(each, problems));
  switch (type) {
    case 'welcome': {
      const frame = must(shells.welcome, raw);
      return {...frame, agents: all(agent, frame.agents), capabilities: all(v.string(), frame.capabilities)};
    }
    case 'snapshot': {
      const {state, ...frame} = must(shells.snapshot, raw);
      const one = maybe(session, state.session, problems);
      const next = maybe(cursor, state.next, problems);
      return {
        ...frame,
        state: {
          ...(state.sessions && {sessions: all(session, state.sessions)}),
          ...(one && {session: one}),
          ...(state.events && {events: stored(state.events)}),
          ...(state.open && {open: stored(state.open)}),
          ...(next !== undefined && {next}),
        },
      };
    }
    case 'event': {
      const frame = must(shells.event, raw);
      const kind = field(frame.event, 'kind', v.string());
      const ofList = frame.channel === LIST && (kind === 'session-put' || kind === 'session-removed');
      return {...frame, event: must(ofList ? listEvent : threadEvent, frame.event)};
    }
    case 'page': {
      const {next: cut, ...frame} = must(shells.page, raw);
      const next = maybe(cursor, cut, problems);
      const items = frame.items.flatMap((item): (v.InferOutput<typeof session> | StoredEvent)[] =>
        field(item, 'event', v.unknown()) === undefined ? attempt(session, item, problems) : readStored(item, problems),
      );
      return {...frame, items, ...(next !== undefined && {next})};
    }
    case 'pong': {
      const {seqs, ...frame} = must(shells.pong, raw);
      const readable = Object.entries(seqs).flatMap(([channel, seq]) =>
        attempt(count, seq, problems).map((seq) => [channel, seq] as const),
      );
      return {...frame, seqs: Object.fromEntries(readable)};
    }
    default:
      return must(serverFrames[type], raw);
  }
}

type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

function must<S extends Schema>(schema: S, raw: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  throw new Error(describe(result.issues[0]));
}

/** Nothing, and one problem more, if it cannot be read. */
function attempt<S extends Schema>(schema: S, raw: unknown, problems: string[]): v.InferOutput<S>[] {
  const result = v.safeParse(schema, raw);
  if (result.success) return [result.output];
  problems.push(describe(result.issues[0]));
  return [];
}

/** The same for what may be absent. */
const maybe = <S extends Schema>(schema: S, raw: unknown, problems: string[]): v.InferOutput<S> | undefined =>
  raw === undefined ? undefined : attempt(schema, raw, problems)[0];

/** An event that cannot be read keeps its place in the log, if that can be read. */
function readStored(raw: unknown, problems: string[]): StoredEvent[] {
  const before = problems.length;
  const [event] = attempt(storedEvent, raw, problems);
  if (event) return [event];
  const {seq, ...known} = whatIsKnown(raw);
  return seq ? [unreadableEvent({...known, seq, problem: problems[before] ?? ''})] : [];
}

/** Stands in the log for an event that could not be read. Nobody knows when it was, if its time was the trouble. */
export const unreadableEvent = (known: Unreadable & {readonly seq: number}): StoredEvent => ({
  seq: known.seq,
  time: known.time ?? new Date(0).toISOString(),
  ...(known.command !== undefined && {command: known.command}),
  event: {kind: 'unreadable', problem: known.problem},
});

const readables = {type: v.string(), channel: v.string(), seq: count, time, command: id, id};

function whatIsKnown(raw: unknown): Omit<Unreadable, 'problem'> {
  const known = Object.entries(readables).flatMap(([name, schema]) => {
    const value = field(raw, name, schema);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

/** One own field of something that may be anything. */
function field<S extends Schema>(raw: unknown, name: string, schema: S): v.InferOutput<S> | undefined {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, name)) return undefined;
  const result = v.safeParse(schema, (raw as Record<string, unknown>)[name]);
  return result.success ? result.output : undefined;
}
