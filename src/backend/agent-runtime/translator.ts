import type {Command} from '../../model/commands.ts';
import type {Agent, Input} from '../../model/inputs.ts';
import {Draft} from './draft.ts';
import {check, jobAnswered, jobsAnswered, launchersAnswered} from './jobs.ts';
import {endsOfLoaded} from './loaded.ts';
import {deafened, heard, read, trimmed} from './log.ts';
import {retell} from './retell.ts';
import {isBusy, NO_AGENT, openTurns} from './shown.ts';
import {
  isActiveJob,
  newHeld,
  pageIdFor,
  type Answer,
  type Ask,
  type Held,
  type News,
  type State,
  type Translation,
} from './state.ts';
import {
  acceptStops,
  advanceStops,
  endTurn,
  jobStopAnswered,
  reminded,
  sessionStopAnswered,
  stopsFromJobs,
} from './stops.ts';
import {readDetail, readEvents, readRow, type Blueprint, type Frame, type RawEvent, type Row} from './wire.ts';
import {acceptWords, codeOf, postWords, resolveDoubts, takeBack, wordsAnswered} from './words.ts';

/** What this server can do, or what this side can do for it: it is here that messages wait for the open turn to end. */
export const CAPABILITIES: readonly string[] = ['delete', 'queue', 'unqueue', 'continue', 'children'];

/** More removed sessions than these are forgotten again. */
const TOMBSTONES = 1000;

/**
 * The whole meaning of the server's protocol: a state and a piece of news make the next state, what the page is told,
 * and what the server is asked. It knows no clock and no network, so that it can be played from a recording.
 */
export function translate(state: State, news: News): Translation {
  const draft = new Draft(state);
  receive(draft, news);
  // What is found out may let something else go on: a turn ends, and the message behind it can be posted.
  for (let before; before !== draft.state;) {
    before = draft.state;
    retell(draft);
    draft.touched.clear();
    settleClaimed(draft);
    advanceStops(draft);
    postWords(draft);
    deleteSessions(draft);
  }
  return draft.translation;
}

function receive(draft: Draft, news: News): void {
  switch (news.type) {
    case 'opened':
      return opened(draft, news);
    case 'frame':
      return frame(draft, news.frame);
    case 'lost':
      return lost(draft);
    case 'watch':
      return watch(draft, news.sessions);
    case 'deliver':
      return deliver(draft, news.commands);
    case 'answer':
      return answered(draft, news.ask, news.answer);
    case 'check':
      return check(draft);
  }
}

// ---- connection -------------------------------------------------------------------------------------------------------

/** `init` is the snapshot, and whatever comes after it on this connection is newer. */
function opened(draft: Draft, {rows, blueprints, jobs}: Extract<News, {type: 'opened'}>): void {
  const {sessions: before, jobs: _, ...rest} = draft.state;
  const named = new Set(rows.map(({id}) => id));
  const sessions = new Map([...before].filter(([id]) => named.has(id)));
  const ids = new Map([...sessions.values()].map(({page, row}) => [page, row.id]));
  draft.state = {...rest, ...(jobs && {jobs}), isOpen: true, sessions, ids, blueprints, removed: new Set()};
  for (const row of [...rows].reverse()) putRow(draft, row);
  const isConfused = [...draft.state.words.values()].some(({phase}) => phase === 'doubt');
  if (isConfused) resolveDoubts(draft, jobs, true);
  draft.tell({type: 'connection', status: 'open'}, welcome(blueprints));
  // Told with what is known by then: the turns of open sessions come with their events.
  draft.set({isOpen: false});
  retell(draft);
  draft.touched.clear();
  const shown = [...draft.state.sessions.values()].flatMap((held) => held.shown ?? []);
  draft.tell({type: 'sessions', sessions: shown, keep: []}, {type: 'list-live', live: true});
  draft.set({isOpen: true, wasOpen: true});
  for (const held of draft.state.sessions.values()) if (isWanted(draft, held)) readEventsOf(draft, held);
  const gone = draft.state.watched.filter((id) => !draft.find(id) && !isStarting(draft, id));
  for (const session of gone) draft.tell({type: 'session-missing', session});
}

