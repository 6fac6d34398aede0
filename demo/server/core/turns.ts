import type {Author} from '../../../src/model/events.ts';
import type {AgentMessage, AgentSession, OwnTurn} from './agent.ts';
import {agentSession} from './agent-session.ts';
import {callbackMessages} from './callbacks.ts';
import type {Core} from './core.ts';
import type {Draft} from './draft.ts';
import {noteMessage} from './entries.ts';
import {nameOf} from './errors.ts';
import {mostLevels} from './levels.ts';
import {Run} from './run.ts';
import {utf8Bytes} from './text.ts';
import {transact, type Work} from './work.ts';

/** What a person or an agent says to a session, with the id it is known by. */
export interface Said {
  readonly command: string;
  readonly text: string;
  readonly author?: Author;
  readonly owes: number;
}

interface Opening {
  readonly origin: 'user' | 'callback' | 'agent';
  readonly children?: readonly string[];
  readonly command?: string;
  readonly owes: number;
}

/** The next turn of what waits begins if it may and there is room; else it is pending, or nothing is. */
export function advance(work: Work, draft: Draft): void {
  const {state} = draft;
  if (state.turn) return;
  const {storage} = work.core;
  const [head] = storage.queue(draft.key);
  const owed = storage.owed(draft.key);
  if (state.held || (!head && owed.length === 0)) {
    state.pending = undefined;
    return;
  }
  if (!work.hasRoom(draft.key)) {
    pend(work, draft, head?.command);
    return;
  }
  if (head) beginMessage(work, draft, head, {queued: true});
  else beginCallbacks(work, draft);
}

/** Something is said to a session: it begins a turn, or waits. Returns the number of its `message` or `queued`. */
export function say(work: Work, draft: Draft, said: Said): number {
  const {state, key} = draft;
  const idle = !state.turn && !state.pending && work.core.storage.waiting(key).messages === 0;
  if (idle && work.hasRoom(key)) return beginMessage(work, draft, said, {queued: false});
  const seq = enqueue(work, draft, said);
  advance(work, draft);
  return seq;
}

/** Another thing that would begin is another turn, so that a stop of the one can never hit the other. */
function pend(work: Work, draft: Draft, command: string | undefined): void {
  const {pending} = draft.state;
  if (pending && pending.command === command) return;
  draft.state.pending = {
    turn: work.core.makeId(),
    ticket: pending?.ticket ?? work.core.storage.number(),
    ...(command !== undefined && {command}),
  };
}

/** Begins a turn with one message; returns the number of the message. */
export function beginMessage(work: Work, draft: Draft, message: Said, {queued}: {queued: boolean}): number {
  const {core} = work;
  const {command, text, author, owes} = message;
  const turn = open(work, draft, {origin: author?.kind === 'agent' ? 'agent' : 'user', command, owes});
  const id = core.makeId();
  const seq = draft.append({kind: 'message', id, turn, role: 'user', text, ...(author && {author})}, {command});
  noteMessage(work, draft, text);
  core.storage.mark(draft.key, 'turn', id, seq);
  if (queued) {
    draft.append({kind: 'unqueued', command, reason: 'began'});
    core.storage.dequeue(draft.key, command);
    core.storage.unmark(draft.key, `queued ${command}`);
  }
  launchFor(work, draft, [{text}]);
  return seq;
}

function beginCallbacks(work: Work, draft: Draft): void {
  const {core} = work;
  const owed = core.storage.owed(draft.key);
  const messages = callbackMessages(owed, core.limits.itemBytes);
  const children = messages.map(({child}) => child.session);
  const turn = open(work, draft, {origin: 'callback', children, owes: mostLevels(owed)});
  for (const {text, child} of messages) {
    const id = core.makeId();
    const author: Author = {kind: 'callback', session: child.session, name: child.title};
    const seq = draft.append({kind: 'message', id, turn, role: 'user', text, author}, {command: undefined});
    noteMessage(work, draft, text);
    core.storage.mark(draft.key, 'turn', id, seq);
  }
  core.storage.forgive(draft.key);
  launchFor(work, draft, messages);
}

/** The agent begins a turn by itself, or is refused. Whatever a person has said, or a child, goes first. */
export function beginOwn(core: Core, of: Pick<AgentSession, 'session' | 'user'>, own: OwnTurn): void {
  let began = false;
  try {
    const record = core.storage.session(of.user, of.session);
    const run = record && core.runs.get(record.key);
    if (run?.afterwards(() => beginOwn(core, of, own))) return;
    began = transact(core, of.user, {}, (work) => {
      const draft = work.session(of.session);
      if (!draft || draft.state.turn || draft.state.pending || !work.hasRoom(draft.key)) return false;
      const {messages, callbacks} = core.storage.waiting(draft.key);
      if (messages + callbacks > 0) return false;
      open(work, draft, {origin: 'agent', owes: 0});
      launch(work, draft, (started) => started.startOwn(own));
      return true;
    });
  } catch (error) {
    core.log('error', 'own-turn-not-begun', {session: of.session, error: nameOf(error)});
  }
  if (!began) own.refused();
}

function open(work: Work, draft: Draft, opening: Opening): string {
  const {core} = work;
  const {state, face} = draft;
  const id = state.pending?.turn ?? core.makeId();
  const {origin, children, command, owes} = opening;
  const seq = draft.append({kind: 'turn-began', turn: id, origin, ...(children && {children: [...children]})});
  core.storage.mark(draft.key, 'turn', '', seq);
  state.turn = {id, owes, stopping: false, released: false, asking: 0, ...(command !== undefined && {command})};
  state.pending = undefined;
  state.held = false;
  face.updated = work.time;
  delete face.error;
  work.began();
  return id;
}

function launchFor(work: Work, draft: Draft, messages: readonly AgentMessage[]): void {
  launch(work, draft, (run) => run.start({...agentSession(work.user, draft), turn: run.of.turn, messages}));
}

function launch(work: Work, draft: Draft, start: (run: Run) => void): void {
  const {core, user} = work;
  const {turn} = draft.state;
  // A turn that is cancelled in the transaction that opens it needs no agent.
  work.after(() => {
    if (!turn || draft.state.turn?.id !== turn.id) return;
    const run = new Run(core, {user, session: draft.id, key: draft.key, turn: turn.id, agent: draft.face.agent});
    core.runs.set(draft.key, run);
    start(run);
  });
}

/** Puts a message behind those that wait; returns the number of its `queued`. */
function enqueue(work: Work, draft: Draft, said: Said): number {
  const {storage} = work.core;
  const {command, text} = said;
  storage.enqueue(draft.key, {...said, bytes: utf8Bytes(text)});
  const seq = draft.append({kind: 'queued', command, text}, {command});
  storage.mark(draft.key, `queued ${command}`, '', seq);
  return seq;
}

/** Takes a message back. */
export function unqueue(work: Work, draft: Draft, command: string): number {
  const {storage} = work.core;
  storage.dequeue(draft.key, command);
  storage.unmark(draft.key, `queued ${command}`);
  return draft.append({kind: 'unqueued', command, reason: 'removed'});
}

/** Whoever is first in line begins, as long as there is room. */
export function fillRoom(core: Core, hasRoom: () => boolean): void {
  while (core.line.size > 0 && hasRoom()) {
    const [next] = core.line;
    if (!next) return;
    const [key, {user, id}] = next;
    transact(core, user, {next: key}, (work) => {
      const draft = work.session(id);
      if (draft) advance(work, draft);
    });
    // It began, or had nothing left to begin; it must not keep the others waiting.
    core.line.delete(key);
  }
}
