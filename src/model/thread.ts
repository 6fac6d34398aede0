import type {StoredEvent} from './events.ts';
import {find, fold, nothingFolded, refold, replaceItem, type Folded} from './fold.ts';
import type {Input} from './inputs.ts';
import type {MessageItem, ThoughtItem} from './items.ts';
import {LongList} from './long-list.ts';

/** The confirmed state of one session's thread. */
export interface Thread {
  /** A snapshot has come: what is here is what the server had. */
  readonly loaded: boolean;
  /** Nothing newer is known to be missing. */
  readonly live: boolean;
  readonly missing: boolean;
  /** The numbers of `log` mean nothing any more (new epoch); shown until the snapshot comes. */
  readonly stale: boolean;
  /** What is loaded of the log, in order of `seq`. */
  readonly log: LongList<StoredEvent>;
  readonly folded: Folded;
  /** From this `seq` on `log` has no holes. */
  readonly from: number;
  /** Older events exist; to be asked for with this `before`. */
  readonly next?: number;
  /** Messages and thoughts being streamed; they stand behind all of `folded`. */
  readonly tail: readonly (MessageItem | ThoughtItem)[];
}

export const emptyThread = (): Thread => ({
  loaded: false,
  live: false,
  missing: false,
  stale: false,
  log: new LongList(),
  folded: nothingFolded(),
  from: 1,
  tail: [],
});

type ThreadInput = Extract<
  Input,
  {type: 'thread' | 'event' | 'older' | 'stream' | 'stream-dropped' | 'thread-live' | 'session-missing'}
>;

export function reduceThread(thread: Thread, input: ThreadInput): Thread {
  switch (input.type) {
    case 'thread':
      return replaced(thread, input);
    case 'event':
      return appended(thread, input.event);
    case 'older':
      return prepended(thread, input);
    case 'stream':
      return streamed(thread, input);
    case 'stream-dropped':
      return {...thread, tail: thread.tail.filter(({id}) => id !== input.item)};
    case 'thread-live':
      return thread.live === input.live ? thread : {...thread, live: input.live};
    case 'session-missing':
      return {...thread, missing: true, live: false, tail: [], folded: {...thread.folded, open: []}};
  }
}

/** A new epoch: what is shown stays until the snapshot, but no number of it counts, and no stream goes on. */
export const outdated = (thread: Thread): Thread => ({...thread, stale: true, live: false});

export const lastSeq = (thread: Thread): number => thread.log.at(-1)?.seq ?? 0;

/** Pages that were loaded before are kept where they join what has come; the log of an epoch never changes. */
function replaced(thread: Thread, input: Extract<Input, {type: 'thread'}>): Thread {
  const from = input.events[0]?.seq ?? 1;
  const joins = !thread.stale && thread.loaded && lastSeq(thread) >= from - 1;
  const older = joins ? [...thread.log].filter(({seq}) => seq < from) : [];
  const log = inOrder([...older, ...input.open, ...input.events]);
  const kept = joins && thread.from < from;
  const {next: _, ...rest} = thread;
  const next = kept ? thread.next : input.next;
  const folded = thread.stale ? fold(log) : refold(log, thread.folded);
  return {
    ...rest,
    loaded: true,
    missing: false,
    stale: false,
    log,
    folded,
    from: kept ? thread.from : from,
    ...(next !== undefined && {next}),
    tail: thread.stale ? [] : unstored(thread.tail, folded),
  };
}

function appended(thread: Thread, event: StoredEvent): Thread {
  if (event.seq <= lastSeq(thread)) return thread;
  const folded = fold([event], thread.folded);
  return {...thread, loaded: true, log: thread.log.append(event), folded, tail: unstored(thread.tail, folded)};
}

function prepended(thread: Thread, input: Extract<Input, {type: 'older'}>): Thread {
  const log = inOrder([...input.events, ...thread.log]);
  const {next: _, ...rest} = thread;
  return {
    ...rest,
    log,
    folded: refold(log, thread.folded),
    from: Math.min(thread.from, input.events[0]?.seq ?? thread.from),
    ...(input.next !== undefined && {next: input.next}),
  };
}

function streamed(thread: Thread, input: Extract<Input, {type: 'stream'}>): Thread {
  const {item: id, turn, kind, at, text} = input;
  const grown = (old = ''): string => old.slice(0, at) + text;
  if (kind === 'tool-output') {
    const folded = replaceItem(thread.folded, `tool:${id}`, (item) =>
      item.kind === 'tool' && item.state === 'running' ? {...item, output: grown(item.output)} : item,
    );
    return folded === thread.folded ? thread : {...thread, folded};
  }
  const key = `${kind}:${id}`;
  if (find(thread.folded, key)) return thread;
  const held = thread.tail.find((item) => item.key === key);
  if (held) {
    return {...thread, tail: thread.tail.map((item) => (item === held ? {...item, text: grown(item.text)} : item))};
  }
  const base = {key, id, turn, seq: 0, version: 0, text: grown(), streaming: true};
  const item: MessageItem | ThoughtItem = kind === 'message' ? {...base, kind, role: 'agent'} : {...base, kind};
  return {...thread, tail: [...thread.tail, item]};
}

/** The stored form of a streamed item has its key, and takes its place. */
const unstored = (tail: Thread['tail'], folded: Folded): Thread['tail'] =>
  tail.some(({key}) => find(folded, key)) ? tail.filter(({key}) => !find(folded, key)) : tail;

function inOrder(events: readonly StoredEvent[]): LongList<StoredEvent> {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  return LongList.from([...bySeq.values()].sort((a, b) => a.seq - b.seq));
}
