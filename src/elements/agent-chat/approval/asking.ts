import {html, type TemplateResult} from 'lit';
import {visible} from '../../shared/output/visible.ts';

export interface Asking {
  readonly kind: 'approval' | 'question';
  /** In the agent's words. */
  readonly title: string;
  /** It has its answer. */
  readonly isOver: boolean;
}

/** The frame of what an agent asks of a person. */
export const asking = ({kind, title, isOver}: Asking, content: unknown): TemplateResult =>
  html`<div
    class="approval ${kind} ${isOver ? 'over' : ''}"
    part=${kind}
    role="group"
    aria-label=${visible(title)}
    tabindex="-1"
  >
    <p class="title" dir="auto">${visible(title)}</p>
    ${content}
  </div>`;
