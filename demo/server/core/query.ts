import {LIST, sessionOf, type ClientFrameOf} from '../../../src/backend/session-sync/frames.ts';
import {cursorOf, readCursor} from './cursor.ts';
import type {Core} from './core.ts';
import {eventText} from './event-text.ts';
import {frame} from './frames-out.ts';
import type {Entry} from './storage.ts';
import {utf8Bytes} from './text.ts';
import {matches, queryWords, wordsOf} from './words.ts';

type Query = ClientFrameOf<'query'>;

const MAX_ITEMS = 200;
const MAX_STATUSES = 16;

/** The frame that answers a query. */
export function answerQuery(core: Core, user: string, query: Query): string {
  if (query.channel === LIST) return queryList(core, user, query);
  const id = sessionOf(query.channel);
  const record = id === undefined ? undefined : core.storage.session(user, id);
  if (!record) return refuse(query, 'not-found', 'There is no such session.');
  return queryEvents(core, record.key, record.seq, query);
}

const refuse = (query: Query, code: string, message: string): string =>
  frame({type: 'error', code, message, id: query.id});

/** Items are JSON already. */
function page(query: Query, seq: number, items: readonly string[], next: string | undefined): string {
  const rest = next === undefined ? '' : `,"next":${next}`;
  return `{"type":"page","id":${JSON.stringify(query.id)},"items":[${items.join(',')}]${rest},"seq":${seq}}`;
}

function queryList(core: Core, user: string, query: Query): string {
  const {storage, limits} = core;
  const {limit = MAX_ITEMS, archived, parent, text, cursor} = query;
  const from = cursor === undefined ? {} : readCursor(cursor);
  if (!from) return refuse(query, 'invalid', 'The cursor is not one of this server.');
  const status = typeof query.status === 'string' ? [query.status] : query.status?.slice(0, MAX_STATUSES);
  const found = storage.list(user, {
    ...from,
    limit: limit + 1,
    ...(text !== undefined && {words: queryWords(text)}),
    ...(status && {status}),
    ...(archived !== undefined && {archived}),
    ...(parent !== undefined && {parent}),
  });
  const items: string[] = [];
  let bytes = 0;
  for (const session of found.slice(0, limit)) {
    const json = JSON.stringify(session);
    bytes += utf8Bytes(json) + 1;
    if (bytes > limits.frameBytes - 1024) break;
    items.push(json);
  }
  const last = items.length < found.length ? found[items.length - 1] : undefined;
  const next = last && JSON.stringify(cursorOf({...from, after: {updated: last.updated, id: last.id}}));
  return page(query, storage.listSeq(user), items, next);
}

/** Events before a number, the newest that fit; with `text` those that hold its words. */
function queryEvents(core: Core, key: number, seq: number, query: Query): string {
  const {storage, limits} = core;
  const {limit = MAX_ITEMS, before = seq + 1, text} = query;
  const words = text === undefined ? [] : queryWords(text);
  const looked = words.length > 0 ? limits.findEvents : limit;
  const sizes = storage.sizes(key, {before, limit: looked, newest: true});
  const items: Entry[] = [];
  let bytes = 0;
  let oldest = before;
  for (const size of sizes.reverse()) {
    const [entry] = storage.entries(key, size.seq, size.seq);
    if (!entry) continue;
    if (words.length === 0 || matches(wordsOf(eventText(entry.json)), words)) {
      if (items.length === limit || (items.length > 0 && bytes + entry.bytes > limits.frameBytes - 1024)) break;
      items.push(entry);
      bytes += entry.bytes + 1;
    }
    oldest = size.seq;
  }
  const next = oldest > 1 && sizes.length > 0 ? String(oldest) : undefined;
  return page(
    query,
    seq,
    items.reverse().map(({json}) => json),
    next,
  );
}
