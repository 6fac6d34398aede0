import {html, type TemplateResult} from 'lit';
import type {Strings} from '../../../context/strings.ts';
import type {QuestionValue} from '../../../model/events.ts';
import type {QuestionItem} from '../../../model/items.ts';
import {visible} from '../../shared/output/visible.ts';

/** What a person has answered, in the words of the form. */
export function answeredWith({answer, fields}: QuestionItem, strings: Strings): TemplateResult {
  const values = answer?.values;
  if (!values) return html`<p class="answer">${strings.noAnswer}</p>`;
  const given = fields.filter(({id}) => Object.hasOwn(values, id));
  return html`<dl class="answer">
    ${given.map(({id, label, options = []}) => {
      const said = (value: QuestionValue | undefined): string =>
        typeof value === 'boolean'
          ? strings[value ? 'yes' : 'no']
          : visible(options.find((option) => option.value === value)?.label ?? String(value ?? ''));
      const value = values[id];
      return html`<div dir="auto">
        <dt>${visible(label)}</dt>
        <dd>${Array.isArray(value) ? value.map(said).join(', ') : said(value)}</dd>
      </div>`;
    })}
  </dl>`;
}
