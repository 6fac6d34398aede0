import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../../../context/strings.ts';
import type {QuestionField, QuestionValue} from '../../../model/events.ts';
import {visible} from '../../shared/output/visible.ts';
import {looksSecret} from './secret.ts';

export type Values = Readonly<Record<string, QuestionValue>>;

/** More choices than this are a list that opens. */
const MANY = 10;

/** One field with its label, in the direction of the form. `id` is unique in the chat, `at` is its place in the form, `held` what was in it before. */
export function questionField(
  field: QuestionField,
  {id, at, held, strings}: {id: string; at: number; held: QuestionValue | undefined; strings: Strings},
): TemplateResult {
  const {type, required = false, options = []} = field;
  const label = [visible(field.label), required ? html` <span class="required">${strings.required}</span>` : nothing];
  switch (type) {
    case 'text':
      return text(field, {id, at, held: String(held ?? ''), label, strings});
    case 'number':
      return html`<div class="field">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          data-field=${at}
          type="number"
          .step=${'any'}
          autocomplete="off"
          ?required=${required}
          .value=${String(held ?? '')}
        />
      </div>`;
    case 'boolean':
      return html`<label class="pick">
        <input type="checkbox" data-field=${at} autocomplete="off" .checked=${held === true} />
        <span>${label}</span>
      </label>`;
    case 'choice':
      if (options.length > MANY) return select(field, {id, at, held, label, strings});
      return picks(field, {id, at, type: 'radio', label, isHeld: (value) => value === held});
    case 'choices':
      return picks(field, {
        id,
        at,
        type: 'checkbox',
        label,
        isHeld: (value) => Array.isArray(held) && held.includes(value),
      });
  }
}

interface Drawn {
  readonly id: string;
  readonly at: number;
  readonly label: unknown;
}

function text(
  {label: name, id: fieldId, required = false}: QuestionField,
  {id, at, held, label, strings}: Drawn & {held: string; strings: Strings},
): TemplateResult {
  const isSecret = looksSecret(name, fieldId);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <textarea
      id=${id}
      data-field=${at}
      rows="1"
      dir="auto"
      autocomplete="off"
      spellcheck=${isSecret ? 'false' : nothing}
      aria-describedby=${isSecret ? `${id}-about` : nothing}
      ?required=${required}
      .value=${held}
    ></textarea>
    ${isSecret ? html`<p class="secret" id="${id}-about">${strings.secretWarning}</p>` : nothing}
  </div>`;
}

function select(
  {options = [], required = false}: QuestionField,
  {id, at, held, label, strings}: Drawn & {held: QuestionValue | undefined; strings: Strings},
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} data-field=${at} autocomplete="off" ?required=${required}>
      <option value="">${strings.chooseNothing}</option>
      ${options.map(
        ({value, label, description}, place) =>
          html`<option value=${place} .selected=${value === held}>
            ${visible([label, description].filter(Boolean).join(' — '))}
          </option>`,
      )}
    </select>
  </div>`;
}

/** What is picked is known by its place: values are the agent's, and may be anything. */
function picks(
  {options = [], required = false}: QuestionField,
  {id, at, type, label, isHeld}: Drawn & {type: 'radio' | 'checkbox'; isHeld: (value: string) => boolean},
): TemplateResult {
  return html`<fieldset class="picks">
    <legend>${label}</legend>
    ${options.map(
      ({value, label, description}, place) =>
        html`<label class="pick">
          <input
            type=${type}
            name=${id}
            data-field=${at}
            value=${place}
            autocomplete="off"
            ?required=${required && type === 'radio'}
            .checked=${isHeld(value)}
          />
          <span>
            ${visible(label)}${description ? html`<span class="about">${visible(description)}</span>` : nothing}
          </span>
        </label>`,
    )}
  </fieldset>`;
}

/** What stands in the form; a field with nothing in it is left out. */
export function readValues(form: HTMLElement, fields: readonly QuestionField[]): Values {
  return Object.fromEntries(
    fields.flatMap((field, at) => {
      const value = read(field, [...form.querySelectorAll<HTMLInputElement>(`[data-field="${at}"]`)]);
      return value === undefined ? [] : [[field.id, value]];
    }),
  );
}

function read({type, options = []}: QuestionField, inputs: readonly HTMLInputElement[]): QuestionValue | undefined {
  const [first] = inputs;
  if (!first) return undefined;
  const picked = inputs.filter(({checked}) => checked).flatMap(({value}) => options[Number(value)]?.value ?? []);
  switch (type) {
    case 'text':
      return first.value || undefined;
    case 'number':
      return Number.isFinite(first.valueAsNumber) ? first.valueAsNumber : undefined;
    case 'boolean':
      return first.checked;
    case 'choice':
      return first.localName === 'select' ? (first.value ? options[Number(first.value)]?.value : undefined) : picked[0];
    case 'choices':
      return picked.length > 0 ? picked : undefined;
  }
}

/** A group of boxes of which one has to be checked: the browser knows that only of radio buttons. */
export function requirePicks(form: HTMLElement, fields: readonly QuestionField[], {chooseOne}: Strings): void {
  for (const [at, {type, required}] of fields.entries()) {
    if (type !== 'choices' || !required) continue;
    const boxes = [...form.querySelectorAll<HTMLInputElement>(`[data-field="${at}"]`)];
    boxes[0]?.setCustomValidity(boxes.some(({checked}) => checked) ? '' : chooseOne);
  }
}