const welcome = (blueprints: readonly Blueprint[]): Input => ({
  type: 'welcome',
  agents: agentsOf(blueprints),
  capabilities: CAPABILITIES,
  // The numbers are this side's own, and go on.
  reset: false,
});

const agentsOf = (blueprints: readonly Blueprint[]): readonly Agent[] => [
  {id: NO_AGENT, title: 'Generic Agent'},
  ...blueprints.flatMap(({name, description, active}) =>
    active ? [{id: name, title: name, ...(description && {description})}] : [],
  ),
];

/** What has become of it can only be known by its events. */
const isWanted = (draft: Draft, held: Held): boolean =>
  isWatched(draft, held) ||
  openTurns(held).length > 0 ||
  [...draft.state.words.values()].some(({command, phase}) => command.session === held.page && phase !== 'waiting');

const isWatched = ({state}: Draft, {page, row}: Held): boolean =>
  state.watched.includes(page) || state.watched.includes(row.id);

const isStarting = ({state}: Draft, session: string): boolean =>
  [...state.words.values()].some(({command}) => command.op === 'start' && command.session === session);

function readEventsOf(draft: Draft, held: Held): void {
  draft.change(held.row.id, {read: 'asked'});
  draft.ask({ask: 'events', session: held.row.id});
}

function lost(draft: Draft): void {
  const live = [...draft.state.sessions.values()].filter(({isLive}) => isLive);
  draft.tell(
    ...(draft.state.isOpen ? [{type: 'list-live', live: false} as const] : []),
    ...live.map(({page}) => ({type: 'thread-live', session: page, live: false}) as const),
  );
  const sessions = [...draft.state.sessions].map(([id, held]): [string, Held] => [
    id,
    {...held, log: deafened(held.log), read: 'no', isLive: false},
  ]);
  const words = [...draft.state.words].map(
    ([id, each]) => [id, each.phase === 'posting' ? {...each, phase: 'doubt' as const} : each] as const,
  );
  const stops = [...draft.state.stops].map(
    ([id, stop]) => [id, {...stop, phase: 'new' as const, askedSession: false}] as const,
  );
  draft.set({
    isOpen: false,
    sessions: new Map(sessions),
    words: new Map(words),
    stops: new Map(stops),
    deletes: new Map(),
  });
}

// ---- frames -----------------------------------------------------------------------------------------------------------

