import type {Draft} from './draft.ts';
import {heard} from './log.ts';
import {endTurn} from './ends.ts';
import {openTurns} from './shown.ts';
import {newHeld, pageIdFor, type Held} from './state.ts';
import {isWatched, readEventsOf} from './watching.ts';
import type {Row} from './wire.ts';

/** More removed sessions than these are forgotten again. */
const TOMBSTONES = 1000;

export function updateRow(draft: Draft, row: Row, isNew: boolean): void {
  const before = draft.held(row.id)?.row;
  const held = putRow(draft, row, isNew);
  // "stopped" ends a turn when it is news; it is said again and again of a session that was stopped and goes on.
  if (!before || row.status !== 'stopped' || before.status === 'stopped') return;
  const open = openTurns(held);
  // Its job has said so before.
  if (held.isStopAhead) return draft.change(row.id, {isStopAhead: false});
  const [only, second] = open;
  if (!second) return only && endTurn(draft, held, only.id, {outcome: 'stopped'});
  // Of several it is any of them, also where this page has asked for one to be stopped: their jobs tell, where they are known.
  for (const {asked = ''} of open) {
    const job = held.jobs.get(asked);
    if (job !== undefined) draft.ask({ask: 'job', job});
  }
  draft.askOnce({ask: 'jobs'});
  draft.change(row.id, {stoppedOf: open.map(({id}) => id)});
}

/** A row is new or has changed. */
export function putRow(draft: Draft, row: Row, isNew = false): Held {
  const known = draft.held(row.id);
  if (known) {
    const held = {...known, row};
    draft.hold(held);
    return held;
  }
  const page = pageIdFor(row, draft.state);
  // All that happens in it from now on is heard.
  let held: Held = {...newHeld(row, page), read: isNew ? 'yes' : 'no'};
  const {orphans, ids} = draft.state;
  for (const each of orphans.get(row.id) ?? []) held = {...held, log: heard(held.log, each)};
  // Whoever has the server's id, from an address or another program, means the same.
  if (page !== row.id) draft.tell({type: 'session-alias', alias: row.id, session: page});
  draft.set({ids: new Map(ids).set(page, row.id), orphans: new Map([...orphans].filter(([id]) => id !== row.id))});
  draft.hold(held);
  for (const other of draft.state.sessions.values()) if (other.row.parent === row.name) draft.touched.add(other.row.id);
  if (draft.state.isOpen && !isNew && isWatched(draft, held)) readEventsOf(draft, held);
  return draft.held(row.id) ?? held;
}

/** The server has deleted a session. What is said of it later is not heard. */
export function remove(draft: Draft, session: string): void {
  const {sessions, ids, removed, orphans} = draft.state;
  const held = sessions.get(session);
  const tombstones = [...removed, session].slice(-TOMBSTONES);
  draft.set({
    removed: new Set(tombstones),
    sessions: new Map([...sessions].filter(([id]) => id !== session)),
    ids: new Map([...ids].filter(([, id]) => id !== session)),
    orphans: new Map([...orphans].filter(([id]) => id !== session)),
  });
  if (!held) return;
  for (const child of draft.state.sessions.values()) {
    if (child.row.parent === held.row.name) draft.touched.add(child.row.id);
  }
  draft.tell({type: 'session-removed', session: held.page});
  if (isWatched(draft, held)) draft.tell({type: 'session-missing', session: held.page});
  for (const {id, op, session: of} of draft.state.commands) {
    if (of !== held.page && of !== session) continue;
    if (op === 'start' || op === 'send') draft.reject(id, 'not-found', 'The session was deleted.');
    else draft.settle(id);
  }
}
