import type {CommandOf} from '../../../../src/model/commands.ts';
import type {Draft} from '../draft.ts';
import {endTurn, withdrawAsks} from '../end-turn.ts';
import {advance, beginMessage, unqueue} from '../turns.ts';
import type {Work} from '../work.ts';
import {notFound, reject, type Context, type Outcome} from './outcome.ts';

/** Stops exactly what it names: the open turn, what is pending, or a message that waits. */
export function stop({work}: Context, command: CommandOf<'stop'>): Outcome {
  const {turn: turnId, of} = command;
  if (turnId === undefined && of === undefined) return reject('invalid', 'A stop has to say what it means.');
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const {turn, pending} = draft.state;
  if (turn && (turnId === undefined ? turn.command === of : turn.id === turnId)) return stopOpen(work, draft);
  if (pending && turnId === pending.turn) return stopPending(work, draft, pending.command);
  if (turnId === undefined && of !== undefined && isQueued(work, draft, of)) return stopQueued(work, draft, of);
  // The view that asked was wrong; it is told what is true.
  draft.put(true);
  return {draft, result: 'not-running'};
}

function stopOpen(work: Work, draft: Draft): Outcome {
  const {turn} = draft.state;
  if (!turn || turn.stopping) return {draft, result: 'stopping'};
  draft.state.turn = {...turn, stopping: true};
  draft.put();
  const {seq} = draft.state;
  withdrawAsks(work, draft, 'stopped');
  const run = work.core.runs.get(draft.key);
  if (run) work.after(() => run.stop());
  else endTurn(work, draft, {outcome: 'stopped', texts: work.core.storage.texts(draft.key)});
  return {draft, result: 'stopping', seq};
}

const isQueued = (work: Work, draft: Draft, command: string): boolean =>
  work.core.storage.queue(draft.key).some((message) => message.command === command);

function stopPending(work: Work, draft: Draft, command: string | undefined): Outcome {
  if (command !== undefined) return stopQueued(work, draft, command);
  // Callbacks wait as after a stop.
  draft.state.held = true;
  advance(work, draft);
  return {draft, result: 'stopping'};
}

function stopQueued(work: Work, draft: Draft, command: string): Outcome {
  if (draft.state.pending?.command === command && draft.state.last === undefined)
    return cancelPending(work, draft, command);
  const seq = unqueue(work, draft, command);
  advance(work, draft);
  return {draft, result: 'unqueued', seq};
}

/** A session that never began: its first turn is opened and ended in one, so that its words stay. */
export function cancelPending(work: Work, draft: Draft, command: string): Outcome {
  const message = work.core.storage.queue(draft.key).find((queued) => queued.command === command);
  if (!message) return notFound();
  beginMessage(work, draft, message, {queued: true});
  endTurn(work, draft, {outcome: 'stopped', texts: []});
  return {draft, result: 'stopping'};
}
