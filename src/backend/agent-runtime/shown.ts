import type {Session, SessionStatus} from '../../model/session.ts';
import {compareTimes} from './identity.ts';
import {titleOf} from './names.ts';
import {isActiveJob, type Held, type State} from './state.ts';
import {FIRST_TURN, type Turn} from './turns.ts';
import type {Job} from './wire.ts';

/** An agent that every server has: none. No agent of the server can have this name. */
export const NO_AGENT = '(none)';

/**
 * What is shown of a session: the server's row, and on top of it the turns that have begun, because the row says
 * "finished" all through a resumed turn.
 */
export function sessionOf(held: Held, state: State): Session {
  const {row, page, shown} = held;
  const parent = row.parent === undefined ? undefined : byName(state, row.parent)?.page;
  const words = [...state.words.values()].filter(({command}) => command.session === page);
  const queued = words.filter(({phase, command}) => phase === 'waiting' && command.op === 'send').length;
  const {status, turn, error} = activity(held, state);
  return {
    id: page,
    rev: shown?.rev ?? 0,
    title: titleOf(row.name),
    status,
    agent: row.agent ?? NO_AGENT,
    ...(parent && {parent}),
    ...(turn && {turn}),
    ...(queued && {queued}),
    created: row.created,
    updated: updated(held),
    ...(row.folder && {cwd: row.folder}),
    ...(error && {error: {code: 'failed', message: error}}),
  };
}

export const byName = (state: State, name: string): Held | undefined => {
  // A name is not unique; the newest is the one that a message to it would reach.
  const all = [...state.sessions.values()].filter(({row}) => row.name === name);
  return all.sort((a, b) => compareTimes(b.row.created, a.row.created))[0];
};

/** Turns that are open, as far as anybody knows. */
export const openTurns = ({turns, ends}: Held): readonly Turn[] => turns.filter(({id, open}) => open && !ends.has(id));

/** A job of the session that is at work although no turn of it is known: it began before this page listened. */
export const unheardJob = (held: Held, {jobs = []}: State): Job | undefined =>
  held.read === 'yes' ? undefined : jobs.find((job) => job.name === held.row.name && isActiveJob(job));

/** Whether something that is posted now would run at the same time as something else. */
export function isBusy(held: Held, state: State): boolean {
  const posted = [...state.words.values()].some(
    ({command, phase}) => command.session === held.page && phase !== 'waiting',
  );
  return posted || ['running', 'pending', 'stopping'].includes(activity(held, state).status);
}

interface Activity {
  readonly status: SessionStatus;
  readonly turn?: string;
  readonly error?: string;
}

function activity(held: Held, state: State): Activity {
  const {row, turns, ends, lost} = held;
  const open = openTurns(held);
  const newest = open.at(-1);
  if (newest) {
    if (row.status === 'stopping') return {status: 'stopping', turn: newest.id};
    const works = open.some(({id}) => !lost.has(id));
    return {status: works ? 'running' : 'unknown', turn: newest.id};
  }
  const job = unheardJob(held, state);
  if (job) return {status: job.status === 'pending' ? 'pending' : 'running', turn: `job:${job.id}`};
  const requested = [...state.words.values()].some(
    ({command, phase}) => command.session === held.page && phase === 'posted',
  );
  if (requested) return {status: 'pending'};
  const last = turns.at(-1);
  const end = last && ends.get(last.id);
  // An event has told of another end since.
  if (end && (last.open || !last.outlived)) {
    if (end.outcome === 'failed') return {status: 'failed', ...(end.message && {error: end.message})};
    return {status: end.outcome};
  }
  return fromRow(held, state);
}

/** Only a first turn ever makes the row "running". */
function fromRow({row, turns, read}: Held, {jobs}: State): Activity {
  switch (row.status) {
    case 'finished':
    case 'stopped':
      return {status: row.status};
    case 'stopping':
      return turns.length > 0 ? {status: 'stopping'} : {status: 'stopping', turn: FIRST_TURN};
    case 'running':
      if (turns.length > 0) return {status: 'finished'};
      // A crash leaves the row as it is.
      return jobs && read === 'no' ? crashed(row.name, jobs) : {status: 'running', turn: FIRST_TURN};
    default:
      return {status: 'unknown'};
  }
}

function crashed(name: string, jobs: readonly Job[]): Activity {
  const failed = jobs.findLast((job) => job.name === name && job.status === 'failed');
  if (!failed) return {status: 'unknown', turn: FIRST_TURN};
  return {status: 'failed', error: failed.error ?? 'The agent failed.'};
}

/** Of the last turn that is known to have begun or ended. */
function updated({row, log}: Held): string {
  const event = log.events.findLast(({type, role}) => type.startsWith('session_') || role === 'user');
  const times = [row.created, row.resumed, event?.time].filter((time) => time !== undefined);
  return times.sort(compareTimes).at(-1) ?? row.created;
}
