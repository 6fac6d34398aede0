import type {Command} from '../../model/commands.ts';
import type {Draft} from './draft.ts';
import {nameOf} from './names.ts';
import {isBusy, NO_AGENT} from './shown.ts';
import {isActiveJob, type Answer, type Held, type Words} from './state.ts';
import {readDetail, readField, type Job} from './wire.ts';

/** A message that got lost on the way is posted again so often. */
const MAX_TRIES = 3;

const UNKNOWN_SEND =
  'It is not known whether this message has reached the agent. Look at the conversation, then send it again or discard it.';
/** Words of a new session, of which there is none. */
export const UNSEEN =
  'The server says that this has been worked on, and names no conversation of it. What became of it is unknown.';
/** Words of a new session, of which there was one. */
export const UNHEARD =
  'The conversation is over, and this was not heard in it. Whether the agent has worked on it is unknown.';
const UNREACHABLE =
  'The server did not answer this page. It may be gone, or it may not let pages of this origin in (CORS). Whether it has the message is unknown.';

/** The store names all words that are not settled; those that it does not name any more are forgotten. */
export function acceptWords(draft: Draft, commands: readonly Command[]): void {
  const {words, over, wasOpen} = draft.state;
  const next = new Map<string, Words>();
  const fresh = new Set<string>();
  for (const command of commands) {
    if ((command.op !== 'start' && command.op !== 'send') || over.has(command.id)) continue;
    if (draft.state.claimed.includes(command.id)) continue;
    const held = words.get(command.id);
    if (!held) fresh.add(command.session);
    next.set(command.id, held ?? newWords(command, !wasOpen));
  }
  for (const {command} of words.values()) if (!next.has(command.id)) touch(draft, command.session);
  for (const session of fresh) touch(draft, session);
  // What is said after a stop goes on with what waited.
  for (const [id, each] of next)
    if (each.isPaused && fresh.has(each.command.session)) next.set(id, {...each, isPaused: false});
  draft.set({words: next});
}

const newWords = (command: Words['command'], mayBeOld: boolean): Words => ({
  command,
  phase: 'waiting',
  mayBeOld,
  isPaused: false,
  tries: 0,
  silent: 0,
  over: 0,
});

const touch = (draft: Draft, session: string): void => {
  const held = draft.find(session);
  if (held) draft.touched.add(held.row.id);
};

/** Posts what can be posted: one message of a session at a time, and none while a turn is open; both would run at once. */
export function postWords(draft: Draft): void {
  if (!draft.state.isOpen) return;
  const behind = new Set<string>();
  for (const words of [...draft.state.words.values()]) {
    const {command, phase} = words;
    if ((phase === 'waiting' || phase === 'absent') && !behind.has(command.session)) {
      if (command.op === 'start') start(draft, words);
      else if (send(draft, words)) continue;
    }
    behind.add(command.session);
  }
}

function start(draft: Draft, words: Words): void {
  const {command} = words;
  const name = nameOf(command.session, wordsOf(words));
  const job = draft.state.jobs?.find(
    (each) => each.name === name && (isActiveJob(each) || each.status === 'completed'),
  );
  // Its name is in no other page: what has it came of these words, though this page may have forgotten.
  if (draft.find(command.session)) return draft.changeWords(command.id, {phase: 'posted'});
  if (job) return draft.changeWords(command.id, {phase: 'posted', job: job.id});
  if (command.op !== 'start') return;
  const {agent, cwd} = command;
  post(draft, words, {
    type: 'start_session',
    session_name: name,
    prompt: command.text,
    ...(agent && agent !== NO_AGENT && {agent_name: agent}),
    ...(cwd && {project_dir: cwd}),
  });
}

const wordsOf = ({command}: Words): string => (command.op === 'start' && command.title) || command.text;

/** Whether that is all there is to it. */
function send(draft: Draft, words: Words): boolean {
  const {command, isPaused, mayBeOld} = words;
  const held = draft.find(command.session);
  if (!held) {
    const isStarting = [...draft.state.words.values()].some(
      (other) => other.command.op === 'start' && other.command.session === command.session,
    );
    if (isStarting) return false;
    draft.reject(command.id, 'not-found', 'The server has no such session (any more).');
    return true;
  }
  // What is known before tells what is new after.
  if (held.read === 'no') {
    draft.change(held.row.id, {read: 'asked'});
    draft.ask({ask: 'events', session: held.row.id});
  }
  if (held.read !== 'yes') return false;
  if (mayBeOld) return old(draft, words, held);
  if (words.phase === 'absent') draft.changeWords(command.id, {phase: 'waiting'});
  if (isPaused || isBusy(held, draft.state)) return false;
  post(
    draft,
    words,
    {type: 'resume_session', session_name: held.row.name, prompt: command.text},
    held.log.events.at(-1)?.time,
  );
  return false;
}

