import type {Session} from '../../model/session.ts';
import {claim} from './claims.ts';
import type {Draft} from './draft.ts';
import {difference, renumber, whole} from './numbering.ts';
import {SEPARATOR} from './same-job.ts';
import {byName, sessionOf} from './shown.ts';
import type {Held} from './state.ts';
import {tell, type Facts} from './telling.ts';

/** Whatever has been touched is told anew from its facts; the page gets what differs. */
export function retell(draft: Draft): void {
  for (const session of draft.touched) {
    const held = draft.held(session);
    if (!held) continue;
    claim(draft, held);
    const now = draft.held(session) ?? held;
    const {events, turns} = tell(facts(draft, now));
    draft.change(session, {turns});
    if (isShown(draft, now)) tellThread(draft, now, events);
  }
  // A session's copy depends on its turns, and they are all known by now.
  for (const session of draft.touched) tellSession(draft, session);
}

const isShown = ({state}: Draft, held: Held): boolean =>
  state.isOpen && held.read === 'yes' && (state.watched.includes(held.page) || state.watched.includes(held.row.id));

function tellThread(draft: Draft, held: Held, events: Parameters<typeof renumber>[1]): void {
  const {page, told, isLive} = held;
  const after = renumber(told, events);
  if (isLive) draft.tell(...difference(page, told, after));
  else draft.tell(...whole(page, after), {type: 'thread-live', session: page, live: true});
  draft.change(held.row.id, {told: after, isLive: true});
}

export function tellSession(draft: Draft, session: string): void {
  const held = draft.held(session);
  if (!held) return;
  const copy = sessionOf(held, draft.state);
  if (held.shown && sameCopy(held.shown, copy)) return;
  const rev = draft.state.rev + 1;
  draft.set({rev});
  const shown = {...copy, rev};
  draft.change(session, {shown});
  if (draft.state.isOpen) draft.tell({type: 'session', session: shown});
}

const sameCopy = (a: Session, b: Session): boolean => JSON.stringify({...a, rev: 0}) === JSON.stringify({...b, rev: 0});

function facts({state}: Draft, held: Held): Facts {
  const {row, log, read, ends, lost, mine, page} = held;
  const queued = [...state.words.values()].filter(
    ({command, phase}) => command.session === page && command.op === 'send' && phase === 'waiting',
  );
  const agent = state.blueprints.find(({name}) => name === row.agent);
  const job = state.jobs?.find(({name, prompt}) => name === row.name && !!prompt);
  return {
    row,
    log,
    isRead: read === 'yes',
    ends,
    lost,
    mine,
    queued: queued.map(({command: {id, text}}) => ({command: id, text})),
    sessionOf: (name) => byName(state, name)?.page,
    // A system prompt may have a line of dashes in it; only what is known to be one, or to be none, is cut off.
    written: (sent) => {
      if (job && sent.endsWith(SEPARATOR + job.prompt)) return job.prompt;
      const prefix = agent?.prompt === undefined ? undefined : agent.prompt + SEPARATOR;
      return prefix !== undefined && sent.startsWith(prefix) ? sent.slice(prefix.length) : sent;
    },
  };
}
