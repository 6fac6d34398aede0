import type {QuestionField, QuestionValue} from '../../../src/model/events.ts';
import {reject, type Reject} from './ops/outcome.ts';
import {utf8Bytes} from './text.ts';

/** What a person may write into one form, as JSON. */
const MAX_BYTES = 128 * 1024;

const isEmpty = (value: QuestionValue | undefined): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function fits({type, options = []}: QuestionField, value: QuestionValue): boolean {
  const offered = (one: unknown): boolean => options.some((option) => option.value === one);
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return offered(value);
    case 'choices':
      return Array.isArray(value) && new Set(value).size === value.length && value.every(offered);
  }
}

/** Why these values are no answer to a form with these fields; nothing if they are one. */
export function misfit(
  fields: readonly QuestionField[],
  values: Readonly<Record<string, QuestionValue>>,
): Reject | undefined {
  if (utf8Bytes(JSON.stringify(values)) > MAX_BYTES) return reject('too-large', 'The answer is longer than 128 KiB.');
  const known = new Map(fields.map((field) => [field.id, field]));
  for (const [id, value] of Object.entries(values)) {
    const field = known.get(id);
    if (!field || !fits(field, value)) return reject('invalid', 'The answer does not fit the question.');
  }
  const missing = fields.find(({id, required}) => required && (!Object.hasOwn(values, id) || isEmpty(values[id])));
  return missing && reject('invalid', `“${missing.label}” has to be answered.`);
}
