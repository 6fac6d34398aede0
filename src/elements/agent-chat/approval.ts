import {html, nothing, type TemplateResult} from 'lit';
import {fill} from '../../context/strings.ts';
import type {ApprovalItem} from '../../model/items.ts';
import {ChatActionEvent} from './chat-action.ts';
import {contentBlocks} from '../shared/content-blocks.ts';
import type {ThreadView} from './thread-view.ts';

/** A question with its answers as buttons, none of which is the obvious one: no key answers by accident. */
export function approval(item: ApprovalItem, view: ThreadView): TemplateResult {
  const {title, detail, content, answer} = item;
  return html`<div
    class="approval ${answer ? 'over' : ''}"
    part="approval"
    role="group"
    aria-label=${title}
    tabindex="-1"
  >
    <p class="title" dir="auto">${title}</p>
    ${detail ? html`<p class="text" dir="auto">${detail}</p>` : nothing} ${contentBlocks(content, view.strings)}
    ${answer ? html`<p class="answer">${said(item, view)}</p>` : view.readonly ? nothing : choices(item, view)}
  </div>`;
}

function said({answer, options}: ApprovalItem, {strings}: ThreadView): string {
  const {option} = answer ?? {};
  if (!option) return strings.withdrawn;
  return fill(strings.answered, {answer: options.find(({id}) => id === option)?.label ?? option});
}

/** While an answer is on its way the buttons keep their place, and the focus, but do nothing. */
const choices = ({id, options, answering}: ApprovalItem, {strings}: ThreadView): TemplateResult =>
  html`<div class="choices">
    ${options.map(({id: option, label}) => {
      const choose = ({currentTarget}: Event): void => {
        if (answering) return;
        currentTarget?.dispatchEvent(new ChatActionEvent({do: 'answer', approval: id, option}));
      };
      return html`<button
        type="button"
        class=${answering === option ? 'chosen' : ''}
        aria-disabled=${answering ? 'true' : 'false'}
        @click=${choose}
      >
        ${label}
      </button>`;
    })}
    ${answering ? html`<span class="answer">${strings.answering}</span>` : nothing}
  </div>`;