/** These words may have been posted before the page was loaded. The server takes them twice, so it is asked first. */
function old(draft: Draft, words: Words, held: Held): boolean {
  const {command} = words;
  const {events} = held.log;
  const same = (draft.state.jobs ?? []).filter(({name, prompt}) => name === held.row.name && prompt === command.text);
  const job = same.findLast(isActiveJob);
  const at = events.findLastIndex(({role, text}) => role === 'user' && text === command.text);
  if (job) {
    const after = at < 0 ? events.at(-1) : events[at - 1];
    draft.changeWords(command.id, {phase: 'posted', job: job.id, mayBeOld: false, ...(after && {after: after.time})});
    return false;
  }
  if (at >= 0 || same.length > 0) {
    draft.reject(command.id, 'unknown', UNKNOWN_SEND);
    return true;
  }
  draft.changeWords(command.id, {mayBeOld: false});
  const fresh = draft.state.words.get(command.id);
  return fresh ? send(draft, fresh) : true;
}

function post(draft: Draft, words: Words, body: Readonly<Record<string, string>>, after?: string): void {
  const {id} = words.command;
  const {after: _, ...rest} = words;
  draft.words({...rest, phase: 'posting', mayBeOld: false, ...(after !== undefined && {after})});
  draft.ask({ask: 'post', command: id, body});
  draft.tell({type: 'sent', command: id});
}

/** The answer to what was posted; it may come after the whole turn. */
export function wordsAnswered(draft: Draft, command: string, {status, body}: Answer): void {
  const words = draft.state.words.get(command);
  const job = readField(body, 'job_id');
  if (status === 0) {
    if (!words) return;
    draft.changeWords(command, {phase: 'doubt', tries: words.tries + 1});
    draft.askOnce({ask: 'jobs'});
  } else if (status < 300) {
    if (!draft.state.over.has(command)) draft.tell({type: 'acked', command});
    if (words) draft.changeWords(command, {phase: 'posted', ...(job && {job})});
    else if (job) lateJob(draft, command, job);
  } else if (words) {
    draft.reject(command, codeOf(status), readDetail(body) ?? `The server answered ${status}.`);
  }
}

/** Its turn has begun before the answer came. */
function lateJob(draft: Draft, command: string, job: string): void {
  for (const held of draft.state.sessions.values()) {
    const key = [...held.mine].find(([, mine]) => mine.command === command)?.[0];
    if (key) draft.change(held.row.id, {jobs: new Map(held.jobs).set(key, job)});
  }
}

/** The jobs that the server names tell what became of words whose answer was lost. */
export function resolveDoubts(draft: Draft, jobs: readonly Job[] | undefined, isReachable: boolean): void {
  for (const words of [...draft.state.words.values()]) {
    const {command, phase, tries} = words;
    if (phase !== 'doubt') continue;
    if (!isReachable) draft.reject(command.id, 'unreachable', UNREACHABLE);
    else if (!jobs && !draft.find(command.op === 'start' ? command.session : ''))
      draft.reject(command.id, 'unknown', UNKNOWN_SEND);
    else {
      const found = jobs && jobOf(draft, words, jobs);
      if (found) {
        draft.changeWords(command.id, {phase: 'posted', job: found.id});
        draft.tell({type: 'acked', command: command.id});
      } else if (tries < MAX_TRIES) draft.changeWords(command.id, {phase: 'absent'});
      else draft.reject(command.id, 'unreachable', UNREACHABLE);
    }
  }
}

function jobOf(draft: Draft, words: Words, jobs: readonly Job[]): Job | undefined {
  const {command} = words;
  const held = draft.find(command.session);
  const name = held?.row.name ?? nameOf(command.session, wordsOf(words));
  const taken = new Set([
    ...[...draft.state.words.values()].flatMap(({job}) => job ?? []),
    ...[...(held?.jobs.values() ?? [])],
  ]);
  return jobs.findLast((job) => job.name === name && job.prompt === command.text && !taken.has(job.id));
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  404: 'not-found',
  409: 'conflict',
  422: 'invalid',
  429: 'too-many',
};

export const codeOf = (status: number): string => CODES[status] ?? 'internal';

/** Nothing came of the words. A start whose session is there already needs another when it is tried again. */
export function refuse(draft: Draft, {command}: Words, code: string, message: string): void {
  const isThere = command.op === 'start' && draft.find(command.session) !== undefined;
  draft.reject(command.id, isThere ? 'exists' : code, message);
}

/** The words have never begun. Those of a session that exists go back into the box, those of a new one can be retried. */
export function cancelled(draft: Draft, command: string): void {
  const words = draft.state.words.get(command);
  if (!words) return;
  const stop = [...draft.state.stops.values()].find((each) => each.command.of === command);
  if (!stop || words.command.op === 'start') {
    refuse(draft, words, 'stopped', 'It was stopped before the agent began.');
    if (stop) draft.settle(stop.command.id);
    return;
  }
  takeBack(draft, command, stop.command.id);
}

/** `by` takes back words that have not begun: they return to the box that they came from. */
export function takeBack(draft: Draft, command: string, by: string): void {
  draft.tell({type: 'acked', command: by, result: 'unqueued'});
  draft.settle(command);
  draft.settle(by);
}
