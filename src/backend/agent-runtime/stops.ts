import type {Command} from '../../model/commands.ts';
import type {Draft} from './draft.ts';
import {endTurn} from './ends.ts';
import {jobsLike} from './same-job.ts';
import {openTurns} from './shown.ts';
import {isActiveJob, type Answer, type Held, type Stop, type Words} from './state.ts';
import {FIRST_TURN} from './turns.ts';
import {readDetail, readField} from './wire.ts';
import {cancelled, codeOf, takeBack} from './words.ts';

/** The server kills after 5 s what does not stop by itself. */
const TIME_TO_STOP = 10_000;

export function acceptStops(draft: Draft, commands: readonly Command[]): void {
  const {stops, over, words} = draft.state;
  const next = new Map<string, Stop>();
  for (const command of commands) {
    if (command.op !== 'stop' || over.has(command.id)) continue;
    const waiting = [...words.values()].flatMap(({command: {id, session}, phase}) =>
      session === command.session && phase === 'waiting' ? [id] : [],
    );
    next.set(command.id, stops.get(command.id) ?? {command, phase: 'new', askedSession: false, waiting});
  }
  draft.set({stops: next});
}

/** Goes on with each stop as far as what is known allows. */
export function advanceStops(draft: Draft): void {
  if (!draft.state.isOpen) return;
  for (const stop of [...draft.state.stops.values()]) {
    const {of} = stop.command;
    const words = of === undefined ? undefined : draft.state.words.get(of);
    if (words && isNameless(draft, words)) stopTurn(draft, {...stop, command: {...stop.command, turn: FIRST_TURN}});
    else if (words) stopWords(draft, stop, words);
    else stopTurn(draft, stop);
  }
}

/** A start whose job is not known is the first turn of its session, if that is there. */
const isNameless = (draft: Draft, {command, phase, job}: Words): boolean =>
  command.op === 'start' && phase === 'posted' && job === undefined && draft.find(command.session) !== undefined;

/** Before the turn has begun there is only its job. */
function stopWords(draft: Draft, stop: Stop, {command, phase, job}: Words): void {
  if (phase === 'waiting') takeBack(draft, command.id, stop.command.id);
  else if (phase === 'posted' && job && stop.phase === 'new') askJob(draft, stop, job);
}

function stopTurn(draft: Draft, stop: Stop): void {
  const held = draft.find(stop.command.session);
  const target = held && turnOf(held, stop);
  if (!held || target === undefined) return draft.settle(stop.command.id);
  if (target.startsWith('job:')) {
    const id = target.slice('job:'.length);
    const job = draft.state.jobs?.find((each) => each.id === id);
    if (!job || !isActiveJob(job)) over(draft, stop, held);
    else if (stop.phase === 'new') askJob(draft, stop, id);
    return;
  }
  if (!openTurns(held).some(({id}) => id === target) && !(target === FIRST_TURN && isUnheard(held))) {
    return over(draft, stop, held);
  }
  if (stop.phase !== 'new') return;
  if (openTurns(held).length > 1) {
    // One of them may have ended; the server stops some job of the session, if it stops any.
    draft.stop({...stop, phase: 'jobs'});
    return draft.askOnce({ask: 'jobs'});
  }
  draft.stop({...stop, phase: 'asked', askedSession: true});
  draft.ask({ask: 'stop-session', command: stop.command.id, session: held.row.id});
}

/** The turn that is meant, though its id may not be known to who asked. */
function turnOf(held: Held, {command: {turn, of}}: Stop): string | undefined {
  if (turn !== undefined) return turn;
  const key = [...held.mine].find(([, {command}]) => command === of)?.[0];
  return held.turns.find(({asked}) => asked !== undefined && asked === key)?.id;
}

/** Its row says that it runs, and nothing has been heard of it. */
const isUnheard = ({row, turns}: Held): boolean =>
  turns.length === 0 && (row.status === 'running' || row.status === 'stopping');

/** The turn has ended. What waited while it ran is not sent unless the person says so, or says something else. */
function over(draft: Draft, stop: Stop, held: Held): void {
  draft.settle(stop.command.id);
  const end = held.ends.get(stop.command.turn ?? '') ?? [...held.ends.values()].at(-1);
  const waiting = [...draft.state.words.values()].filter(
    ({command, phase}) => command.session === held.page && phase === 'waiting',
  );
  const isLast = waiting.every(({command}) => stop.waiting.includes(command.id));
  if (end?.outcome !== 'stopped' || !isLast) return;
  for (const {command} of waiting) draft.changeWords(command.id, {isPaused: true});
}

