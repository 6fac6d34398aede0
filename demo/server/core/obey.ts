import type {Command} from '../../../src/model/commands.ts';
import {epochOf, type Core} from './core.ts';
import type {Account} from './account.ts';
import {answer} from './ops/answer.ts';
import {archive, remove, rename, seen} from './ops/list.ts';
import {continueQueue, send, unqueueMessage} from './ops/queue.ts';
import {setOption} from './ops/set-option.ts';
import type {Context, Outcome, Reject} from './ops/outcome.ts';
import {start} from './ops/start.ts';
import {stop} from './ops/stop.ts';
import type {Answer} from './storage.ts';
import {transact} from './work.ts';

/** Ops beyond `start`, `send` and `stop`, for `capabilities`. */
export const OPS = ['continue', 'unqueue', 'answer', 'rename', 'archive', 'seen', 'delete'] as const;

/**
 * Obeys a command, or answers again what it was answered before: the effect, the answer and the events are one transaction.
 * Throws if nothing could be stored. Returns the frame to send.
 */
export function obey(core: Core, account: Account, command: Command): string {
  const epoch = epochOf(core, account.key);
  const known = core.storage.answer(account.key, command.id);
  if (known) return repeated(known, epoch);
  return transact(core, account.key, {command: command.id}, (work) => {
    const outcome = perform({work, account}, command);
    work.finish();
    const draft = work.session(command.session);
    const json = JSON.stringify(frameOf(command.id, outcome));
    const until = draft ? {} : {until: core.clock.now() + core.limits.answersMs};
    core.storage.putAnswer(account.key, command.id, {session: command.session, epoch, json, ...until});
    return json;
  });
}

function perform(context: Context, command: Command): Outcome {
  switch (command.op) {
    case 'start':
      return start(context, command);
    case 'send':
      return send(context, command);
    case 'continue':
      return continueQueue(context, command);
    case 'unqueue':
      return unqueueMessage(context, command);
    case 'stop':
      return stop(context, command);
    case 'answer':
      return answer(context, command);
    case 'rename':
      return rename(context, command);
    case 'archive':
      return archive(context, command);
    case 'seen':
      return seen(context, command);
    case 'delete':
      return remove(context, command);
    case 'set-option':
      return setOption(context, command);
  }
}

const isReject = (outcome: Outcome): outcome is Reject => 'code' in outcome;

function frameOf(command: string, outcome: Outcome): object {
  if (isReject(outcome)) return {type: 'reject', command, code: outcome.code, message: outcome.message};
  const {draft, result, seq} = outcome;
  if (!draft) return {type: 'ack', command};
  return {
    type: 'ack',
    command,
    ...(result !== undefined && {result}),
    // Without an event of its own: whoever has what there is has its effect.
    seq: seq ?? draft.state.seq,
    rev: draft.session.rev,
  };
}

/** Numbers of another epoch mean nothing in this one. */
function repeated({json, epoch: then}: Answer, epoch: string): string {
  if (then === epoch) return json;
  const {seq: _seq, rev: _rev, ...frame} = JSON.parse(json) as Record<string, unknown>;
  return JSON.stringify(frame);
}
