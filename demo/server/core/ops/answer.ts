import type {CommandOf} from '../../../../src/model/commands.ts';
import type {EventOf} from '../../../../src/model/events.ts';
import {notFound, reject, type Context, type Outcome} from './outcome.ts';

export function answer({work, account}: Context, command: CommandOf<'answer'>): Outcome {
  const {approval, option} = command;
  if (command.question !== undefined) return reject('unsupported', 'This server has no agent that asks questions.');
  if (approval === undefined || option === undefined)
    return reject('invalid', 'An answer needs an approval and an option.');
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const {storage, runs} = work.core;
  const entry = storage.entryOf(draft.key, approval);
  if (!entry) return reject('not-found', 'There is no such approval.');
  if (!storage.marks(draft.key).some(({item}) => item === `approval ${approval}`)) {
    return reject('too-late', 'This has been answered already, or does not matter any more.');
  }
  const {event} = JSON.parse(entry.json) as {event: EventOf<'approval-asked'>};
  if (!event.options.some(({id}) => id === option)) return reject('invalid', 'This is not one of the options.');
  const by = account.user?.id;
  const seq = draft.append({kind: 'approval-answered', id: approval, option, ...(by !== undefined && {by})});
  storage.unmark(draft.key, `approval ${approval}`);
  const {turn} = draft.state;
  if (turn) draft.state.turn = {...turn, asking: turn.asking - 1};
  const run = runs.get(draft.key);
  if (run) work.after(() => run.answer(approval, option));
  return {draft, seq};
}
