import type {EventOf} from '../../../src/model/events.ts';
import type {AgentEvent} from './agent.ts';
import {checked, LABEL_UNITS, listOf, NAME_UNITS, oneEach, text} from './checked-event.ts';
import type {Limits} from './limits.ts';

type Said<T extends AgentEvent['type']> = Extract<AgentEvent, {type: T}>;
type Choice = {readonly value: string; readonly label: string; readonly description?: string};

const MAX_ENTRIES = 500;
const MAX_OPTIONS = 64;
const MAX_COMMANDS = 200;
const MAX_CHOICES = 500;
/** One agent was seen to describe its commands in half a megabyte. */
const DESCRIPTION_UNITS = 200;

/** What can be chosen, for an option or a field of a question. */
export const clipChoices = (choices: readonly Choice[] | undefined, bytes: number): readonly object[] | undefined =>
  listOf(choices, {count: MAX_CHOICES, bytes}, (choice) => ({
    value: choice?.value,
    label: text(choice?.label, NAME_UNITS),
    description: text(choice?.description, DESCRIPTION_UNITS),
  }));

export const plan = (said: Said<'plan'>, turn: string, {toolBytes}: Limits): EventOf<'plan'> =>
  checked('plan', {
    turn,
    entries: listOf(said.entries, {count: MAX_ENTRIES, bytes: toolBytes}, (entry) => ({
      text: text(entry?.text, LABEL_UNITS),
      status: entry?.status,
      priority: text(entry?.priority, NAME_UNITS),
    })),
  });

export function options(said: Said<'options'>, {toolBytes}: Limits): EventOf<'options'> {
  const event = checked('options', {
    options: listOf(said.options, {count: MAX_OPTIONS, bytes: toolBytes}, (option) => ({
      id: option?.id,
      label: text(option?.label, NAME_UNITS),
      category: text(option?.category, NAME_UNITS),
      type: option?.type,
      value: option?.value,
      choices: clipChoices(option?.choices, toolBytes / 4),
    })),
  });
  oneEach(
    'options',
    event.options.map(({id}) => id),
  );
  return event;
}

export const commands = (said: Said<'commands'>, {toolBytes}: Limits): EventOf<'commands'> =>
  checked('commands', {
    commands: listOf(said.commands, {count: MAX_COMMANDS, bytes: toolBytes}, (command) => ({
      name: text(command?.name, NAME_UNITS),
      description: text(command?.description, DESCRIPTION_UNITS),
      hint: text(command?.hint, DESCRIPTION_UNITS),
    })),
  });
