import {fieldsOf, listOf, wordsOf} from '../../../demo/server/agents/acp/translate/lenient.ts';
import {pieces, type ModelApi, type Reply, type StreamEvent} from './api.ts';
import {textOf} from './server.ts';

const usage = {prompt_tokens: 1_200, completion_tokens: 40, total_tokens: 1_240};

/** OpenAI's chat completions. */
export const chatCompletions: ModelApi = {
  read(path, body) {
    if (!path.endsWith('/chat/completions')) return undefined;
    const messages = listOf(fieldsOf(body)['messages']).map(fieldsOf);
    const last = messages.findLastIndex(({role}) => role === 'user');
    const texts = (role: string, from = 0): string[] =>
      messages.slice(from).flatMap((each) => (each['role'] === role ? [textOf(each['content'])] : []));
    return {
      user: texts('user'),
      results: texts('tool', last + 1),
      tools: listOf(fieldsOf(body)['tools']).map((tool) => wordsOf(fieldsOf(fieldsOf(tool)['function'])['name']) ?? ''),
    };
  },

  *stream(reply) {
    const {thought = '', text = '', use} = reply;
    yield chunk({role: 'assistant'});
    for (const piece of pieces(thought)) yield chunk({reasoning_content: piece});
    for (const piece of pieces(text)) yield chunk({content: piece});
    if (use) yield chunk({tool_calls: [{index: 0, ...toolCall(use)}]});
    yield chunk({}, use ? 'tool_calls' : 'stop');
    yield {data: '[DONE]'};
  },

  whole(_path, body, {text = '', use}: Reply) {
    if (fieldsOf(body)['stream'] === true) return undefined;
    const message = {role: 'assistant', content: text, ...(use && {tool_calls: [toolCall(use)]})};
    return {...envelope('chat.completion'), choices: [{index: 0, message, finish_reason: 'stop'}], usage};
  },
};

let calls = 0;
const toolCall = ({name, input}: NonNullable<Reply['use']>): object => ({
  id: `call_${++calls}`,
  type: 'function',
  function: {name, arguments: JSON.stringify(input)},
});

const envelope = (object: string): object => ({id: 'scripted', object, created: 0, model: 'scripted'});

function chunk(delta: object, finish: string | null = null): StreamEvent {
  return {
    data: {
      ...envelope('chat.completion.chunk'),
      choices: [{index: 0, delta, finish_reason: finish}],
      ...(finish !== null && {usage}),
    },
  };
}
