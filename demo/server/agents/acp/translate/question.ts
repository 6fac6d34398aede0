import type {QuestionField} from '../../../../../src/model/events.ts';
import {fieldsOf, listOf, wordsOf, type Fields} from './lenient.ts';
import type {Reply, Said, Values} from './messages.ts';
import {step, type Ask, type State, type Step} from './state.ts';

const MAX_FIELDS = 50;

/** A form for a person. What is no form (a page to open) is declined, with a word about it. */
export function askQuestion(state: State, ask: string, params: unknown): Step {
  const {mode, message, requestedSchema, toolCallId, url} = fieldsOf(params);
  const {turn} = state;
  if (!turn || turn.stopping) return step(state, [], [withdrawn(ask)]);
  const text = wordsOf(message) ?? 'The agent has a question.';
  if (mode !== undefined && mode !== 'form') {
    const where = wordsOf(url);
    const notice = `${text}\nThe agent wanted something to be opened${where ? `: ${where}` : '.'}`;
    return step(state, [{type: 'notice', level: 'warning', text: notice}], [answer(ask, {action: 'decline'})]);
  }
  const {properties, required} = fieldsOf(requestedSchema);
  const must = new Set(listOf(required));
  const entries = Object.entries(fieldsOf(properties)).slice(0, MAX_FIELDS);
  const fields = entries.map(([name, schema], i) => ({
    name,
    whole: fieldsOf(schema)['type'] === 'integer',
    field: readField(`field-${i + 1}`, name, fieldsOf(schema), must.has(name)),
  }));
  const ref = wordsOf(toolCallId);
  const tool = ref === undefined ? undefined : turn.tools.get(ref);
  const kept: Ask = {
    type: 'question',
    fields: new Map(fields.map(({field, name, whole}) => [field.id, {name, whole}])),
  };
  const asked: Said = {
    type: 'question',
    ask,
    ...(tool && !tool.ended && ref !== undefined && {ref}),
    text,
    fields: fields.map(({field}) => field),
  };
  return step({...state, asks: new Map(state.asks).set(ask, kept)}, [asked]);
}

/** A person has filled in the form, or has declined: null. */
export function fill(state: State, ask: string, values: Values | null): Step {
  const open = state.asks.get(ask);
  if (open?.type !== 'question') return step(state);
  const asks = new Map(state.asks);
  asks.delete(ask);
  if (values === null) return step({...state, asks}, [], [answer(ask, {action: 'decline'})]);
  const content = Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const field = open.fields.get(id);
      return field ? [[field.name, field.whole && typeof value === 'number' ? Math.round(value) : value]] : [];
    }),
  );
  return step({...state, asks}, [], [answer(ask, {action: 'accept', content})]);
}

export const withdrawn = (ask: string): Reply => answer(ask, {action: 'cancel'});

const answer = (ask: string, result: object): Reply => ({type: 'answer', ask, result});

function readField(id: string, name: string, schema: Fields, required: boolean): QuestionField {
  const about = wordsOf(schema['description']);
  const label = wordsOf(schema['title']) ?? name;
  const head = {id, label: about && about !== label ? `${label}: ${about}` : label, ...(required && {required})};
  switch (schema['type']) {
    case 'boolean':
      return {...head, type: 'boolean'};
    case 'number':
    case 'integer':
      return {...head, type: 'number'};
    case 'array': {
      const items = fieldsOf(schema['items']);
      return {...head, type: 'choices', options: readChoices(items['anyOf'] ?? items['oneOf'] ?? items['enum'])};
    }
    default: {
      const options = readChoices(schema['oneOf'] ?? schema['enum']);
      return options.length > 0 ? {...head, type: 'choice', options} : {...head, type: 'text'};
    }
  }
}

/** Either bare values or `{const, title}`. */
const readChoices = (raw: unknown): NonNullable<QuestionField['options']> =>
  listOf(raw).flatMap((each) => {
    const {title, description} = fieldsOf(each);
    const value = wordsOf(each) ?? wordsOf(fieldsOf(each)['const']);
    if (value === undefined) return [];
    const label = wordsOf(title) ?? value;
    const about = wordsOf(description);
    return [{value, label, ...(about !== undefined && about !== label && {description: about})}];
  });
