import type {Draft} from './draft.ts';
import {remove} from './rows.ts';
import {isBusy, openTurns} from './shown.ts';
import {isActiveJob, type Answer, type Deletion, type Held, type State} from './state.ts';
import {readDetail, readField} from './wire.ts';
import {codeOf} from './words.ts';

/** Begins each deletion that has not begun. */
export function deleteSessions(draft: Draft): void {
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
    put(draft, id, {phase: works ? 'session' : 'deleting', stopped: []});
    draft.ask({ask: works ? 'stop-session' : 'delete', command: id, session: held.row.id});
  }
}

const put = (draft: Draft, command: string, deletion: Deletion): void =>
  draft.set({deletes: new Map(draft.state.deletes).set(command, deletion)});

/** The session has stopped what it reaches: that is no resumed turn, and one of several. The jobs tell what else there is. */
export function sessionStoppedToDelete(draft: Draft, command: string, {body}: Answer): void {
  const job = readField(body, 'job_id');
  put(draft, command, {phase: 'list', stopped: job === undefined ? [] : [job]});
  if (draft.state.jobs) draft.askOnce({ask: 'jobs'});
  else stopNext(draft, command);
}

/** The jobs have been read. */
export function deletesFromJobs(draft: Draft): void {
  for (const [command, {phase}] of draft.state.deletes) if (phase === 'list') stopNext(draft, command);
}

/** One job after the other, as far as they are known; then the session goes. */
export function stopNext(draft: Draft, command: string): void {
  const stopped = draft.state.deletes.get(command)?.stopped ?? [];
  const session = draft.state.commands.find(({id}) => id === command)?.session;
  const held = session === undefined ? undefined : draft.find(session);
  if (!held) return draft.settle(command);
  const job = jobsAtWork(draft.state, held).find((id) => !stopped.includes(id));
  if (job === undefined) {
    put(draft, command, {phase: 'deleting', stopped});
    draft.ask({ask: 'delete', command, session: held.row.id});
  } else {
    put(draft, command, {phase: 'jobs', stopped: [...stopped, job]});
    draft.ask({ask: 'stop-job', command, job});
  }
}

const jobsAtWork = ({words, jobs = []}: State, held: Held): readonly string[] => [
  ...openTurns(held).flatMap(({asked}) => held.jobs.get(asked ?? '') ?? []),
  ...[...words.values()].flatMap(({command, job}) => (command.session === held.page && job) || []),
  ...jobs.filter((job) => job.name === held.row.name && isActiveJob(job)).map(({id}) => id),
];

export function deleteAnswered(draft: Draft, command: string, session: string, {status, body}: Answer): void {
  if (status === 200 || status === 404) {
    remove(draft, session);
    draft.settle(command);
  } else if (status > 0) {
    draft.reject(command, codeOf(status), readDetail(body) ?? `The server answered ${status}.`);
  } else draft.reject(command, 'unreachable', 'The server did not answer: whether the session is deleted is unknown.');
}
