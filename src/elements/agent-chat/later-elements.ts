import {AgentChatSpoken} from './spoken.ts';

/** What says aloud, for those who listen, what the agent answers: not needed before it does. */
export const agentChatLaterElements = [['agent-chat-spoken', AgentChatSpoken]] as const;
