import type {Draft} from './draft.ts';
import {endsOfLoaded} from './loaded.ts';
import {read} from './log.ts';
import {openTurns} from './shown.ts';
import type {Answer, Held} from './state.ts';
import {readEvents} from './wire.ts';

/** The page looks at these sessions: their events are read, and told from then on. */
export function watch(draft: Draft, watched: readonly string[]): void {
  const before = draft.state.watched;
  draft.set({watched});
  for (const held of draft.state.sessions.values()) {
    if (isWatched(draft, held)) {
      if (before.includes(held.page) || before.includes(held.row.id) || !draft.state.isOpen) continue;
      if (held.read === 'no') readEventsOf(draft, held);
      draft.touched.add(held.row.id);
    } else if (held.isLive) {
      draft.change(held.row.id, {isLive: false});
      draft.tell({type: 'thread-live', session: held.page, live: false});
    }
  }
  if (!draft.state.isOpen) return;
  const missing = watched.filter((id) => !before.includes(id) && !draft.find(id) && !isStarting(draft, id));
  for (const session of missing) draft.tell({type: 'session-missing', session});
}

export const isWatched = ({state}: Draft, {page, row}: Held): boolean =>
  state.watched.includes(page) || state.watched.includes(row.id);

/** It is no missing session: the words that make it are on their way. */
export const isStarting = ({state}: Draft, session: string): boolean =>
  [...state.words.values()].some(({command}) => command.op === 'start' && command.session === session);

/** What has become of it can only be known by its events. */
export const isWanted = (draft: Draft, held: Held): boolean =>
  isWatched(draft, held) ||
  openTurns(held).length > 0 ||
  [...draft.state.words.values()].some(({command, phase}) => command.session === held.page && phase !== 'waiting');

export function readEventsOf(draft: Draft, held: Held): void {
  draft.change(held.row.id, {read: 'asked'});
  draft.ask({ask: 'events', session: held.row.id});
}

export function eventsAnswered(draft: Draft, session: string, {status, body}: Answer): void {
  const held = draft.held(session);
  if (!held) return;
  if (status !== 200) {
    if (status !== 404) return;
    draft.change(session, {read: 'no'});
    if (isWatched(draft, held)) draft.tell({type: 'session-missing', session: held.page});
    return;
  }
  const now: Held = {...held, log: read(held.log, readEvents(body)), read: 'yes'};
  draft.hold({...now, ends: endsOfLoaded(now, draft.state)});
}
