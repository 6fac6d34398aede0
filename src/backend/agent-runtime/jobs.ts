import type {Draft} from './draft.ts';
import {endTurn} from './ends.ts';
import {asksJobs} from './loaded.ts';
import {lastStop} from './log.ts';
import {jobsLike} from './same-job.ts';
import {openTurns, unheardJob} from './shown.ts';
import {isActiveJob, type Answer, type Held, type State, type Words} from './state.ts';
import {readJob, readJobs, type Job} from './wire.ts';
import {cancelled, refuse, UNHEARD, UNSEEN} from './words.ts';

/** The server's word that a job is over is believed at the second time: its last frames may still be on their way. */
const PATIENCE = 2;

const NO_LAUNCHER =
  'No launcher is connected to the server: the message waits there until one is, or until it is stopped.';
const FORGOTTEN =
  'The server has forgotten this message, perhaps because it was restarted. Whether the agent has worked on it is unknown.';

/** Whether something may have gone wrong that no frame tells of. */
export const needsCheck = (state: State): boolean => {
  if ([...state.words.values()].some(({phase}) => phase === 'posted')) return true;
  const atWork = new Set(state.jobs?.filter(isActiveJob).map(({name}) => name));
  return [...state.sessions.values()].some(
    (held) => openTurns(held).some(isDoubtful(held)) || (held.read !== 'yes' && atWork.has(held.row.name)),
  );
};

const isDoubtful =
  ({lost}: Held) =>
  ({id}: {readonly id: string}): boolean =>
    !lost.has(id);

/** Asks for the jobs of all that is at work, or should be. */
export function check(draft: Draft): void {
  for (const words of draft.state.words.values()) {
    const {phase, job, silent, command} = words;
    if (phase !== 'posted') continue;
    if (silent === 1) draft.askOnce({ask: 'launchers'});
    draft.changeWords(command.id, {silent: silent + 1});
    if (job) draft.ask({ask: 'job', job});
    else if (command.op === 'start') startWithoutJob(draft, words);
  }
  for (const held of draft.state.sessions.values()) {
    for (const turn of openTurns(held).filter(isDoubtful(held))) {
      const own = turn.asked === undefined ? undefined : held.jobs.get(turn.asked);
      if (own) draft.ask({ask: 'job', job: own});
      else if (draft.state.jobs) draft.askOnce({ask: 'jobs'});
      else if (held.stoppedOf.includes(turn.id)) silence(draft, held.row.id, turn.id);
    }
    if (unheardJob(held, draft.state)) draft.askOnce({ask: 'jobs'});
  }
}

/** It or another was stopped, nobody can be asked which, and nothing is heard of either: it may be over. */
function silence(draft: Draft, session: string, turn: string): void {
  const held = draft.held(session);
  if (!held) return;
  const doubts = (held.doubts.get(turn) ?? 0) + 1;
  draft.change(session, {doubts: new Map(held.doubts).set(turn, doubts)});
  if (doubts >= PATIENCE) endTurn(draft, held, turn, {outcome: 'unknown', isGuess: true});
}

/** Its answer was lost, and what it has come to was known by the name of its session. */
function startWithoutJob(draft: Draft, words: Words): void {
  const {command, over} = words;
  const held = draft.find(command.session);
  // What runs may say them yet, and what is not read may have said them.
  if (held && (held.read !== 'yes' || isAtWork(held))) return;
  draft.changeWords(command.id, {over: over + 1});
  if (over + 1 >= PATIENCE) refuse(draft, words, 'unknown', UNHEARD);
  else if (held) readAgain(draft, held);
}

const isAtWork = ({row}: Held): boolean => row.status === 'running' || row.status === 'stopping';

export function jobAnswered(draft: Draft, id: string, {status, body}: Answer): void {
  const job = status === 200 ? readJob(body) : undefined;
  if (!job && status !== 404) return;
  const words = [...draft.state.words.values()].find((each) => each.job === id);
  if (words) return wordsJob(draft, words, job);
  for (const held of draft.state.sessions.values()) {
    for (const turn of openTurns(held)) {
      if (turn.asked !== undefined && held.jobs.get(turn.asked) === id) turnJob(draft, held, turn.id, job);
    }
  }
}

/** The turn of these words has not begun. */
function wordsJob(draft: Draft, words: Words, job: Job | undefined): void {
  const {command, over} = words;
  if (!job) return refuse(draft, words, 'unknown', FORGOTTEN);
  if (isActiveJob(job)) return;
  const held = draft.find(command.session);
  draft.changeWords(command.id, {over: over + 1});
  // What it has said before can be read by now; then the job is asked again.
  if (over + 1 < PATIENCE) return held && readAgain(draft, held);
  if (job.status === 'stopped') return cancelled(draft, command.id);
  if (job.status === 'failed')
    return refuse(draft, words, 'failed', `The agent could not begin: ${job.error ?? 'the server does not say why'}.`);
  // It has been worked on, unheard.
  if (held) draft.settle(command.id);
  else draft.reject(command.id, 'unknown', UNSEEN);
}

