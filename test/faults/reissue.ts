import type {ClientFrameOf} from '../../src/backend/session-sync/frames.ts';
import type {SessionStore} from '../../src/store/session-store.ts';

/** Asks a store for what a recorded command says; what a store cannot be asked for is left out. */
export function issue(store: SessionStore, command: ClientFrameOf<'command'>): void {
  const {session} = command;
  switch (command.op) {
    case 'start': {
      const {text, agent, title, cwd} = command;
      store.start(text, {
        ...(agent !== undefined && {agent}),
        ...(title !== undefined && {title}),
        ...(cwd !== undefined && {cwd}),
      });
      return;
    }
    case 'send':
      store.send(session, command.text);
      return;
    case 'continue':
      return store.continueQueue(session);
    case 'unqueue':
      return store.unqueue(session, command.queued);
    case 'stop':
      return store.stop(session);
    case 'answer':
      if (command.approval !== undefined && command.option !== undefined)
        store.answerApproval(session, command.approval, command.option);
      else if (command.question !== undefined) store.answerQuestion(session, command.question, command.values ?? null);
      return;
    case 'set-option':
      return store.setOption(session, command.option, command.value);
    case 'rename':
      return store.rename(session, command.title);
    case 'archive':
      return store.archive(session, command.archived);
    case 'seen':
      return store.seen(session);
    case 'delete':
      return store.delete(session);
  }
}
