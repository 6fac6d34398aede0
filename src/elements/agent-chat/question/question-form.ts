import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ref} from 'lit/directives/ref.js';
import type {QuestionItem} from '../../../model/items.ts';
import type {ThreadCell} from '../../../store/cells.ts';
import {asking} from '../approval/asking.ts';
import {PressGuard} from '../approval/press-guard.ts';
import {ChatActionEvent} from '../chat-action.ts';
import {keepFocus} from '../keep-focus.ts';
import type {ThreadView} from '../thread-view.ts';
import {answeredWith} from './answered-with.ts';
import {questionField, readValues, requirePicks, type Values} from './question-fields.ts';

/** What stands in the forms of a thread: a form that scrolls out of the document comes back with it. */
const filled = new WeakMap<ThreadCell, Map<string, Values>>();

/**
 * A question of the agent as a form. Nothing in it is filled in by the browser, and its buttons keep still as those
 * of an approval (`PressGuard`).
 */
export class QuestionForm extends LitElement {
  @property({attribute: false}) item: QuestionItem | undefined;
  @property({attribute: false}) view: ThreadView | undefined;

  readonly #guard = new PressGuard(() => this.requestUpdate());
  #held: Values = {};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#guard.end();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#held = this.#filled?.get(this.item?.id ?? '') ?? {};
    keepFocus(
      this,
      () => super.update(changed),
      () => this.querySelector('[tabindex="-1"]'),
    );
  }

  protected override updated(): void {
    const {item, view} = this;
    const form = this.#formElement;
    if (form && item && view) requirePicks(form, item.fields, view.strings);
  }

  protected override render(): TemplateResult | typeof nothing {
    const {item, view} = this;
    if (!item || !view) return nothing;
    const {text, answer} = item;
    return asking(
      {kind: 'question', title: text, isOver: !!answer},
      answer ? answeredWith(item, view.strings) : view.readonly ? nothing : this.#form(item, view),
    );
  }

  #form({fields, seq, version, answering}: QuestionItem, {strings}: ThreadView): TemplateResult {
    this.#guard.show(version);
    const said = answering ? strings.answering : this.#guard.wasTooSoon ? strings.answerTooSoon : nothing;
    const isInert = !this.#guard.isReady && !answering;
    return html`<form autocomplete="off" @submit=${this.#answer} @input=${this.#filledIn}>
      <fieldset class="fields" dir="auto" ?disabled=${answering}>
        ${fields.map((field, at) =>
          questionField(field, {id: `question-${seq}-${at}`, at, held: this.#held[field.id], strings}),
        )}
      </fieldset>
      <div class="answers" ${ref(this.#placed)}>
        <button type="submit" ?disabled=${isInert} aria-disabled=${answering ? 'true' : 'false'} @click=${this.#press}>
          ${strings.answer}
        </button>
        <button
          type="button"
          ?disabled=${isInert}
          aria-disabled=${answering ? 'true' : 'false'}
          @click=${this.#decline}
        >
          ${strings.decline}
        </button>
        <span class="answer" aria-live="polite">${said}</span>
      </div>
    </form>`;
  }

  get #formElement(): HTMLFormElement | null {
    return this.querySelector('form');
  }

  get #filled(): Map<string, Values> | undefined {
    const {view} = this;
    if (!view) return undefined;
    const held = filled.get(view.thread) ?? new Map<string, Values>();
    filled.set(view.thread, held);
    return held;
  }

  readonly #placed = (buttons: Element | undefined): void => this.#guard.watch(buttons);

  readonly #filledIn = (): void => {
    const {item, view} = this;
    const form = this.#formElement;
    if (!item || !view || !form) return;
    this.#filled?.set(item.id, readValues(form, item.fields));
    requirePicks(form, item.fields, view.strings);
  };

  readonly #press = (event: MouseEvent): void => {
    if (!this.#isMeant(event)) event.preventDefault();
  };

  #isMeant(press: MouseEvent): boolean {
    return !this.item?.answering && this.#guard.accepts(press);
  }

  readonly #answer = (event: SubmitEvent): void => {
    event.preventDefault();
    const {item} = this;
    const form = this.#formElement;
    if (item && form) this.#tell(readValues(form, item.fields));
  };

  readonly #decline = (event: MouseEvent): void => {
    if (this.#isMeant(event)) this.#tell(null);
  };

  #tell(values: Values | null): void {
    if (this.item) this.dispatchEvent(new ChatActionEvent({do: 'answer-question', question: this.item.id, values}));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat-question': QuestionForm;
  }
}
