import type {AgentEvent, OptionValue} from '../../../core/agent.ts';
import type {Command} from '../command.ts';
import {text} from '../say.ts';

type Options = Extract<AgentEvent, {type: 'options'}>['options'];

/** How the pieces of an answer follow each other, in milliseconds. */
const PACES: Readonly<Record<string, number>> = {brisk: 0, normal: 12, calm: 60};

const choices = [
  {value: 'brisk', label: 'Brisk', description: 'all at once'},
  {value: 'normal', label: 'Normal'},
  {value: 'calm', label: 'Calm', description: 'to be read along'},
];

export const options: Command = {
  usage: '/options',
  about: 'lets the pace of this session be chosen from then on (and offers to write files, which it refuses)',
  run: (rest) => (rest.trim() === '' ? offered() : undefined),
};

const given: Options = [
  {id: 'pace', label: 'Pace', category: 'mode', type: 'select', value: 'normal', choices},
  {id: 'write', label: 'Write files', type: 'boolean', value: false},
];

async function* offered(): AsyncGenerator<AgentEvent> {
  yield {type: 'options', options: given};
  yield text('Choose.');
}

/** Throws what cannot be chosen. */
export function allow(option: string, value: OptionValue): void {
  if (option === 'write' && value === true) throw new Error('this agent only reads.');
}

/** What a person has chosen, or as ever. */
export const paceOf = (chosen: Readonly<Record<string, OptionValue>>): number | undefined =>
  PACES[String(chosen['pace'])];
