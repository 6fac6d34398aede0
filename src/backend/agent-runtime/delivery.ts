import type {Command} from '../../model/commands.ts';
import type {Draft} from './draft.ts';
import {acceptStops} from './stops.ts';
import {isWatched} from './watching.ts';
import {acceptWords, takeBack} from './words.ts';

/** The store names every command that is not settled; what this backend does at once it does here. */
export function deliver(draft: Draft, commands: readonly Command[]): void {
  const named = new Set(commands.map(({id}) => id));
  const over = [...draft.state.over].filter((id) => named.has(id));
  const claimed = draft.state.claimed.filter((id) => named.has(id));
  draft.set({commands, over: new Set(over), claimed});
  acceptStops(draft, commands);
  acceptWords(draft, commands);
  if (!draft.state.isOpen) return;
  for (const command of commands) {
    if (draft.state.over.has(command.id)) continue;
    if (command.op === 'unqueue') unqueue(draft, command.id, command.queued);
    else if (command.op === 'continue') goOn(draft, command.id, command.session);
    else if (!['start', 'send', 'stop', 'delete'].includes(command.op)) {
      draft.reject(command.id, 'unsupported', 'This server cannot do that.');
    }
  }
}

function unqueue(draft: Draft, command: string, queued: string): void {
  if (draft.state.words.get(queued)?.phase === 'waiting') return takeBack(draft, queued, command);
  draft.tell({type: 'acked', command, result: 'began'});
  draft.settle(command);
}

function goOn(draft: Draft, command: string, session: string): void {
  for (const words of draft.state.words.values()) {
    if (words.command.session === session) draft.changeWords(words.command.id, {isPaused: false});
  }
  draft.settle(command);
}

/** A message is settled once the thread that has it has been told. */
export function settleClaimed(draft: Draft): void {
  const {claimed, over} = draft.state;
  for (const command of claimed) {
    const session = draft.state.commands.find(({id}) => id === command)?.session;
    const held = session === undefined ? undefined : draft.find(session);
    const isTold = !held || held.read === 'yes' || !isWatched(draft, held);
    if (isTold && !over.has(command)) draft.settle(command);
  }
}
