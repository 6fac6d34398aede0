import type {CommandOf} from '../../../../src/model/commands.ts';
import {agentSession} from '../agent-session.ts';
import {tellParent} from '../callbacks.ts';
import type {Draft} from '../draft.ts';
import {retitle} from '../entries.ts';
import {mostLevels} from '../levels.ts';
import {titleFrom} from '../text.ts';
import type {Work} from '../work.ts';
import {notFound, reject, type Context, type Outcome} from './outcome.ts';

export function rename({work}: Context, command: CommandOf<'rename'>): Outcome {
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const title = titleFrom(command.title);
  if (title === '') return reject('invalid', 'A title cannot be empty.');
  if (title !== draft.face.title) retitle(work, draft, title);
  draft.state.named = true;
  return {draft};
}

export function archive({work}: Context, command: CommandOf<'archive'>): Outcome {
  const draft = work.session(command.session);
  if (!draft) return notFound();
  if (command.archived) draft.face.archived = true;
  else delete draft.face.archived;
  return {draft};
}

export function seen({work}: Context, command: CommandOf<'seen'>): Outcome {
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const {state} = draft;
  state.seen = Math.max(state.seen, Math.min(command.seq, state.seq));
  return {draft};
}

export function remove({work}: Context, command: CommandOf<'delete'>): Outcome {
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const {storage, runs} = work.core;
  for (const record of storage.children(work.user, draft.id)) {
    const child = work.session(record.session.id);
    if (child) delete child.face.parent;
  }
  const run = runs.get(draft.key);
  const agent = work.core.agents.get(draft.face.agent);
  const {user, kept, chosen} = agentSession(work.user, draft);
  const gone = {user, chosen, ...(kept !== undefined && {kept}), deleted: true};
  work.after(() => (run ? run.abandon(gone) : agent?.dispose?.(draft.id, gone)));
  const owes = owesMost(work, draft);
  work.remove(draft);
  tellParent(work, draft, owes, 'was deleted before it had ended', '');
  return {};
}

/** How far up anyone waits for what is open, pending or queued here. */
function owesMost(work: Work, draft: Draft): number {
  const {storage} = work.core;
  const {turn} = draft.state;
  return mostLevels([...(turn ? [turn] : []), ...storage.queue(draft.key), ...storage.owed(draft.key)]);
}
