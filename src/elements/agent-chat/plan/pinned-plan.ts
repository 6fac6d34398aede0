import {signal} from '@lit-labs/signals';
import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../../context/strings.ts';
import type {PlanItem} from '../../../model/items.ts';
import {icon} from '../../shared/icons.ts';
import type {CurrentSession} from '../current-session.ts';
import {openPlan} from './open-plan.ts';
import {planSteps, stepIcon, type Step} from './plan-steps.ts';

/** Of a step in the line, in UTF-16 units: more than a wide screen shows. The list has all of it. */
const MOST = 200;

/**
 * What the agent is at, in a line above the box for as long as its plan is not done: the plan itself stands where it was
 * told, and moves out of sight. It is no live region: who wants to know looks, or opens the steps.
 */
export class PinnedPlan implements ReactiveController {
  readonly #chat: ReactiveElement;
  readonly #session: CurrentSession;
  /** The turn whose steps a person has opened: the next one has another plan. */
  readonly #opened = signal<string | undefined>(undefined);
  /** The step that was last brought into sight. */
  #shown: Element | undefined;

  constructor(chat: ReactiveElement, session: CurrentSession) {
    this.#chat = chat;
    this.#session = session;
    chat.addController(this);
  }

  get template(): TemplateResult | typeof nothing {
    const {scope, thread} = this.#session;
    // A plan that takes the place of another one is an entry of its own.
    const plan = thread?.keys.length ? openPlan(thread) : undefined;
    return scope && plan ? this.#pinned(plan, scope.strings) : nothing;
  }

  hostUpdated(): void {
    const list = this.#chat.renderRoot.querySelector<HTMLElement>('.pinned ul');
    const step = list?.querySelector('.running') ?? list?.querySelector('.pending') ?? undefined;
    if (step === this.#shown) return;
    this.#shown = step;
    // Not away from who is reading another one.
    if (list && step && !list.matches(':hover, :focus')) bringIntoSight(step, list);
  }

  #pinned({entries, turn}: PlanItem, strings: Strings): TemplateResult | typeof nothing {
    const step = currentStep(entries);
    if (!step) return nothing;
    const isOpen = this.#opened.get() === turn;
    const done = entries.filter(({status}) => status === 'done').length;
    const values = {done, count: entries.length};
    return html`<div class="pinned" part="plan" @keydown=${isOpen ? this.#pressed : nothing}>
      <button
        type="button"
        class="quiet ${step.status}"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => this.#opened.set(isOpen ? undefined : turn)}
      >
        ${stepIcon(step)}<span class="so-far">${fill(strings.planDone, values)}</span>
        <span class="what" dir="auto">${oneLine(step.text)}</span>${icon('chevron')}
      </button>
      <progress aria-hidden="true" max=${entries.length} .value=${done}></progress>
      ${
        isOpen
          ? html`<ul class="plan" role="list" aria-label=${strings.planSteps} tabindex="0">
              ${planSteps(entries, strings)}
            </ul>`
          : nothing
      }
    </div>`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // It has done its work; a dialog around the chat is not meant.
    event.preventDefault();
    event.stopPropagation();
    this.#chat.renderRoot.querySelector<HTMLElement>('.pinned button')?.focus({preventScroll: true});
    this.#opened.set(undefined);
  };
}

/** What is going on, or comes next; none: all is done. */
const currentStep = (steps: readonly Step[]): Step | undefined =>
  steps.find(({status}) => status === 'running') ?? steps.find(({status}) => status === 'pending');

const oneLine = (text: string): string => {
  const line = text
    .slice(0, MOST + 1)
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > MOST ? `${line.slice(0, MOST)}…` : line;
};

/** Moves nothing but the list. */
function bringIntoSight(step: Element, list: Element): void {
  const room = list.getBoundingClientRect();
  const {top, bottom} = step.getBoundingClientRect();
  list.scrollTop += (top + bottom - room.top - room.bottom) / 2;
}
