import {html, nothing, type TemplateResult} from 'lit';
import {fill} from '../../context/strings.ts';
import type {MessageItem} from '../../model/items.ts';
import {asks} from './chat-action.ts';
import {messageBody} from './message-body.ts';
import {authorOf, sideOf, type ThreadView} from './thread-view.ts';

/** One template from the click until the message is read back from the log, so that its element stays. */
export function message(item: MessageItem, view: ThreadView): TemplateResult {
  const when = item.time ? (view.local?.time(item.time) ?? '') : '';
  const name = authorOf(item, view);
  const side = sideOf(item, view);
  // No white space around the text: it would be shown.
  return html`<article class="message ${side}" part="message message-${side}" aria-label=${name}>
    <div class="author" aria-hidden="true">${name}</div>
    <div class="body" part="message-body" dir="auto" title=${when}>${messageBody(item, view)}</div>
    ${wholeText(item, view)} ${marks(item, view)} ${delivery(item, view)}
  </article>`;
}

/** What the agent was given for these words, where that is more. */
const wholeText = ({sent}: MessageItem, {strings}: ThreadView): unknown =>
  sent === undefined
    ? nothing
    : html`<details class="mark">
        <summary>${strings.sentText}</summary>
        <pre>${sent}</pre>
      </details>`;

/** What keeps a text from being whole. */
export const marks = (
  {cut, truncated}: {readonly cut?: boolean; readonly truncated?: number},
  {strings, local}: ThreadView,
): unknown => [
  cut ? html`<p class="mark">${strings.cut}</p>` : nothing,
  truncated === undefined
    ? nothing
    : html`<p class="mark">${fill(strings.truncated, {count: local?.number(truncated) ?? truncated})}</p>`,
];

function delivery(
  {delivery, command = '', problem = ''}: MessageItem,
  view: ThreadView,
): TemplateResult | typeof nothing {
  const {strings, readonly, canRemove} = view;
  const button = (action: 'retry' | 'discard' | 'remove'): TemplateResult =>
    html`<button type="button" class="small" @click=${asks({do: action, command})}>${strings[action]}</button>`;
  if (!delivery) return nothing;
  switch (delivery) {
    case 'sending':
      return html`<p class="delivery sending">${strings.sending}</p>`;
    case 'unconfirmed':
      return html`<p class="delivery">${strings.notConfirmed}</p>`;
    case 'queued':
      return html`<p class="delivery">
        <span class="badge">${strings.queued}</span> ${readonly || !canRemove ? nothing : button('remove')}
      </p>`;
    case 'failed':
      return html`<p class="delivery failed">
        <span>${fill(strings.notSent, {problem})}</span>
        ${readonly ? nothing : [button('retry'), button('discard')]}
      </p>`;
  }
}
