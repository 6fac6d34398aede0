import type {Item} from '../../../model/items.ts';
import type {LongList} from '../../../model/long-list.ts';
import type {SessionStore} from '../../../store/session-store.ts';
import type {ThreadCell} from '../../../store/cells.ts';
import {sideOf} from '../thread-view.ts';

/** How far somebody has seen a conversation. The key tells of what was streaming then, and has no place in the log yet. */
export interface LastSeen {
  readonly key: string | undefined;
  readonly seq: number;
}

type Marks = Map<string, LastSeen>;

/** By store and session, for as long as the page is there. */
const marks = new WeakMap<SessionStore, Marks>();

/** Of all sessions of a store, by their ids. */
export function lastSeenIn(store: SessionStore): Marks {
  const held = marks.get(store) ?? new Map<string, LastSeen>();
  marks.set(store, held);
  return held;
}

/** What waits or is on its way stands behind all that comes. */
const isInLog = (item: Item): boolean => !(item.kind === 'message' && item.delivery);

/** All that is there now. */
export function seenOf({items, state: {seq}}: ThreadCell): LastSeen {
  let at = items.length - 1;
  while (at >= 0 && !isInLog(items.at(at) as Item)) at--;
  return {key: items.at(at)?.key, seq};
}

/** The key of the first entry that has come since, other than a person's own words; only what has come is looked at. */
export function firstUnseen(items: LongList<Item>, {key, seq}: LastSeen, user: string | undefined): string | undefined {
  let first: string | undefined;
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items.at(at);
    if (!item || item.key === key || (item.seq > 0 && item.seq <= seq)) break;
    const isOwn = item.kind === 'message' && sideOf(item, {user}) === 'mine';
    if (isInLog(item) && !isOwn && item.kind !== 'gap') first = item.key;
  }
  return first;
}
