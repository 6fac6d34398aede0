import {html, nothing, type TemplateResult} from 'lit';
import type {MessageItem} from '../../model/items.ts';
import {messageBody} from './message-body.ts';
import {authorOf, sideOf, type ThreadView} from './thread-view.ts';

/**
 * One template from the click until the message is read back from the log, so that its element stays. `below` is what else
 * there is to say of it.
 */
export function message(item: MessageItem, view: ThreadView, below: unknown = nothing): TemplateResult {
  const when = item.time ? (view.local?.time(item.time) ?? '') : '';
  const name = authorOf(item, view);
  const side = sideOf(item, view);
  // No white space around the text: it would be shown.
  return html`<article class="message ${side}" part="message message-${side}" aria-label=${name}>
    <div class="author" aria-hidden="true">${name}</div>
    <div class="body" part="message-body" dir="auto" title=${when}>${messageBody(item, view)}</div>
    ${below} ${onItsWay(item, view)}
  </article>`;
}

function onItsWay({delivery}: MessageItem, {strings}: ThreadView): unknown {
  const isSending = delivery === 'sending';
  if (!isSending && delivery !== 'unconfirmed') return nothing;
  return html`<p class="delivery ${delivery}">${isSending ? strings.sending : strings.notConfirmed}</p>`;
}
