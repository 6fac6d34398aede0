import {fieldsOf, listOf, wordsOf, type Fields} from '../../../demo/server/agents/acp/translate/lenient.ts';
import {pieces, type ModelApi, type Reply, type StreamEvent} from './api.ts';
import {textOf} from './server.ts';

const usage = {input_tokens: 1_200, output_tokens: 40};

/** Anthropic's messages. */
export const messages: ModelApi = {
  read(path, body) {
    if (!/\/messages(\?|$)/.test(path)) return undefined;
    const all = listOf(fieldsOf(body)['messages']).map(fieldsOf);
    const said = all.map(wordsOfPerson);
    const last = said.findLastIndex((text) => text !== '');
    return {
      user: said.filter((text) => text !== ''),
      results: all
        .slice(last)
        .flatMap(({content}) => partsOf(content, 'tool_result').map((part) => textOf(part['content']))),
      tools: listOf(fieldsOf(body)['tools']).map((tool) => wordsOf(fieldsOf(tool)['name']) ?? ''),
    };
  },

  *stream(reply) {
    const blocks = blocksOf(reply);
    yield event('message_start', {message: {...envelope(), content: [], stop_reason: null}});
    for (const [index, {start, deltas}] of blocks.entries()) {
      yield event('content_block_start', {index, content_block: start});
      for (const delta of deltas) yield event('content_block_delta', {index, delta});
      yield event('content_block_stop', {index});
    }
    yield event('message_delta', {delta: {stop_reason: reply.use ? 'tool_use' : 'end_turn'}, usage});
    yield event('message_stop', {});
  },

  whole(_path, body, {text = ''}) {
    if (fieldsOf(body)['stream'] === true) return undefined;
    return {...envelope(), content: [{type: 'text', text}], stop_reason: 'end_turn'};
  },
};

const event = (type: string, fields: object): StreamEvent => ({event: type, data: {type, ...fields}});

let count = 0;
const envelope = (): object => ({id: `msg_${++count}`, type: 'message', role: 'assistant', model: 'scripted', usage});

const partsOf = (content: unknown, type: string): Fields[] =>
  listOf(content)
    .map(fieldsOf)
    .filter((part) => part['type'] === type);

/** What a tool has returned, and what the agent reminds of, comes in the name of the person too. */
function wordsOfPerson({role, content}: Fields): string {
  if (role !== 'user') return '';
  const text = typeof content === 'string' ? content : textOf(partsOf(content, 'text'));
  return text.replace(/<system-reminder>.*?<\/system-reminder>/gs, '').trim();
}

interface Block {
  readonly start: object;
  readonly deltas: readonly object[];
}

function blocksOf({thought = '', text = '', use}: Reply): readonly Block[] {
  const blocks: Block[] = [];
  if (thought !== '') {
    const deltas = pieces(thought).map((piece) => ({type: 'thinking_delta', thinking: piece}));
    const signature = {type: 'signature_delta', signature: 'scripted'};
    blocks.push({start: {type: 'thinking', thinking: '', signature: ''}, deltas: [...deltas, signature]});
  }
  if (text !== '') {
    const deltas = pieces(text).map((piece) => ({type: 'text_delta', text: piece}));
    blocks.push({start: {type: 'text', text: ''}, deltas});
  }
  if (use) {
    const start = {type: 'tool_use', id: `toolu_${++count}`, name: use.name, input: {}};
    blocks.push({start, deltas: [{type: 'input_json_delta', partial_json: JSON.stringify(use.input)}]});
  }
  return blocks;
}
