import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';
import type {ItemOf, NoticeItem, TurnEndItem} from '../../model/items.ts';
import {icon} from '../shared/icons.ts';
import {asks} from './chat-action.ts';
import type {ThreadView} from './thread-view.ts';

const reasons: Record<NonNullable<TurnEndItem['reason']>, keyof Strings> = {
  'max-tokens': 'turnMaxTokens',
  'max-requests': 'turnMaxRequests',
  refused: 'turnRefused',
  rejected: 'turnRejected',
};

export function turnEnd({outcome, reason, error}: TurnEndItem, {strings}: ThreadView): TemplateResult {
  const why = error?.message ?? (reason && strings[reasons[reason]]);
  if (outcome === 'failed') {
    const text = why ? fill(strings.turnFailed, {problem: why}) : strings.failed;
    return html`<p class="card bad" dir="auto">${icon('alert')}<span>${text}</span></p>`;
  }
  return html`<p class="line">${outcome === 'stopped' ? strings.turnStopped : why}</p>`;
}

export const notice = ({level, text}: NoticeItem): TemplateResult =>
  html`<p class="card ${level === 'error' ? 'bad' : level === 'warning' ? 'warn' : ''}" role="note" dir="auto">
    ${level === 'info' ? nothing : icon('alert')}<span>${text}</span>
  </p>`;

export const unreadable = (_: ItemOf<'unreadable'>, {strings}: ThreadView): TemplateResult =>
  html`<p class="line">${strings.unreadable}</p>`;

export const gap = (_: ItemOf<'gap'>, {strings, thread}: ThreadView): TemplateResult => {
  const isLoading = thread.state.older === 'loading';
  return html`<p class="line">
    <button
      type="button"
      class="quiet small"
      aria-disabled=${isLoading ? 'true' : 'false'}
      @click=${asks({do: 'load-older'})}
    >
      ${isLoading ? strings.loadingOlder : strings.loadOlder}
    </button>
  </p>`;
};
