import {html, nothing, type TemplateResult} from 'lit';
import type {SessionScope} from '../../context/scope.ts';
import type {Strings} from '../../context/strings.ts';
import type {Agent} from '../../model/inputs.ts';
import type {ThreadCell} from '../../store/cells.ts';
import {asks} from './chat-action.ts';
import type {ChatState} from './chat-state.ts';
import {icon} from '../shared/icons.ts';

export const emptyConversation = (strings: Strings, agent: Agent | undefined): TemplateResult =>
  html`<slot name="empty">
    <div class="empty">
      ${icon('spark')}
      <p class="greeting">${strings.emptyConversation}</p>
      <p dir="auto">${agent?.description ?? strings.emptyConversationHint}</p>
    </div>
  </slot>`;

export const skeleton = (strings: Strings): TemplateResult =>
  html`<p class="hidden">${strings.loadingConversation}</p>
    <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i><i></i></div>`;

const button = (action: 'begin-anew' | 'continue', label: string): TemplateResult =>
  html`<button type="button" class="small" @click=${asks({do: action})}>${label}</button>`;

/** What a person should know before they write, one quiet line each. */
export function hints(
  {store, strings}: SessionScope,
  thread: ThreadCell | undefined,
  {busy, isGone}: ChatState,
  isReadonly: boolean,
): unknown {
  const {status} = store.connection;
  const waits = !!thread?.state.queued && busy === 'no' && !isReadonly && store.can('continue');
  return [
    isGone
      ? html`<p class="hint warn">
          ${icon('alert')}<span>${strings.sessionGone}</span>${isReadonly ? nothing : button('begin-anew', strings.beginAnew)}
        </p>`
      : nothing,
    status === 'waiting' || status === 'refused' ? html`<p class="hint">${strings.offlineHint}</p>` : nothing,
    waits
      ? html`<p class="hint"><span>${strings.queueWaits}</span>${button('continue', strings.continue)}</p>`
      : nothing,
  ];
}
