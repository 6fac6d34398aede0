import {AgentPicker} from './agent-picker.ts';
import {QuestionForm} from './question/question-form.ts';
import {AgentChatSpoken} from './spoken.ts';

/** What a conversation does not need before its first message: what says aloud what the agent answers, the choice of many. */
export const agentChatLaterElements = [
  ['agent-chat-spoken', AgentChatSpoken],
  ['agent-chat-agents', AgentPicker],
  ['agent-chat-question', QuestionForm],
] as const;
