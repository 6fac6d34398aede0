import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {english, type Strings} from '../../context/strings.ts';
import type {Agent} from '../../model/inputs.ts';
import {wordsBegin} from '../../model/words.ts';
import {icon} from '../shared/icons.ts';
import {ChatActionEvent} from './chat-action.ts';
import {placeBeside} from './place-beside.ts';

/** More agents than this are searched. */
const MANY = 8;

/**
 * Chooses an agent: a select where there are few, else a combobox whose list follows what is typed. Keys as in the ARIA Authoring Practices
 * (editable combobox with list autocomplete): the arrows move, Enter chooses, Escape and leaving change nothing.
 */
export class AgentPicker extends LitElement {
  @property({attribute: false}) strings: Strings = english();
  @property({attribute: false}) agents: readonly Agent[] = [];
  /** The id of the one that is chosen. */
  @property({attribute: false}) agent = '';

  /** What is typed; undefined: closed, or nothing yet. */
  #typed: string | undefined;
  #isOpen = false;
  /** Which of those shown Enter would choose. */
  #active = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override updated(): void {
    const popup = this.#popup;
    if (!popup) return;
    if (!popup.matches(':popover-open')) popup.showPopover();
    this.#place();
    popup.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
  }

  protected override render(): TemplateResult {
    return this.agents.length > MANY ? this.#combobox() : this.#select();
  }

  #select(): TemplateResult {
    return html`<select
      aria-label=${this.strings.agent}
      @change=${({target}: Event) => this.#tell((target as HTMLSelectElement).value)}
    >
      ${this.agents.map(
        ({id, title}) => html`<option value=${id} .selected=${id === this.agent}>${title || id}</option>`,
      )}
    </select>`;
  }

  #combobox(): TemplateResult {
    const {strings} = this;
    const shown = this.#shown;
    const active = shown[this.#active];
    const isListed = this.#isOpen && shown.length > 0;
    return html`<input
        role="combobox"
        aria-label=${strings.agent}
        aria-autocomplete="list"
        aria-expanded=${isListed ? 'true' : 'false'}
        aria-controls=${isListed ? 'agent-list' : nothing}
        aria-activedescendant=${isListed && active ? `agent-${this.#active}` : nothing}
        autocomplete="off"
        spellcheck="false"
        .value=${this.#typed ?? this.#title}
        @click=${this.#show}
        @input=${this.#type}
        @keydown=${this.#press}
        @blur=${this.#close}
      />${icon('chevron')}
      <span class="hidden" role="status">${this.#isOpen && !shown.length ? strings.noAgentMatches : nothing}</span>
      ${this.#isOpen ? this.#list(shown) : nothing}`;
  }

  /** The list itself scrolls. A press in it leaves the focus where it is. */
  #list(shown: readonly Agent[]): TemplateResult {
    const {strings} = this;
    if (!shown.length)
      return html`<p class="choices" popover="manual" aria-hidden="true">${strings.noAgentMatches}</p>`;
    return html`<div
      class="choices"
      popover="manual"
      role="listbox"
      id="agent-list"
      aria-label=${strings.agent}
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      ${shown.map((agent, place) => this.#option(agent, place))}
    </div>`;
  }

  #option({id, title, description}: Agent, place: number): TemplateResult {
    return html`<div
      role="option"
      id="agent-${place}"
      aria-selected=${place === this.#active ? 'true' : 'false'}
      @click=${() => this.#choose(id)}
    >
      <span class="name">${title || id}</span>${id === this.agent ? icon('check') : nothing}
      ${description ? html`<span class="about">${description}</span>` : nothing}
    </div>`;
  }

  get #title(): string {
    const chosen = this.agents.find(({id}) => id === this.agent);
    return chosen?.title || this.agent;
  }

  get #shown(): readonly Agent[] {
    const query = this.#typed;
    if (query === undefined) return this.agents;
    return this.agents.filter(({id, title, description = ''}) => wordsBegin(`${title} ${id} ${description}`, query));
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  get #popup(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.choices');
  }

  readonly #place = (): void => {
    const [input, popup] = [this.#input, this.#popup];
    if (input && popup) placeBeside(input, popup);
  };

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#active = Math.max(
      0,
      this.agents.findIndex(({id}) => id === this.agent),
    );
    addEventListener('resize', this.#place);
    addEventListener('scroll', this.#place, {capture: true, passive: true});
    this.requestUpdate();
  }

  /** What is typed next takes the place of the name. */
  readonly #show = (): void => {
    if (!this.#isOpen) this.#input?.select();
    this.#open();
  };

  readonly #close = (): void => {
    this.#isOpen = false;
    this.#typed = undefined;
    removeEventListener('resize', this.#place);
    removeEventListener('scroll', this.#place, {capture: true});
    this.requestUpdate();
  };

  readonly #type = (): void => {
    this.#open();
    this.#typed = this.#input?.value;
    this.#active = 0;
    this.requestUpdate();
  };

  #leave(): void {
    this.#close();
    void this.updateComplete.then(() => this.#input?.select());
  }

  #choose(agent: string): void {
    this.#leave();
    this.#tell(agent);
  }

  #tell(agent: string): void {
    this.dispatchEvent(new ChatActionEvent({do: 'choose-agent', agent}));
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) this.#move(step);
    else if (!this.#isOpen) return;
    else if (event.key === 'Enter') this.#choose(this.#shown[this.#active]?.id ?? this.agent);
    else if (event.key === 'Escape') this.#leave();
    else return;
    // It has done its work; a dialog around the chat is not meant.
    event.preventDefault();
    event.stopPropagation();
  };

  /** The first press shows where one stands. */
  #move(step: number): void {
    if (!this.#isOpen) return this.#show();
    const {length} = this.#shown;
    this.#active = length ? (this.#active + step + length) % length : 0;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat-agents': AgentPicker;
  }
}
