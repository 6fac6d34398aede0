import {html, type TemplateResult} from 'lit';
import type {QuestionItem} from '../../../model/items.ts';
import type {ThreadView} from '../thread-view.ts';

export const question = (item: QuestionItem, view: ThreadView): TemplateResult =>
  html`<agent-chat-question .item=${item} .view=${view}></agent-chat-question>`;
