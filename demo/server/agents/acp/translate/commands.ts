import type {EventOf} from '../../../../../src/model/events.ts';
import {cutUnits} from '../../../core/text.ts';
import {fieldsOf, listOf, wordsOf} from './lenient.ts';
import {step, type State, type Step} from './state.ts';

type Command = EventOf<'commands'>['commands'][number];

const MAX_COMMANDS = 200;
const DESCRIPTION_UNITS = 200;
const NAME_UNITS = 100;

/** One agent sends 555 KB of them, and all send them again in mid-turn: they are told cut, and only if they have changed. */
export function readCommands(state: State, raw: unknown): Step {
  const commands = listOf(raw).flatMap(readCommand).slice(0, MAX_COMMANDS);
  if (JSON.stringify(commands) === JSON.stringify(state.commands)) return step(state);
  return step({...state, commands}, [{type: 'commands', commands}]);
}

function readCommand(raw: unknown): Command[] {
  const {name, description, input} = fieldsOf(raw);
  const words = wordsOf(name)?.replace(/^\//, '');
  if (!words || words.length > NAME_UNITS) return [];
  const about = wordsOf(description);
  const hint = wordsOf(fieldsOf(input)['hint']);
  return [
    {
      name: words,
      ...(about !== undefined && {description: cutUnits(about, DESCRIPTION_UNITS)}),
      ...(hint !== undefined && {hint: cutUnits(hint, DESCRIPTION_UNITS)}),
    },
  ];
}
