import {html, type TemplateResult} from 'lit';
import type {MessageItem} from '../../model/items.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {plainText} from './plain-text.ts';
import type {ThreadView} from './thread-view.ts';

/** Copies a whole message: an agent's as the Markdown that it wrote, or as it reads; a person's as it was typed. */
export function copyMessage({text, role}: MessageItem, {strings}: ThreadView): TemplateResult {
  if (role === 'user')
    return tools(copyButton({text: () => text, label: strings.copy, name: strings.copyMessage, strings}));
  return tools([
    copyButton({text: () => text, label: strings.markdown, name: strings.copyMarkdown, strings}),
    copyButton({text: shown, label: strings.plainText, name: strings.copyPlain, strings}),
  ]);
}

const tools = (buttons: unknown): TemplateResult => html`<div class="message-tools">${buttons}</div>`;

function shown(button: HTMLElement): string {
  const body = button.closest('article')?.querySelector('[part~=message-body]');
  return body ? plainText(body) : '';
}
