import {html, nothing, type TemplateResult} from 'lit';
import {fill} from '../../context/strings.ts';
import type {MessageItem} from '../../model/items.ts';
import {ChatActionEvent, asks} from './chat-action.ts';
import {copyMessage} from './copy-message.ts';
import type {ThreadView} from './thread-view.ts';

/** What there is to say of a message besides its text: what more was sent, what is missing, and where it waits. */
export const belowMessage = (item: MessageItem, view: ThreadView): unknown => [
  wholeText(item, view),
  marks(item, view),
  item.streaming || item.delivery || !item.text ? nothing : copyMessage(item, view),
  item.delivery === 'queued' ? queued(item, view) : item.delivery === 'failed' ? failed(item, view) : nothing,
];

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

function queued({command = '', text, place = 1, places = 1}: MessageItem, view: ThreadView): TemplateResult {
  const {strings, readonly, canRemove} = view;
  const edit = ({currentTarget}: Event): void => {
    currentTarget?.dispatchEvent(new ChatActionEvent({do: 'edit', command, text}));
  };
  return html`<p class="delivery">
    <span class="badge">${strings.queued}</span>
    ${places > 1 ? html`<span dir="auto">${fill(strings.queuedPlace, {place, places})}</span>` : nothing}
    ${
      readonly || !canRemove
        ? nothing
        : html`<button type="button" class="small" @click=${edit}>${strings.edit}</button
            >${button('remove', command, view)}`
    }
  </p>`;
}

const failed = ({command = '', problem = ''}: MessageItem, view: ThreadView): TemplateResult =>
  html`<p class="delivery failed">
    <span dir="auto">${fill(view.strings.notSent, {problem})}</span>
    ${view.readonly ? nothing : [button('retry', command, view), button('discard', command, view)]}
  </p>`;

const button = (action: 'retry' | 'discard' | 'remove', command: string, {strings}: ThreadView): TemplateResult =>
  html`<button type="button" class="small" @click=${asks({do: action, command})}>${strings[action]}</button>`;
