import type {AgentEvent} from '../../../core/agent.ts';
import {code} from '../markdown.ts';
import type {Command, Turn} from '../command.ts';
import {answered} from '../pause.ts';
import {text} from '../say.ts';

type Question = Extract<AgentEvent, {type: 'question'}>;
type Values = Parameters<Question['answer']>[0];

export const form: Command = {
  usage: '/form QUESTION',
  about: 'asks with a form of every kind of field, then answers what was filled in, or `Declined.`',
  run: (rest, turn) => (rest.trim() === '' ? undefined : asked(rest.trim(), turn)),
};

const fields: Question['fields'] = [
  {id: 'name', label: 'Name', type: 'text', required: true},
  {id: 'count', label: 'How many', type: 'number'},
  {
    id: 'size',
    label: 'Size',
    type: 'choice',
    options: [
      {value: 'small', label: 'Small', description: 'quick, and often enough'},
      {value: 'large', label: 'Large', description: 'thorough'},
    ],
  },
  {
    id: 'parts',
    label: 'Parts',
    type: 'choices',
    options: [
      {value: 'code', label: 'Code'},
      {value: 'tests', label: 'Tests'},
      {value: 'docs', label: 'Documents'},
    ],
  },
  {id: 'now', label: 'Begin at once', type: 'boolean'},
];

async function* asked(question: string, {signal}: Turn): AsyncGenerator<AgentEvent> {
  let answer: (values: Values) => void = () => undefined;
  const values = answered<Values>((resolve) => (answer = resolve), signal);
  yield {type: 'question', text: question, fields, answer: (given) => answer(given)};
  const given = await values;
  if (signal.aborted || given === undefined) return;
  if (given === null) yield text('Declined.');
  else yield text(fields.map(({id, label}) => `- ${label}: ${code(shown(given[id]))}`).join('\n'));
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : [value].flat().join(', ') || 'nothing');
