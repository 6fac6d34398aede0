import type {Command, CommandOf} from '../../model/commands.ts';
import {isActive} from '../../model/session.ts';
import {createMemoryBackend, type MemoryBackend} from './memory-backend.ts';

export interface ObedientOptions {
  /** What the agent answers at once; without an answer the turn stays open until `finish`. */
  readonly reply?: (text: string) => string | undefined;
  readonly date?: () => Date;
}

/** A memory backend that behaves as a server does: it lets the page in and obeys every command. */
export interface ObedientBackend {
  readonly memory: MemoryBackend;
  /** The agent says something, and its turn ends; what waits begins. */
  finish(session: string, text?: string): void;
  /** The turn ends without success. */
  fail(session: string, message: string): void;
}

export const createObedientBackend = ({reply, date}: ObedientOptions = {}): ObedientBackend => {
  const queues = new Map<string, CommandOf<'send'>[]>();
  let made = 0;
  const newId = (kind: string) => `${kind}-${++made}`;

  const memory = createMemoryBackend({
    ...(date && {date}),
    onConnect: () => memory.welcome(),
    onCommand: (command) => obey(command),
    onQuery: ({answer}) => answer({}),
  });

  const queueOf = (session: string) => queues.get(session) ?? [];
  const begin = (command: CommandOf<'start' | 'send'>, waited = false) => {
    const {session, id, text} = command;
    const turn = newId('turn');
    memory.put({id: session, status: 'running', turn, queued: queueOf(session).length});
    memory.event(session, {kind: 'turn-began', turn, origin: 'user'});
    memory.event(session, {kind: 'message', id: newId('message'), turn, role: 'user', text}, {command: id});
    if (waited) memory.event(session, {kind: 'unqueued', command: id, reason: 'began'});
    const answer = reply?.(text);
    if (answer !== undefined) end(session, 'finished', answer);
  };
  const end = (session: string, outcome: 'finished' | 'stopped' | 'failed', text?: string, message?: string) => {
    const turn = memory.sessions.get(session)?.turn;
    if (!turn) return;
    if (text !== undefined) memory.event(session, {kind: 'message', id: newId('message'), turn, role: 'agent', text});
    const error = message === undefined ? {} : {error: {code: 'agent', message}};
    memory.event(session, {kind: 'turn-ended', turn, outcome, ...error});
    const {turn: _, ...held} = memory.sessions.get(session) ?? memory.put({id: session});
    memory.sessions.set(session, held);
    memory.put({id: session, status: outcome, ...error});
    const next = outcome === 'finished' ? queueOf(session).shift() : undefined;
    if (next) begin(next, true);
  };

  const obey = (command: Command) => {
    const {id, session} = command;
    const held = memory.sessions.get(session);
    if (command.op === 'start') {
      if (held) return memory.reject(id, 'exists', 'There is such a session already.');
      memory.ack(id);
      memory.put({id: session, title: command.title ?? command.text.slice(0, 60), agent: command.agent ?? 'agent'});
      return begin(command);
    }
    if (!held) return memory.reject(id, 'not-found', 'There is no such session.');
    memory.ack(id);
    if (command.op === 'send' && isActive(held.status)) {
      queues.set(session, [...queueOf(session), command]);
      memory.event(session, {kind: 'queued', command: id, text: command.text}, {command: id});
      memory.put({id: session, queued: queueOf(session).length});
    } else if (command.op === 'send') {
      begin(command);
    } else if (command.op === 'unqueue') {
      queues.set(
        session,
        queueOf(session).filter((queued) => queued.id !== command.queued),
      );
      memory.event(session, {kind: 'unqueued', command: command.queued, reason: 'removed'}, {command: id});
      memory.put({id: session, queued: queueOf(session).length});
    } else if (command.op === 'continue') {
      const next = isActive(held.status) ? undefined : queueOf(session).shift();
      if (next) begin(next, true);
    } else if (command.op === 'stop') {
      end(session, 'stopped');
    } else if (command.op === 'rename') {
      memory.put({id: session, title: command.title});
    } else if (command.op === 'archive') {
      memory.put({id: session, archived: command.archived});
    } else if (command.op === 'seen') {
      memory.put({id: session, unread: false});
    } else if (command.op === 'delete') {
      memory.remove(session);
    } else if (command.op === 'answer' && command.approval) {
      const {approval, option = null} = command;
      memory.event(session, {kind: 'approval-answered', id: approval, option}, {command: id});
    } else if (command.op === 'answer' && command.question) {
      const {question, values = null} = command;
      memory.event(session, {kind: 'question-answered', id: question, values}, {command: id});
    }
    memory.settle(id);
  };

  return {
    memory,
    finish: (session, text) => end(session, 'finished', text),
    fail: (session, message) => end(session, 'failed', undefined, message),
  };
};
