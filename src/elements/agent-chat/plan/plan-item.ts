import {html, nothing, type TemplateResult} from 'lit';
import type {PlanItem} from '../../../model/items.ts';
import type {ThreadView} from '../thread-view.ts';
import {planSteps} from './plan-steps.ts';

/** The last plan of a turn, where it was told in the conversation. */
export const plan = ({entries, over}: PlanItem, {strings}: ThreadView): TemplateResult | typeof nothing =>
  over
    ? nothing
    : html`<ul class="card plan" role="list" aria-label=${strings.plan}>
        ${planSteps(entries, strings)}
      </ul>`;