function frame(draft: Draft, news: Frame): void {
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

function updateRow(draft: Draft, row: Row, isNew: boolean): void {
  const before = draft.held(row.id)?.row;
  const held = putRow(draft, row, isNew);
  // "stopped" ends a turn when it is news; it is said again and again of a session that was stopped and goes on.
  if (!before || row.status !== 'stopped' || before.status === 'stopped') return;
  const open = openTurns(held);
  const meant = [...draft.state.stops.values()].find(
    ({command, phase}) => phase !== 'new' && command.session === held.page && open.some(({id}) => id === command.turn),
  )?.command.turn;
  if (open.length === 1 || meant) endTurn(draft, held, meant ?? open[0]?.id);
  else if (open.length > 1) draft.askOnce({ask: 'jobs'});
}

/** A row is new or has changed. */
function putRow(draft: Draft, row: Row, isNew = false): Held {
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
  draft.change(session, {log, lost: new Set(), doubts: new Map(), ...again});
}

/** Its job is over, though the server says for another second that it runs. */
function forgetJob(draft: Draft, {row}: Held): void {
  const {jobs} = draft.state;
  const active = jobs?.filter((job) => job.name === row.name && isActiveJob(job)) ?? [];
  if (jobs && active.length === 1) draft.set({jobs: jobs.filter((job) => job !== active[0])});
}

function remove(draft: Draft, session: string): void {
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

// ---- the page ---------------------------------------------------------------------------------------------------------

function watch(draft: Draft, watched: readonly string[]): void {
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

function deliver(draft: Draft, commands: readonly Command[]): void {
  const named = new Set(commands.map(({id}) => id));
  const over = [...draft.state.over].filter((id) => named.has(id));
  const claimed = draft.state.claimed.filter((id) => named.has(id));
  draft.set({commands, over: new Set(over), claimed});
  acceptStops(draft, commands);
  acceptWords(draft, commands);
  if (!draft.state.isOpen) return;
  for (const command of commands) {
    if (draft.state.over.has(command.id)) continue;
    if (command.op === 'unqueue') unqueue(draft, command.id, command.queued);
    else if (command.op === 'continue') goOn(draft, command.id, command.session);
    else if (!['start', 'send', 'stop', 'delete'].includes(command.op)) {
      draft.reject(command.id, 'unsupported', 'This server cannot do that.');
    }
  }
}

function unqueue(draft: Draft, command: string, queued: string): void {
  if (draft.state.words.get(queued)?.phase === 'waiting') return takeBack(draft, queued, command);
  draft.tell({type: 'acked', command, result: 'began'});
  draft.settle(command);
}

function goOn(draft: Draft, command: string, session: string): void {
  for (const words of draft.state.words.values()) {
    if (words.command.session === session) draft.changeWords(words.command.id, {isPaused: false});
  }
  draft.settle(command);
}

function deleteSessions(draft: Draft): void {
  if (!draft.state.isOpen) return;
  for (const {id, op, session} of draft.state.commands) {
    if (op !== 'delete' || draft.state.over.has(id) || draft.state.deletes.has(id)) continue;
    const held = draft.find(session);
    if (!held) {
      draft.settle(id);
      continue;
    }
    // What runs would go on, and nobody would see it any more.
    const works = isBusy(held, draft.state);
    draft.set({deletes: new Map(draft.state.deletes).set(id, works ? 'stopping' : 'deleting')});
    draft.ask({ask: works ? 'stop-session' : 'delete', command: id, session: held.row.id});
  }
}

function settleClaimed(draft: Draft): void {
  const {claimed, over} = draft.state;
  for (const command of claimed) {
    const session = draft.state.commands.find(({id}) => id === command)?.session;
    const held = session === undefined ? undefined : draft.find(session);
    const isTold = !held || held.read === 'yes' || !isWatched(draft, held);
    if (isTold && !over.has(command)) draft.settle(command);
  }
}

// ---- answers ----------------------------------------------------------------------------------------------------------

function answered(draft: Draft, ask: Ask, answer: Answer): void {
  switch (ask.ask) {
    case 'events':
      return eventsAnswered(draft, ask.session, answer);
    case 'row': {
      const row = answer.status === 200 ? readRow((answer.body as {session?: unknown} | null)?.session) : undefined;
      const orphans = new Map(draft.state.orphans);
      if (row && !draft.held(row.id) && !draft.state.removed.has(row.id)) putRow(draft, row);
      else if (orphans.delete(ask.session)) draft.set({orphans});
      return;
    }
    case 'jobs': {
      const jobs = jobsAnswered(draft, answer);
      resolveDoubts(draft, jobs, answer.status !== 0);
      retell(draft);
      return stopsFromJobs(draft);
    }
    case 'job':
      return jobAnswered(draft, ask.job, answer);
    case 'launchers':
      return launchersAnswered(draft, answer);
    case 'post':
      return wordsAnswered(draft, ask.command, answer);
    case 'stop-session':
      if (draft.state.deletes.get(ask.command) !== 'stopping') return sessionStopAnswered(draft, ask.command, answer);
      draft.set({deletes: new Map(draft.state.deletes).set(ask.command, 'deleting')});
      return draft.ask({ask: 'delete', command: ask.command, session: ask.session});
    case 'stop-job':
      return jobStopAnswered(draft, ask.command, ask.job, answer);
    case 'delete':
      return deleteAnswered(draft, ask.command, ask.session, answer);
    case 'remind':
      return reminded(draft, ask.command);
  }
}

function eventsAnswered(draft: Draft, session: string, {status, body}: Answer): void {
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

function deleteAnswered(draft: Draft, command: string, session: string, {status, body}: Answer): void {
  if (status === 200 || status === 404) {
    remove(draft, session);
    draft.settle(command);
  } else if (status > 0) {
    draft.reject(command, codeOf(status), readDetail(body) ?? `The server answered ${status}.`);
  } else draft.reject(command, 'unreachable', 'The server did not answer: whether the session is deleted is unknown.');
}
