import type {CommandOf} from '../../../../src/model/commands.ts';
import {utf8Bytes} from '../text.ts';
import {advance, say, unqueue} from '../turns.ts';
import {notFound, reject, type Context, type Outcome} from './outcome.ts';
import {tooLarge} from './start.ts';
import {cancelPending} from './stop.ts';

export function send({work, account}: Context, command: CommandOf<'send'>): Outcome {
  const {text} = command;
  const draft = work.session(command.session);
  if (!draft) return notFound();
  if (tooLarge(text)) return reject('too-large', 'The message is longer than 128 KiB.');
  const {storage, limits} = work.core;
  const waiting = storage.waiting(draft.key);
  if (waiting.messages >= limits.queuedMessages || waiting.bytes + utf8Bytes(text) > limits.queuedBytes) {
    return reject('too-many', 'Too many messages wait in this session already.');
  }
  release(draft.state);
  const {author} = account;
  const seq = say(work, draft, {command: command.id, text, owes: 0, ...(author && {author})});
  return {draft, seq};
}

export function continueQueue({work}: Context, command: CommandOf<'continue'>): Outcome {
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const {messages, callbacks} = work.core.storage.waiting(draft.key);
  const {turn, pending} = draft.state;
  if (messages + callbacks === 0 || pending || (turn && !turn.stopping)) return {draft, result: 'nothing-queued'};
  release(draft.state);
  advance(work, draft);
  return {draft};
}

/** What waits need not wait for a person any longer. */
function release(state: {held: boolean; turn: {stopping: boolean; released: boolean} | undefined}): void {
  state.held = false;
  if (state.turn?.stopping) state.turn = {...state.turn, released: true};
}

export function unqueueMessage({work}: Context, command: CommandOf<'unqueue'>): Outcome {
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const {storage} = work.core;
  const {queued} = command;
  if (!storage.queue(draft.key).some((message) => message.command === queued)) {
    const known = storage.answer(work.user, queued);
    return known?.session === draft.id
      ? reject('too-late', 'The message does not wait any more.')
      : reject('not-found', 'There is no such message.');
  }
  // A session that never began keeps its first words.
  if (draft.state.pending?.command === queued && draft.state.last === undefined)
    return cancelPending(work, draft, queued);
  const seq = unqueue(work, draft, queued);
  advance(work, draft);
  return {draft, seq};
}
