import {fieldsOf, listOf, wordsOf, type Fields} from '../../../demo/server/agents/acp/translate/lenient.ts';
import {pieces, type ModelApi, type Reply, type StreamEvent} from './api.ts';
import {textOf} from './server.ts';

const usageMetadata = {promptTokenCount: 1_200, candidatesTokenCount: 40, totalTokenCount: 1_240};

/** The Gemini API. */
export const geminiApi: ModelApi = {
  read(path, body) {
    if (!/:(stream)?generateContent/i.test(path)) return undefined;
    const contents = listOf(fieldsOf(body)['contents']).map(fieldsOf);
    // What a tool has returned comes in the name of the user too.
    const said = contents.map((each) => (each['role'] === 'user' ? textOf(each['parts']).trim() : ''));
    const last = said.findLastIndex((text) => text !== '');
    return {
      user: said.filter((text) => text !== ''),
      results: contents.slice(last + 1).flatMap(responsesIn),
      tools: listOf(fieldsOf(body)['tools'])
        .flatMap((tool) => listOf(fieldsOf(tool)['functionDeclarations']))
        .map((declared) => wordsOf(fieldsOf(declared)['name']) ?? ''),
    };
  },

  *stream({thought = '', text = '', use}) {
    // Thoughts come whole, with a heading.
    if (thought !== '') yield chunk([{text: `**Thinking**\n\n${thought}`, thought: true}]);
    for (const piece of pieces(text)) yield chunk([{text: piece}]);
    yield chunk(use ? [called(use)] : [{text: ''}], 'STOP');
  },

  whole(path, _body, {text = '', use}) {
    if (/:stream/i.test(path)) return undefined;
    return candidate([{text}, ...(use ? [called(use)] : [])], 'STOP');
  },
};

const responsesIn = (content: Fields): string[] =>
  listOf(content['parts']).flatMap((part) => {
    const response = fieldsOf(part)['functionResponse'];
    return response === undefined ? [] : [JSON.stringify(fieldsOf(response)['response'])];
  });

const called = ({name, input}: NonNullable<Reply['use']>): object => ({functionCall: {name, args: input}});

const chunk = (parts: readonly object[], finishReason?: string): StreamEvent => ({
  data: candidate(parts, finishReason),
});

const candidate = (parts: readonly object[], finishReason?: string): object => ({
  candidates: [{index: 0, content: {role: 'model', parts}, ...(finishReason !== undefined && {finishReason})}],
  usageMetadata,
  modelVersion: 'scripted',
});