/** A turn was found that the list of jobs may be older than. */
export function askJobsOf(draft: Draft, session: string): void {
  const held = draft.held(session);
  if (held && asksJobs(held, draft.state)) draft.askOnce({ask: 'jobs'});
}

/** The events of a session have been read: of words that are not among them the job is asked again, if it was over. */
export function askAgain(draft: Draft, session: string): void {
  const page = draft.held(session)?.page;
  for (const {command, phase, job, over} of draft.state.words.values()) {
    if (command.session === page && phase === 'posted' && job && over > 0) draft.ask({ask: 'job', job});
  }
}

/** A turn is open of which the server says this. */
function turnJob(draft: Draft, held: Held, turn: string, job: Job | undefined): void {
  // Some turn was stopped, and of this one no job is left.
  if (!job && held.stoppedOf.includes(turn)) return endTurn(draft, held, turn, {outcome: 'unknown', isGuess: true});
  if (!job) return draft.change(held.row.id, {lost: new Set(held.lost).add(turn)});
  if (isActiveJob(job)) return;
  const doubts = (held.doubts.get(turn) ?? 0) + 1;
  draft.change(held.row.id, {doubts: new Map(held.doubts).set(turn, doubts)});
  if (job.status === 'failed')
    return endTurn(draft, held, turn, {outcome: 'failed', ...(job.error && {message: job.error})});
  if (job.status === 'stopped') return endTurn(draft, held, turn, {outcome: 'stopped'});
  if (doubts < PATIENCE) return;
  draft.ask({ask: 'events', session: held.row.id, over: turn});
}

/** The job of a turn is over, and all that it has said has been read: if ends are in the log that can be its own, one is. */
export function endOver(draft: Draft, session: string, turn: string): void {
  const held = draft.held(session);
  const open = held && openTurns(held).find(({id}) => id === turn);
  if (!held || !open) return;
  // Of a log that was cut the last end is not known to be the last there is.
  const told = open.outlived && !held.log.cutAfter ? lastStop(held.log) : undefined;
  endTurn(draft, held, turn, told === undefined ? {outcome: 'unknown'} : {outcome: 'finished', told});
}

function readAgain(draft: Draft, held: Held): void {
  draft.ask({ask: 'events', session: held.row.id});
}

/** A list that was asked for later has come before this one. */
export function isOvertaken(draft: Draft, nth = 0, {status}: Answer): boolean {
  if (nth < draft.state.jobsHeard) return true;
  if (status > 0) draft.set({jobsHeard: nth});
  return false;
}

/** What all jobs say of the turns whose own job is not known. Undefined: this server does not tell. */
export function jobsAnswered(
  draft: Draft,
  {status, body}: Answer,
  before: ReadonlyMap<string, Held> = new Map(),
): readonly Job[] | undefined {
  const jobs = status === 200 ? readJobs(body) : undefined;
  const {jobs: _, ...rest} = draft.state;
  if (jobs) draft.set({jobs});
  else if (status > 0) draft.state = rest;
  for (const held of draft.state.sessions.values()) {
    draft.touched.add(held.row.id);
    const asks = asksJobs(held, draft.state);
    const asked = held.log.events.filter(
      ({role, key}) => role === 'user' && (held.checked.has(key) || before.get(held.row.id)?.log.keys.has(key)),
    );
    // No answer is no word of the server.
    if (asked.length && status > 0) draft.change(held.row.id, {checked: new Set(asked.map(({key}) => key))});
    const now = draft.held(held.row.id);
    // What has been read is older than this list, so it is read again.
    if (asks && now && !asksJobs(now, draft.state)) readAgain(draft, held);
    else if (jobs)
      for (const {id, asked} of openTurns(held)) if (!held.jobs.has(asked ?? '')) foreign(draft, held.row.id, id, jobs);
  }
  return jobs;
}

function foreign(draft: Draft, session: string, turn: string, jobs: readonly Job[]): void {
  const held = draft.held(session);
  if (!held) return;
  const named = jobs.filter(({name}) => name === held.row.name);
  const {prompt} = held.turns.find(({id}) => id === turn) ?? {};
  const alike = jobsLike(named, prompt);
  if ((alike.length > 0 ? alike : named).some(isActiveJob)) {
    return draft.change(session, {doubts: new Map(held.doubts).set(turn, 0)});
  }
  turnJob(draft, held, turn, alike.at(-1));
}

export function launchersAnswered(draft: Draft, {status, body}: Answer): void {
  const launchers = (body as {launchers?: unknown} | null)?.launchers;
  if (status !== 200 || !Array.isArray(launchers)) return;
  const isOnline = launchers.some((each: unknown) => (each as {status?: unknown} | null)?.status === 'online');
  if (isOnline) return;
  for (const {command, phase} of draft.state.words.values()) {
    if (phase === 'posted') draft.problem('no-launcher', NO_LAUNCHER, command.session);
  }
}
