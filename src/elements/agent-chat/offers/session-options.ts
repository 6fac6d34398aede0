import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {live} from 'lit/directives/live.js';
import {fill, type Strings} from '../../../context/strings.ts';
import type {SessionOption} from '../../../model/events.ts';
import {visible} from '../../shared/output/visible.ts';
import {ChatActionEvent} from '../chat-action.ts';

type Value = SessionOption['value'];
type Wished = Readonly<Record<string, Value>>;

const ask = (target: EventTarget | null, option: string, value: Value): void =>
  void target?.dispatchEvent(new ChatActionEvent({do: 'set-option', option, value}));

/** What can be chosen for a session, as it will be: `wished` is chosen, and not confirmed yet. */
export function sessionOptions(
  options: readonly SessionOption[],
  wished: Wished,
  strings: Strings,
  canChange: boolean,
): unknown {
  const changing = options.filter(({id}) => Object.hasOwn(wished, id)).map(({label}) => visible(label));
  return [
    options.map((option) => {
      const value = wished[option.id] ?? option.value;
      const shown = {...option, value};
      const isWished = Object.hasOwn(wished, option.id);
      return option.type === 'boolean' ? toggle(shown, isWished, canChange) : select(shown, isWished, canChange);
    }),
    html`<span class="hidden" aria-live="polite"
      >${changing.length ? fill(strings.changing, {label: changing.join(', ')}) : nothing}</span
    >`,
  ];
}

function select(
  {id, label, value, choices = []}: SessionOption,
  isWished: boolean,
  canChange: boolean,
): TemplateResult {
  const known = choices.some((choice) => choice.value === value);
  const all = known ? choices : [{value: String(value), label: String(value)}, ...choices];
  return html`<label class="option">
    <span aria-hidden="true" dir="auto">${visible(label)}</span>
    <select
      aria-label=${visible(label)}
      aria-busy=${isWished ? 'true' : 'false'}
      autocomplete="off"
      ?disabled=${!canChange}
      @change=${({currentTarget}: Event) => {
        const chosen = all[(currentTarget as HTMLSelectElement).selectedIndex];
        if (chosen) ask(currentTarget, id, chosen.value);
      }}
    >
      ${all.map(
        (choice) =>
          html`<option title=${ifDefined(choice.description)} .selected=${live(choice.value === value)}>
            ${visible(choice.label)}
          </option>`,
      )}
    </select>
  </label>`;
}

const toggle = ({id, label, value}: SessionOption, isWished: boolean, canChange: boolean): TemplateResult =>
  html`<label class="option">
    <span aria-hidden="true" dir="auto">${visible(label)}</span>
    <input
      type="checkbox"
      role="switch"
      aria-label=${visible(label)}
      aria-busy=${isWished ? 'true' : 'false'}
      autocomplete="off"
      ?disabled=${!canChange}
      .checked=${live(value === true)}
      @change=${({currentTarget}: Event) => ask(currentTarget, id, (currentTarget as HTMLInputElement).checked)}
    />
  </label>`;
