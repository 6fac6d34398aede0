import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';

interface MarksBar {
  readonly strings: Strings;
  /** How many are marked, and the same in the page's language. */
  readonly count: number;
  readonly told: string;
  readonly areArchived: boolean;
  /** Undefined: the server cannot do it. */
  readonly archive: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
  readonly clear: () => void;
}

/** What can be done with all that is marked; it stands where the foot of the list does, so that no row moves. */
export function marksBar({strings, count, told, areArchived, archive, remove, clear}: MarksBar): TemplateResult {
  const name = fill(strings.selectedSessions, {count: told});
  const action = (label: string, act: () => void, kind = ''): TemplateResult =>
    html`<button
      class="quiet small ${kind}"
      part="selection-action"
      aria-disabled=${count ? 'false' : 'true'}
      @click=${count ? act : nothing}
    >
      ${label}
    </button>`;
  return html`<div class="foot marks" part="selection" role="group" aria-label=${name}>
    <span class="count" aria-live="polite">${name}</span>
    <div class="line">
      ${archive ? action(areArchived ? strings.unarchiveSelected : strings.archiveSelected, archive) : nothing}
      ${remove ? action(strings.deleteSelected, remove, 'delete-marked') : nothing}
      <button class="quiet small" part="selection-action" @click=${clear}>${strings.clearSelected}</button>
    </div>
  </div>`;
}