/** The job of a turn: of this page's messages it is known, of others it can be told if there is no other. */
export function jobOfTurn(draft: Draft, held: Held, turn: string): string | undefined {
  const {asked, prompt} = held.turns.find(({id}) => id === turn) ?? {};
  const own = asked === undefined ? undefined : held.jobs.get(asked);
  const named = (draft.state.jobs ?? []).filter(({name}) => name === held.row.name);
  // Where one of several turns has ended, it may be this one: what is left at work is what is meant.
  const isOver = openTurns(held).length > 1 && named.some((job) => job.id === own && !isActiveJob(job));
  if (own && !isOver) return own;
  const active = named.filter(isActiveJob);
  const alike = jobsLike(active, prompt);
  const [only, second] = alike.length > 0 ? alike : active;
  return second ? undefined : only?.id;
}

function askJob(draft: Draft, stop: Stop, job: string): void {
  draft.stop({...stop, phase: 'asked'});
  draft.ask({ask: 'stop-job', command: stop.command.id, job});
}

/** The answer of `POST /sessions/{id}/stop`, which says 200 also when it has done nothing. */
export function sessionStopAnswered(draft: Draft, command: string, {status, body}: Answer): void {
  const stop = draft.state.stops.get(command);
  const held = stop && draft.find(stop.command.session);
  if (!stop || !held) return;
  if (status === 0 || status >= 300) return refused(draft, stop, {status, body});
  const said = readField(body, 'status');
  if (said === 'stopping') return stopping(draft, stop);
  if (/^Session already/.test(readField(body, 'message') ?? '')) {
    if (turnOf(held, stop) !== FIRST_TURN) return byJob(draft, stop, held);
    // Of a first turn that is the truth, and its job must not be touched: stopped now, it would be called "stopped".
    draft.change(held.row.id, {row: {...held.row, status: said ?? held.row.status}});
    return draft.ask({ask: 'events', session: held.row.id});
  }
  // There was no job to be stopped: the row says "stopped" now.
  stopped(draft, held, stop);
}

function stopped(draft: Draft, held: Held, stop: Stop): void {
  const turn = turnOf(held, stop);
  if (turn !== undefined) endTurn(draft, held, turn, {outcome: 'stopped'});
}

/** The session says that it is over, and a turn of it is open: only its job can be stopped. */
function byJob(draft: Draft, stop: Stop, held: Held): void {
  const target = turnOf(held, stop);
  const job = target === undefined ? undefined : jobOfTurn(draft, held, target);
  if (job) return askJob(draft, stop, job);
  draft.stop({...stop, phase: 'jobs'});
  draft.askOnce({ask: 'jobs'});
}

/** The jobs have been read for stops that could not go on without. */
export function stopsFromJobs(draft: Draft): void {
  for (const stop of [...draft.state.stops.values()]) {
    const held = draft.find(stop.command.session);
    const target = held && turnOf(held, stop);
    if (stop.phase !== 'jobs' || !held || target === undefined) continue;
    const job = jobOfTurn(draft, held, target);
    if (job) askJob(draft, stop, job);
    else {
      const message =
        'It was not stopped: the server says that the session is over already, and names no job that could be stopped. Whether the agent still works is unknown.';
      draft.reject(stop.command.id, 'not-stopped', message);
    }
  }
}

export function jobStopAnswered(draft: Draft, command: string, job: string, {status, body}: Answer): void {
  const stop = draft.state.stops.get(command);
  if (!stop) return;
  const held = draft.find(stop.command.session);
  if (status === 404 && held && !stop.askedSession) {
    // The server has forgotten its jobs; the session can still be marked.
    draft.stop({...stop, phase: 'asked', askedSession: true});
    draft.ask({ask: 'stop-session', command, session: held.row.id});
  } else if (status === 400 && /STOPPING/i.test(readDetail(body) ?? '')) stopping(draft, stop);
  else if (status === 400 || status === 404) {
    // It is over; how, its job may know, and what it said before that may not have been heard.
    draft.ask({ask: 'job', job});
    draft.settle(command);
  } else if (status === 0 || status >= 300) refused(draft, stop, {status, body});
  else if (readField(body, 'status') === 'stopped') {
    const words = [...draft.state.words.values()].find((each) => each.job === job);
    if (words) cancelled(draft, words.command.id);
    else if (held) stopped(draft, held, stop);
  } else stopping(draft, stop);
}

function stopping(draft: Draft, stop: Stop): void {
  draft.stop({...stop, phase: 'stopping'});
  draft.tell({type: 'acked', command: stop.command.id});
  draft.ask({ask: 'remind', command: stop.command.id, ms: TIME_TO_STOP});
}

export function reminded(draft: Draft, command: string): void {
  if (draft.state.stops.get(command)?.phase !== 'stopping') return;
  draft.reject(command, 'timeout', 'The server was asked to stop the agent, and has not said that it has.');
}

function refused(draft: Draft, stop: Stop, {status, body}: Answer): void {
  const message = status === 0 ? 'The server did not answer.' : (readDetail(body) ?? `The server answered ${status}.`);
  draft.reject(stop.command.id, status === 0 ? 'unreachable' : codeOf(status), `It was not stopped: ${message}`);
}
