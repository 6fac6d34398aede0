import {html, type TemplateResult} from 'lit';
import type {Strings} from '../../context/strings.ts';
import type {Agent} from '../../model/inputs.ts';
import {drawn, firstShapes} from '../shared/first-icons.ts';

export const emptyConversation = (strings: Strings, agent: Agent | undefined): TemplateResult =>
  html`<slot name="empty">
    <div class="empty">
      ${drawn(firstShapes.spark)}
      <p class="greeting">${strings.emptyConversation}</p>
      <p dir="auto">${agent?.description ?? strings.emptyConversationHint}</p>
    </div>
  </slot>`;

export const skeleton = (strings: Strings): TemplateResult =>
  html`<p class="hidden">${strings.loadingConversation}</p>
    <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i><i></i></div>`;
