import {html, type TemplateResult} from 'lit';
import type {Strings} from '../../../context/strings.ts';
import type {PlanItem} from '../../../model/items.ts';
import {icon, type IconName} from '../../shared/icons.ts';

export type Step = PlanItem['entries'][number];

const words: Record<Step['status'], keyof Strings> = {
  pending: 'planPending',
  running: 'toolRunning',
  done: 'toolCompleted',
};

const icons: Record<Step['status'], IconName> = {pending: 'dot', running: 'spark', done: 'check'};

export const stepIcon = ({status}: Step): TemplateResult => icon(icons[status]);

/** The entries of a list, each with what has become of it. */
export const planSteps = (steps: readonly Step[], strings: Strings): readonly TemplateResult[] =>
  steps.map(
    (step) =>
      html`<li class=${step.status} dir="auto">
        ${stepIcon(step)}<span>${step.text}</span>
        <span class="hidden">${strings[words[step.status]]}</span>
      </li>`,
  );
