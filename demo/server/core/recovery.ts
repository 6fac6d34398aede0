import type {Core} from './core.ts';
import {endTurn} from './end-turn.ts';
import {advance} from './turns.ts';
import {transact} from './work.ts';

/**
 * After a restart: a turn that was open has failed, with what was saved of it; what was pending takes its place in the line
 * again, and what is owed joins it.
 */
export function recover(core: Core): void {
  const unfinished = core.storage.unfinished();
  const pending = unfinished
    .flatMap(({key, user, session, pending}) => (pending ? [{key, user, id: session.id, ticket: pending.ticket}] : []))
    .sort((a, b) => a.ticket - b.ticket);
  for (const {key, user, id} of pending) core.line.set(key, {user, id});
  for (const {user, session} of unfinished.filter(({turn}) => turn)) {
    transact(core, user, {}, (work) => {
      const draft = work.session(session.id);
      const turn = draft?.state.turn;
      if (!draft || !turn) return;
      // Whoever sent while it was stopping did not know that the server would not live to see the end.
      draft.state.turn = {...turn, released: false};
      const error = {code: 'server-restarted', message: 'the server was restarted'};
      endTurn(work, draft, {outcome: 'failed', error, texts: core.storage.texts(draft.key)});
    });
  }
  for (const {user, session} of unfinished) {
    transact(core, user, {}, (work) => {
      const draft = work.session(session.id);
      if (draft) advance(work, draft);
    });
  }
}
