import type {SessionOption} from '../../../../../src/model/events.ts';
import {fieldsOf, listOf, wordsOf} from './lenient.ts';
import {step, type Options, type State, type Step} from './state.ts';

/** The option that the modes of a session are, for agents that have no such option of their own. */
const MODE = 'mode';
const ID_UNITS = 128;

/** All that a person can choose. */
export const listOptions = ({config, mode}: Options): readonly SessionOption[] =>
  mode && !config.some(({category}) => category === MODE) ? [mode, ...config] : config;

/** The answer that opened the session, or that to a change; what it does not name stays. */
export function openOptions(state: State, result: unknown): Step {
  const {configOptions, modes} = fieldsOf(result);
  return become(state, {
    config: Array.isArray(configOptions) ? readConfig(configOptions) : state.options.config,
    mode: modes === undefined || modes === null ? state.options.mode : readModes(modes),
  });
}

export const setConfig = (state: State, configOptions: unknown): Step =>
  become(state, {...state.options, config: readConfig(configOptions)});

/** The agent is in another mode now, whoever wanted it. */
export function setMode(state: State, value: string): Step {
  const {config, mode} = state.options;
  const set = (option: SessionOption): SessionOption =>
    option.choices?.some((choice) => choice.value === value) ? {...option, value} : option;
  return become(state, {
    config: config.map((option) => (option.category === MODE ? set(option) : option)),
    mode: mode && set(mode),
  });
}

/** The request that gives an option another value. */
export function optionRequest(
  {config}: Options,
  id: string,
  value: string | boolean,
): {readonly method: 'session/set_config_option' | 'session/set_mode'; readonly params: object} {
  if (!config.some((option) => option.id === id)) return {method: 'session/set_mode', params: {modeId: value}};
  const type = typeof value === 'boolean' ? {type: 'boolean'} : {};
  return {method: 'session/set_config_option', params: {configId: id, value, ...type}};
}

/** Pages are told the whole list, and only if it is another one. */
function become(state: State, options: Options): Step {
  const list = listOptions(options);
  const same = JSON.stringify(list) === JSON.stringify(listOptions(state.options));
  return step({...state, options}, same ? [] : [{type: 'options', options: list}]);
}

const readConfig = (raw: unknown): SessionOption[] => {
  const options = listOf(raw).map(readOption);
  return options.filter((option): option is SessionOption => option !== undefined);
};

function readOption(raw: unknown): SessionOption | undefined {
  const {id: rawId, name, category, type, currentValue, options} = fieldsOf(raw);
  const id = wordsOf(rawId);
  if (id === undefined || id.length > ID_UNITS) return undefined;
  const head = {id, label: wordsOf(name) ?? id, ...(typeof category === 'string' && {category})};
  if (type === 'boolean') return {...head, type, value: currentValue === true};
  const choices = listOf(options).flatMap(readChoices);
  return typeof currentValue === 'string' ? {...head, type: 'select', value: currentValue, choices} : undefined;
}

type Choice = NonNullable<SessionOption['choices']>[number];

/** A choice, or a group of them. */
function readChoices(raw: unknown): Choice[] {
  const {value, name, description, options} = fieldsOf(raw);
  if (Array.isArray(options)) return options.flatMap(readChoices);
  const words = wordsOf(value);
  if (words === undefined) return [];
  const about = wordsOf(description);
  return [{value: words, label: wordsOf(name) ?? words, ...(about !== undefined && {description: about})}];
}

function readModes(raw: unknown): SessionOption | undefined {
  const {currentModeId, availableModes} = fieldsOf(raw);
  const value = wordsOf(currentModeId);
  if (value === undefined) return undefined;
  const choices = listOf(availableModes).flatMap((mode) =>
    readChoices({...fieldsOf(mode), value: fieldsOf(mode)['id']}),
  );
  return {id: MODE, label: 'Mode', category: MODE, type: 'select', value, choices};
}
