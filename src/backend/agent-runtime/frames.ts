import type {Draft} from './draft.ts';
import {heard, trimmed} from './log.ts';
import {putRow, remove, updateRow} from './rows.ts';
import {ENDED, isActiveJob, type Answer, type Held} from './state.ts';
import {isWatched} from './watching.ts';
import {readRow, type Frame, type RawEvent} from './wire.ts';

/** What comes after the first frame. */
export function frame(draft: Draft, news: Frame): void {
  switch (news.type) {
    case 'row':
      if (!draft.state.removed.has(news.row.id)) updateRow(draft, news.row, news.isNew);
      return;
    case 'deleted':
      return remove(draft, news.session);
    case 'event':
      return event(draft, news.event);
    case 'unreadable':
      return draft.problem('unreadable', `A part of what the server sent could not be read (${news.problem}).`);
  }
}

function event(draft: Draft, news: RawEvent): void {
  const {session} = news;
  if (draft.state.removed.has(session)) return;
  const held = draft.held(session);
  if (!held) {
    // Events make no session: the server is asked what it is.
    const orphans = new Map(draft.state.orphans);
    const waiting = orphans.get(session) ?? [];
    if (waiting.length === 0) draft.ask({ask: 'row', session});
    draft.set({orphans: orphans.set(session, [...waiting, news])});
    return;
  }
  if (news.type === 'session_stop') forgetJob(draft, held);
  const whole = heard(held.log, news);
  const log = isWatched(draft, held) ? whole : trimmed(whole);
  // What was dropped has to be read again, as far as the server tells it.
  const again = log === whole ? {} : ({read: 'no'} as const);
  const alive = aliveAfterAll(held, news);
  const ends = alive === undefined ? held.ends : new Map([...held.ends].filter(([turn]) => turn !== alive));
  draft.change(session, {log, ends, lost: new Set(), doubts: new Map(), ...again});
}

/** A turn that seemed to be over, and that began on this connection, or that says what no other turn can have said. */
function aliveAfterAll({turns, ends}: Held, {type, role, key}: RawEvent): string | undefined {
  const guessed = turns.filter(({id}) => ends.get(id)?.isGuess);
  const began = guessed.find(({id, asked}) => id === key || asked === key);
  if (began || type === 'session_start' || role === 'user') return began?.id;
  const [only, second] = guessed;
  const others = turns.filter(({id, open, asked}) => open && !ends.has(id) && asked !== undefined);
  return second || others.length > 0 ? undefined : only?.id;
}

/** Its job is over, though the server says for another second that it runs. */
function forgetJob(draft: Draft, {row}: Held): void {
  const {jobs} = draft.state;
  const active = jobs?.filter((job) => job.name === row.name && isActiveJob(job)) ?? [];
  if (!jobs || active.length !== 1) return;
  // What it was made of is still known: it tells whose a message is.
  draft.set({jobs: jobs.map((job) => (job === active[0] ? {...job, status: ENDED} : job))});
}

/** What the server says of a session of which only events were heard. */
export function rowAnswered(draft: Draft, session: string, {status, body}: Answer): void {
  const row = status === 200 ? readRow((body as {session?: unknown} | null)?.session) : undefined;
  const orphans = new Map(draft.state.orphans);
  if (row && !draft.held(row.id) && !draft.state.removed.has(row.id)) putRow(draft, row);
  else if (orphans.delete(session)) draft.set({orphans});
}
