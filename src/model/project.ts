import type {CommandOf} from './commands.ts';
import type {SessionOption} from './events.ts';
import {find, messageKey} from './fold.ts';
import type {Delivery, Item, MessageItem} from './items.ts';
import type {LongList} from './long-list.ts';
import type {OutboxEntry} from './outbox.ts';
import {isActive, type Session} from './session.ts';
import type {Thread} from './thread.ts';

/** A session as it is shown: the server's copy, and on top of it what this page has asked for. */
export interface SessionView extends Session {
  /** The `start` is not confirmed yet, or was refused: the server has no such session. */
  readonly local?: 'starting' | 'failed';
  /** A `stop` is on its way. */
  readonly stopRequested?: boolean;
  /** Words are on their way: a turn is requested. */
  readonly sendRequested?: boolean;
  /** Options that a person has chosen, not confirmed yet. */
  readonly wished?: Readonly<Record<string, SessionOption['value']>>;
}

/** Undefined: nothing to show, because there is no such session or it is being deleted. */
export function projectSession(
  confirmed: Session | undefined,
  entries: readonly OutboxEntry[],
): SessionView | undefined {
  if (entries.length === 0) return confirmed;
  let view: SessionView | undefined = confirmed;
  for (const {command, failure, created} of entries) {
    if (command.op === 'start') view ??= requested(command, created, failure);
    else if (command.op === 'delete') return undefined;
    else if (!view) continue;
    else if (command.op === 'rename') view = {...view, title: command.title};
    else if (command.op === 'archive') view = {...view, archived: command.archived};
    else if (command.op === 'seen') view = {...view, unread: false};
    else if (command.op === 'set-option') view = {...view, wished: {...view.wished, [command.option]: command.value}};
    else if (command.op === 'send' && !failure) view = {...view, sendRequested: true};
    else if (command.op === 'stop' && (command.turn === undefined || command.turn === view.turn)) {
      view = {...view, stopRequested: true, ...(isActive(view.status) && {status: 'stopping'})};
    }
  }
  return view;
}

function requested(start: CommandOf<'start'>, created: number, failure: OutboxEntry['failure']): SessionView {
  const now = new Date(created).toISOString();
  return {
    id: start.session,
    rev: 0,
    title: start.title ?? beginning(start.text),
    status: failure ? 'failed' : 'pending',
    agent: start.agent ?? '',
    created: now,
    updated: now,
    local: failure ? 'failed' : 'starting',
    ...(failure ? {error: failure} : {sendRequested: true}),
  };
}

/** The first line, as far as a title goes. */
const beginning = (text: string): string => {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};

/**
 * A thread as it is shown: the log, what is streamed, what waits, and on its end what this page has sent. Pages of the log
 * in which nothing is laid on top are those of the log.
 */
export function projectThread(thread: Thread, entries: readonly OutboxEntry[], online: boolean): LongList<Item> {
  const {folded, from, next} = thread;
  let {items} = folded;
  for (const {command} of entries) if (command.op === 'answer') items = withAnswer(folded, items, command);
  if (next !== undefined) items = items.insert(firstFrom(items, from), gap(from, next));
  const end: Item[] = [...thread.tail];
  const removed = new Set(entries.flatMap(({command}) => (command.op === 'unqueue' ? [command.queued] : [])));
  const queued = new Set<string>();
  const waiting = folded.queue.filter(({command}) => !removed.has(command));
  for (const {command} of folded.queue) queued.add(command);
  waiting.forEach(({command, text, seq, time}, at) => {
    const place = {place: at + 1, places: waiting.length};
    end.push({...sent(command, text, 'queued'), seq, version: seq, time, ...place});
  });
  for (const {command, failure} of entries) {
    if (command.op !== 'start' && command.op !== 'send') continue;
    if (queued.has(command.id) || find(folded, messageKey(command.id))) continue;
    const delivery = failure ? 'failed' : online ? 'sending' : 'unconfirmed';
    end.push({...sent(command.id, command.text, delivery), ...(failure && {problem: failure.message})});
  }
  return end.length ? items.concat(end) : items;
}

const gap = (seq: number, version: number): Item => ({kind: 'gap', key: 'gap', seq, version});

/** The place of the first entry of what has no holes; only what is not over stands before it. */
function firstFrom(items: LongList<Item>, from: number): number {
  let place = 0;
  for (const {seq} of items) {
    if (seq >= from) return place;
    place++;
  }
  return place;
}

const sent = (command: string, text: string, delivery: Delivery): MessageItem => ({
  kind: 'message',
  key: messageKey(command),
  seq: 0,
  version: 0,
  role: 'user',
  text,
  command,
  delivery,
});

function withAnswer(
  {places}: Thread['folded'],
  items: LongList<Item>,
  {approval, option, question}: CommandOf<'answer'>,
): LongList<Item> {
  const place = places.get(approval ? `approval:${approval}` : `question:${question}`) ?? NaN;
  const item = items.at(place);
  if (item?.kind === 'approval' && !item.answer && option) return items.with(place, {...item, answering: option});
  return item?.kind === 'question' && !item.answer ? items.with(place, {...item, answering: true}) : items;
}
