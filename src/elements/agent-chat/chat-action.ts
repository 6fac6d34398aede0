import type {EventOf, SessionOption} from '../../model/events.ts';

/** What a person asks of the chat inside one of its parts. */
export type ChatAction =
  | {readonly do: 'type'; readonly text: string}
  | {readonly do: 'choose-agent'; readonly agent: string}
  | {readonly do: 'send' | 'stop' | 'stop-all' | 'continue' | 'load-older' | 'jump' | 'begin-anew'}
  | {readonly do: 'answer'; readonly approval: string; readonly option: string}
  /** By field; null declines. */
  | {
      readonly do: 'answer-question';
      readonly question: string;
      readonly values: EventOf<'question-answered'>['values'];
    }
  | {readonly do: 'set-option'; readonly option: string; readonly value: SessionOption['value']}
  /** `text`: what the queued message says. */
  | {readonly do: 'edit'; readonly command: string; readonly text: string}
  | {readonly do: 'retry' | 'discard' | 'remove'; readonly command: string};

/** From the parts up to the chat; not composed, so no page sees it. */
export class ChatActionEvent extends Event {
  readonly action: ChatAction;
  constructor(action: ChatAction) {
    super('chat-action', {bubbles: true});
    this.action = action;
  }
}

/** A listener that fires `action` from the element that it is on. */
export const asks =
  (action: ChatAction) =>
  ({currentTarget}: Event): void => {
    currentTarget?.dispatchEvent(new ChatActionEvent(action));
  };
