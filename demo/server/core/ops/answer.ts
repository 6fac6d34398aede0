import type {CommandOf} from '../../../../src/model/commands.ts';
import type {EventOf} from '../../../../src/model/events.ts';
import {offersOf} from '../core.ts';
import type {Draft} from '../draft.ts';
import {misfit} from '../question-values.ts';
import {notFound, reject, type Context, type Outcome} from './outcome.ts';

/** The first answer of a person wins, to an approval or a question. */
export function answer(context: Context, command: CommandOf<'answer'>): Outcome {
  const {approval, option, question, values} = command;
  if (question !== undefined && !offersOf(context.work.core).has('questions'))
    return reject('unsupported', 'This server has no agent that asks questions.');
  const draft = context.work.session(command.session);
  if (question !== undefined && values !== undefined) {
    if (!draft) return notFound();
    return answerQuestion(context, draft, question, values);
  }
  if (approval === undefined || option === undefined)
    return reject('invalid', 'An answer needs an approval and an option, or a question and values.');
  return draft ? answerApproval(context, draft, approval, option) : notFound();
}

function answerApproval(context: Context, draft: Draft, id: string, option: string): Outcome {
  const asked = openOne(context, draft, 'approval', id);
  if ('code' in asked) return asked;
  if (!asked.options.some((one) => one.id === option)) return reject('invalid', 'This is not one of the options.');
  const seq = draft.append({kind: 'approval-answered', id, option, ...by(context)});
  close(context, draft, `approval ${id}`, (run) => run.answer(id, option));
  return {draft, seq};
}

function answerQuestion(
  context: Context,
  draft: Draft,
  id: string,
  values: NonNullable<CommandOf<'answer'>['values']> | null,
): Outcome {
  const asked = openOne(context, draft, 'question', id);
  if ('code' in asked) return asked;
  const problem = values && misfit(asked.fields, values);
  if (problem) return problem;
  const seq = draft.append({kind: 'question-answered', id, values, ...by(context)});
  close(context, draft, `question ${id}`, (run) => run.answer(id, values));
  return {draft, seq};
}

const by = ({account}: Context): {by?: string} => (account.user ? {by: account.user.id} : {});

/** What was asked, if it waits for an answer. */
function openOne<K extends 'approval' | 'question'>(
  {work}: Context,
  draft: Draft,
  what: K,
  id: string,
): EventOf<`${K}-asked`> | ReturnType<typeof reject> {
  const {storage} = work.core;
  const entry = storage.entryOf(draft.key, id);
  const event = entry && (JSON.parse(entry.json) as {event: EventOf<`${K}-asked`>}).event;
  if (event?.kind !== `${what}-asked`) return reject('not-found', `There is no such ${what}.`);
  if (!storage.marks(draft.key).some(({item}) => item === `${what} ${id}`)) {
    return reject('too-late', 'This has been answered already, or does not matter any more.');
  }
  return event;
}

type Run = NonNullable<ReturnType<Context['work']['core']['runs']['get']>>;

/** The session waits for it no more; the agent is told once that is stored. */
function close({work}: Context, draft: Draft, mark: string, tell: (run: Run) => void): void {
  const {storage, runs} = work.core;
  storage.unmark(draft.key, mark);
  const {turn} = draft.state;
  if (turn) draft.state.turn = {...turn, asking: turn.asking - 1};
  const run = runs.get(draft.key);
  if (run) work.after(() => tell(run));
}
