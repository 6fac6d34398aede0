import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {english, type Strings} from '../../context/strings.ts';
import type {Agent} from '../../model/inputs.ts';
import {ChatActionEvent, asks, type ChatAction} from './chat-action.ts';
import type {ChatState} from './chat-state.ts';
import {drawn, firstShapes} from '../shared/first-icons.ts';
import {keepFocus} from './keep-focus.ts';

/** Where a person writes: the box, what sends it, and what stops the answer. */
export class AgentChatComposer extends LitElement {
  @property({attribute: false}) strings: Strings = english();
  /** Whose words these are; another conversation brings its own. */
  @property({attribute: false}) conversation = '';
  @property({attribute: false}) text = '';
  @property({attribute: false}) busy: ChatState['busy'] = 'no';
  /** A button beside that for stopping, if there is more to stop. */
  @property({attribute: false}) stopAll: unknown;
  /** It can be sent, once there are words. */
  @property({attribute: false}) open = true;
  /** To choose from; fewer than two are no choice. */
  @property({attribute: false}) agents: readonly Agent[] = [];
  @property({attribute: false}) agent = '';

  #isComposing = false;
  /** What the box and the draft last had in common. */
  #shown = '';

  override focus(options?: FocusOptions): void {
    this.#box?.focus(options);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: PropertyValues<this>): void {
    keepFocus(
      this,
      () => super.update(changed),
      () => this.#box,
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('conversation')) this.#isComposing = false;
    if (changed.has('conversation') || changed.has('text')) this.#show();
  }

  protected override render(): TemplateResult {
    const {strings, open, text} = this;
    return html`<div class="composer" part="composer">
      <textarea
        id="box"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        aria-label=${strings.message}
        placeholder=${strings.messageHint}
        @input=${this.#typed}
        @keydown=${this.#pressed}
        @compositionstart=${this.#composed}
        @compositionend=${this.#composed}
      ></textarea>
      <div class="bar">
        ${this.agents.length > 1 ? this.#picker() : nothing} ${this.stopAll} ${this.#stop()}
        <button
          type="button"
          class="primary"
          part="send"
          ?disabled=${!open || !text.trim()}
          @click=${asks({do: 'send'})}
        >
          ${drawn(firstShapes.send)}${strings.send}
        </button>
      </div>
    </div>`;
  }

  #stop(): unknown {
    const {strings, busy} = this;
    if (busy === 'no') return nothing;
    return html`<button
      type="button"
      part="stop"
      class=${busy}
      ?disabled=${busy === 'stopping'}
      @click=${asks({do: 'stop'})}
    >
      ${drawn(firstShapes.stop)}${strings.stop}
    </button>`;
  }

  /** The part for it comes later. */
  #picker(): TemplateResult {
    return html`<agent-chat-agents
      .strings=${this.strings}
      .agents=${this.agents}
      .agent=${this.agent}
    ></agent-chat-agents>`;
  }

  get #box(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  #ask(action: ChatAction): void {
    this.dispatchEvent(new ChatActionEvent(action));
  }

  /** Words that come from elsewhere; what is being composed, and the caret, are the person's. */
  #show(): void {
    const box = this.#box;
    if (!box || this.#isComposing) return;
    if (box.value !== this.text) {
      const {selectionStart, selectionEnd} = box;
      const wasAtEnd = selectionStart === box.value.length;
      box.value = this.text;
      if (!wasAtEnd) box.setSelectionRange(selectionStart, selectionEnd);
    }
    this.#shown = this.text;
  }

  /** Words that came behind the text while it was being composed are kept there. */
  readonly #typed = (): void => {
    const box = this.#box;
    if (!box) return;
    const missed = this.text.startsWith(this.#shown) ? this.text.slice(this.#shown.length) : '';
    this.#shown = box.value;
    this.text = box.value + missed;
    this.#ask({do: 'type', text: this.text});
  };

  /** Enter may belong to an input method. Safari ends the composition before it tells of the key, within one task. */
  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    if (event.isComposing || event.keyCode === 229 || this.#isComposing) return;
    event.preventDefault();
    if (this.open) this.#ask({do: 'send'});
  };

  readonly #composed = ({type}: Event): void => {
    if (type === 'compositionstart') this.#isComposing = true;
    else setTimeout(this.#endComposition);
  };

  readonly #endComposition = (): void => {
    this.#isComposing = false;
    this.#show();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat-composer': AgentChatComposer;
  }
}
