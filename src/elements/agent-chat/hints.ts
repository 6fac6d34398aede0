import {html, nothing, type TemplateResult} from 'lit';
import {asks} from './chat-action.ts';
import type {CurrentSession} from './current-session.ts';
import {icon} from '../shared/icons.ts';

const button = (action: 'begin-anew' | 'continue', label: string): TemplateResult =>
  html`<button type="button" class="small" @click=${asks({do: action})}>${label}</button>`;

/** What a person should know before they write, one quiet line each. */
export function hints({scope, thread, state}: CurrentSession, isReadonly: boolean): unknown {
  if (!scope) return nothing;
  const {store, strings} = scope;
  const {busy, isGone} = state;
  const {status} = store.connection;
  const waits = !isGone && !!thread?.state.queued && busy === 'no' && !isReadonly && store.can('continue');
  return [
    isGone
      ? html`<p class="hint warn">
          ${icon('alert')}<span dir="auto">${strings.sessionGone}</span
          >${isReadonly ? nothing : button('begin-anew', strings.beginAnew)}
        </p>`
      : nothing,
    status === 'waiting' || status === 'refused' ? html`<p class="hint">${strings.offlineHint}</p>` : nothing,
    waits
      ? html`<p class="hint"><span dir="auto">${strings.queueWaits}</span>${button('continue', strings.continue)}</p>`
      : nothing,
  ];
}
