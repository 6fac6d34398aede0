import {SessionStartEvent, SessionStopEvent} from '../../events.ts';
import type {SessionStore} from '../../store/session-store.ts';
import type {ActiveFamily} from './active-family.ts';
import type {ChatAction, ChatActionEvent} from './chat-action.ts';
import type {Chat} from './composer-aids.ts';
import type {CurrentSession} from './current-session.ts';
import type {ScrollKeeper} from './scroll-keeper.ts';

/** Does what a person asks of the parts that come later. */
export class LaterActions {
  readonly #chat: Chat;
  readonly #session: CurrentSession;
  readonly #scroll: ScrollKeeper;
  readonly #family: ActiveFamily;

  constructor(chat: Chat, session: CurrentSession, scroll: ScrollKeeper, family: ActiveFamily) {
    this.#chat = chat;
    this.#session = session;
    this.#scroll = scroll;
    this.#family = family;
    chat.renderRoot.addEventListener('chat-action', this.#act);
  }

  readonly #act = (event: Event): void => {
    const {action} = event as ChatActionEvent;
    const {scope, id} = this.#session;
    if (!scope) return;
    if (action.do === 'jump') this.#scroll.toEnd();
    else if (action.do === 'begin-anew') this.#beginAnew(scope.store);
    else if (id !== undefined) this.#steer(scope.store, id, action);
  };

  #steer(store: SessionStore, id: string, action: ChatAction): void {
    switch (action.do) {
      case 'stop-all':
        for (const each of this.#family.ids) this.#stop(store, each);
        return this.#session.state.busy === 'open' ? this.#stop(store, id) : undefined;
      case 'continue':
        return store.continueQueue(id);
      case 'load-older':
        return void store.loadOlder(id);
      case 'answer':
        return store.answerApproval(id, action.approval, action.option);
      case 'remove':
        return store.unqueue(id, action.command);
      case 'discard':
        return store.discard(action.command);
      case 'retry':
        return this.#retry(store, id, action.command);
    }
  }

  #stop(store: SessionStore, id: string): void {
    if (this.#chat.dispatchEvent(new SessionStopEvent(id))) store.stop(id);
  }

  /** It may begin another session. */
  #retry(store: SessionStore, id: string, command: string): void {
    const session = store.retry(command);
    if (session !== undefined && session !== id) {
      this.#session.open(session);
      this.#chat.dispatchEvent(new SessionStartEvent(session));
    }
    this.#scroll.toEnd();
  }

  /** The words of a session that is gone go where they can be sent from. */
  #beginAnew(store: SessionStore): void {
    const {id} = this.#session;
    store.setDraft([store.draft(), store.draft(id)].filter(Boolean).join('\n\n'));
    store.setDraft('', id);
    this.#session.open(undefined);
    this.#chat.focus();
  }
}
