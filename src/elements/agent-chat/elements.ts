import {AgentChat} from './agent-chat.ts';
import {AgentChatItem} from './chat-item.ts';
import {AgentChatComposer} from './composer.ts';

/** What a conversation needs from the first message on; parts before what they are parts of. */
export const agentChatElements = [
  ['agent-chat-item', AgentChatItem],
  ['agent-chat-composer', AgentChatComposer],
  ['agent-chat', AgentChat],
] as const;
