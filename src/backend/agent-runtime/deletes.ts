import type {Draft} from './draft.ts';
import {remove} from './rows.ts';
import {isBusy} from './shown.ts';
import type {Answer} from './state.ts';
import {readDetail} from './wire.ts';
import {codeOf} from './words.ts';

/** Begins each deletion that has not begun. */
export function deleteSessions(draft: Draft): void {
  if (!draft.state.isOpen) return;
  for (const {id, op, session} of draft.state.commands) {
    if (op !== 'delete' || draft.state.over.has(id) || draft.state.deletes.has(id)) continue;
    const held = draft.find(session);
    if (!held) {
      draft.settle(id);
      continue;
    }
    // What runs would go on, and nobody would see it any more.
    const works = isBusy(held, draft.state);
    draft.set({deletes: new Map(draft.state.deletes).set(id, works ? 'stopping' : 'deleting')});
    draft.ask({ask: works ? 'stop-session' : 'delete', command: id, session: held.row.id});
  }
}

/** What ran has been stopped, as far as the server can. */
export function stoppedToDelete(draft: Draft, command: string, session: string): void {
  draft.set({deletes: new Map(draft.state.deletes).set(command, 'deleting')});
  draft.ask({ask: 'delete', command, session});
}

export function deleteAnswered(draft: Draft, command: string, session: string, {status, body}: Answer): void {
  if (status === 200 || status === 404) {
    remove(draft, session);
    draft.settle(command);
  } else if (status > 0) {
    draft.reject(command, codeOf(status), readDetail(body) ?? `The server answered ${status}.`);
  } else draft.reject(command, 'unreachable', 'The server did not answer: whether the session is deleted is unknown.');
}
