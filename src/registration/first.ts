import {agentChatElements} from '../elements/agent-chat/elements.ts';
import {SessionContext} from '../elements/session-context/session-context.ts';
import type {Elements} from './define-elements.ts';

/** What shows the first message. The provider first: elements that are on the page find it when their turn comes. */
export const elements: Elements = [['session-context', SessionContext], ...agentChatElements];
