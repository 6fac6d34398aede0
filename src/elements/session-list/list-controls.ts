import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../../context/strings.ts';
import {sorts, type ListSort} from '../../store/list-order.ts';
import {filters, type ListFilter, type ListOptions} from '../../store/list-view.ts';
import {icon} from '../shared/icons.ts';

interface Controls {
  readonly strings: Strings;
  readonly options: ListOptions;
  /** What is asked for here. */
  readonly choose: (options: Partial<ListOptions>) => void;
  /** Undefined: nothing can be begun. */
  readonly begin: (() => void) | undefined;
}

/** What stands above a list: the way to a new conversation, search, filter and order. */
export function listControls({strings, options, choose, begin}: Controls): TemplateResult {
  const filterNames: Record<ListFilter, string> = {
    ...strings,
    all: strings.showAll,
    active: strings.showActive,
    archived: strings.showArchived,
  };
  const sortNames: Record<ListSort, string> = {
    updated: strings.sortUpdated,
    created: strings.sortCreated,
    title: strings.sortTitle,
  };
  return html`<div class="controls" part="controls">
    ${
      begin
        ? html`<button class="primary new" part="new" @click=${begin}>${icon('add')}${strings.newSession}</button>`
        : nothing
    }
    <div class="search">
      ${icon('search')}
      <input
        type="search"
        part="search"
        aria-label=${strings.searchSessions}
        placeholder=${strings.searchSessions}
        autocomplete="off"
        .value=${options.query}
        @input=${({target}: Event) => choose({query: (target as HTMLInputElement).value})}
      />
    </div>
    <div class="pickers">
      ${picker(strings.showSessions, filters, filterNames, options.filter, (filter) => choose({filter}))}
      ${picker(strings.sortSessions, sorts, sortNames, options.sort, (sort) => choose({sort}))}
    </div>
  </div>`;
}

const picker = <T extends string>(
  name: string,
  values: readonly T[],
  names: Readonly<Record<T, string>>,
  chosen: T,
  choose: (value: T) => void,
): TemplateResult =>
  html`<select aria-label=${name} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as T)}>
    ${values.map((value) => html`<option value=${String(value)} .selected=${value === chosen}>${names[value]}</option>`)}
  </select>`;
