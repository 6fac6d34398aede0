import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';

/** How much a list shows of what there is; of what the page does not hold it knows only that there is more. */
export interface Counts {
  readonly shown: number;
  readonly moreMatch: boolean;
  readonly known: number;
  readonly moreExist: boolean;
}

interface Foot {
  readonly strings: Strings;
  readonly counts: Counts;
  /** A person looks for something: what comes of it is said. */
  readonly isAsked: boolean;
  readonly number: (number: number) => string;
  /** Undefined: nothing can be deleted. */
  readonly deleteAll: (() => void) | undefined;
  /** Undefined: there is nothing to do with what would be marked. */
  readonly mark: (() => void) | undefined;
  /** The order is held; undefined: it is as it should be. */
  readonly reorder: (() => void) | undefined;
}

/** What stands below a list: how much of what there is it shows, and what can be done with all of that. */
export function listFoot({
  strings,
  counts,
  isAsked,
  number,
  deleteAll,
  mark,
  reorder,
}: Foot): TemplateResult | typeof nothing {
  if (!counts.known) return nothing;
  return html`<div class="foot" part="foot">
    <span class="count" part="count" aria-live=${isAsked ? 'polite' : 'off'}>${words(strings, counts, number)}</span>
    <div class="line">
      ${reorder ? action('reorder', strings.updateOrder, reorder) : nothing}
      ${mark && counts.shown ? action('select', strings.select, mark) : nothing}
      ${
        deleteAll && counts.shown
          ? action('delete-all', fill(strings.deleteAll, {count: number(counts.shown)}), deleteAll)
          : nothing
      }
    </div>
  </div>`;
}

const action = (name: string, label: string, act: () => void): TemplateResult =>
  html`<button class="quiet small ${name}" part=${name} @click=${act}>${label}</button>`;

function words(strings: Strings, {shown, moreMatch, known, moreExist}: Counts, number: Foot['number']): string {
  const told = (count: number, more: boolean): string =>
    more ? fill(strings.atLeast, {count: number(count)}) : number(count);
  const count = told(known, moreExist);
  if (shown !== known) return fill(strings.countSomeSessions, {shown: told(shown, moreMatch), count});
  return known === 1 && !moreExist ? strings.countOneSession : fill(strings.countSessions, {count});
}
