import {fieldsOf, listOf, wordsOf} from '../../../demo/server/agents/acp/translate/lenient.ts';
import {pieces, type ModelApi, type Reply, type StreamEvent} from './api.ts';
import {textOf} from './server.ts';

const usage = {input_tokens: 1_200, output_tokens: 40, total_tokens: 1_240};

/** OpenAI's responses. */
export const responses: ModelApi = {
  read(path, body) {
    if (!path.endsWith('/responses')) return undefined;
    const items = listOf(fieldsOf(body)['input']).map(fieldsOf);
    const last = items.findLastIndex(({role}) => role === 'user');
    return {
      user: items.flatMap((item) => (item['role'] === 'user' ? [textOf(item['content'])] : [])),
      results: items
        .slice(last + 1)
        .flatMap((item) => (/_call_output$/.test(String(item['type'])) ? [textOf(item['output'])] : [])),
      tools: listOf(fieldsOf(body)['tools']).map((tool) => wordsOf(fieldsOf(tool)['name']) ?? ''),
    };
  },

  *stream({thought = '', text = '', use}) {
    const response = {id: `response_${++count}`};
    yield event('created', {response});
    if (thought !== '') yield* reasoning(thought);
    if (text !== '') yield* message(text);
    if (use) yield* item(toolCall(use));
    yield event('completed', {response: {...response, usage}});
  },

  // Whoever speaks it wants a stream.
  whole: () => undefined,
};

let count = 0;
const event = (name: string, fields: object): StreamEvent => {
  const type = `response.${name}`;
  return {event: type, data: {type, ...fields}};
};

function* item(done: object, empty: object = done, between: Iterable<StreamEvent> = []): Iterable<StreamEvent> {
  yield event('output_item.added', {output_index: 0, item: empty});
  yield* between;
  yield event('output_item.done', {output_index: 0, item: done});
}

function* message(text: string): Iterable<StreamEvent> {
  const id = `message_${++count}`;
  const shell = {type: 'message', role: 'assistant', id};
  const deltas = pieces(text).map((delta) =>
    event('output_text.delta', {item_id: id, output_index: 0, content_index: 0, delta}),
  );
  yield* item({...shell, content: [{type: 'output_text', text}]}, {...shell, content: []}, deltas);
}

function* reasoning(text: string): Iterable<StreamEvent> {
  const id = `reasoning_${++count}`;
  const place = {item_id: id, output_index: 0, summary_index: 0};
  const deltas = pieces(text).map((delta) => event('reasoning_summary_text.delta', {...place, delta}));
  yield* item({type: 'reasoning', id, summary: [{type: 'summary_text', text}]}, {type: 'reasoning', id, summary: []}, [
    event('reasoning_summary_part.added', {...place, part: {type: 'summary_text', text: ''}}),
    ...deltas,
  ]);
}

function toolCall({name, input}: NonNullable<Reply['use']>): object {
  const ids = {id: `item_${++count}`, call_id: `call_${count}`, name};
  if (typeof input === 'string') return {type: 'custom_tool_call', ...ids, input};
  return {type: 'function_call', ...ids, arguments: JSON.stringify(input)};
}
