import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../../context/strings.ts';
import type {SessionStore} from '../../store/session-store.ts';

/** The list is about to come. */
export const isLoading = ({listLive, connection: {status}}: SessionStore): boolean =>
  !listLive && (status === 'connecting' || status === 'open');

/** What is shown may not be true any more. */
export const staleNote = (store: SessionStore, strings: Strings): TemplateResult | typeof nothing =>
  store.listLive || isLoading(store) ? nothing : html`<p class="note stale">${strings.staleSessions}</p>`;

export const skeleton = (strings: Strings): TemplateResult =>
  html`<p class="hidden" role="status">${strings.loadingSessions}</p>
    ${[1, 2, 3, 4].map(() => html`<div class="skeleton" aria-hidden="true"><i></i><i></i></div>`)}`;

/** Why no session is shown. */
export function emptyNote(store: SessionStore, strings: Strings, isAsked: boolean, isBusy: boolean): TemplateResult {
  const nobody = store.listLive ? strings.noSessions : '';
  return html`<p class="note">${isBusy ? strings.searching : isAsked ? strings.noMatches : nobody}</p>`;
}
