import {AgentChat} from './agent-chat.ts';
import {AgentChatItem} from './chat-item.ts';
import {AgentChatComposer} from './composer.ts';
import {AgentChatSpoken} from './spoken.ts';

/** Parts before what they are parts of. */
export const agentChatElements = [
  ['agent-chat-item', AgentChatItem],
  ['agent-chat-spoken', AgentChatSpoken],
  ['agent-chat-composer', AgentChatComposer],
  ['agent-chat', AgentChat],
] as const;
