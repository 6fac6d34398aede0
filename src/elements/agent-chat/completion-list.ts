import {signal} from '@lit-labs/signals';
import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';
import type {Completion, OpenTrigger} from './completion-source.ts';
import {placeBeside} from './place-beside.ts';

/** More than this nobody reads; who types on sees others. */
const MOST = 50;

interface Offer {
  readonly opened: OpenTrigger;
  readonly items: readonly Completion[];
  /** Which of them Enter takes. */
  readonly active: number;
  /** Why there may be less than there is. */
  readonly problem: string;
}

/**
 * What can be completed, in a list at the box. The focus stays in the box: keys as in the ARIA Authoring Practices for a
 * list beside a text field, which tells of it by `aria-activedescendant`. (A text area has no role but its own, so there
 * is no `aria-expanded`: that it opens is said in the status.)
 */
export class CompletionList {
  readonly #box: HTMLTextAreaElement;
  readonly #offer = signal<Offer | undefined>(undefined);
  #opened: OpenTrigger | undefined;
  #asked: AbortController | undefined;
  #popup: HTMLElement | undefined;

  constructor(box: HTMLTextAreaElement) {
    this.#box = box;
  }

  get isOpen(): boolean {
    return this.#offer.get() !== undefined;
  }

  /** In words, for a live region. */
  said(strings: Strings): string {
    const offer = this.#offer.get();
    if (!offer) return '';
    return offer.problem || fill(strings.suggestionsCount, {count: offer.items.length});
  }

  /** Offers what there is for it; until that is known, what was offered before. */
  async ask(opened: OpenTrigger): Promise<void> {
    const {query, sources, from} = opened;
    if (query === this.#opened?.query && from === this.#opened.from) return;
    this.#opened = opened;
    this.#asked?.abort();
    const {signal} = (this.#asked = new AbortController());
    const answers = await Promise.allSettled(sources.map(async (source) => source.find(query, signal)));
    if (signal.aborted) return;
    const items = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])).slice(0, MOST);
    const failed = answers.find(({status}) => status === 'rejected') as PromiseRejectedResult | undefined;
    const problem = failed ? String(failed.reason?.message ?? failed.reason) : '';
    this.#offer.set(items.length || problem ? {opened, items, active: 0, problem} : undefined);
  }

  close(): void {
    this.#asked?.abort();
    this.#opened = undefined;
    this.#offer.set(undefined);
  }

  /** Whether the key was for the list: arrows move, Enter and Tab take what is not there yet. */
  press({key, shiftKey}: KeyboardEvent): boolean {
    const offer = this.#offer.get();
    const {length} = offer?.items ?? [];
    if (!offer || !length || shiftKey) return false;
    const step = {ArrowDown: 1, ArrowUp: -1}[key];
    const item = offer.items[offer.active];
    if (step) this.#offer.set({...offer, active: (offer.active + step + length) % length});
    else if (key === 'Tab' || (key === 'Enter' && !this.#isWhole(item))) this.#take(item);
    else return false;
    return true;
  }

  template(strings: Strings): unknown {
    const offer = this.#offer.get();
    if (!offer) return nothing;
    const problem = offer.problem ? fill(strings.suggestionsFailed, {problem: offer.problem}) : '';
    return html`<div
      id="suggestions"
      class="choices suggestions"
      popover="manual"
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      ${
        offer.items.length
          ? html`<div role="listbox" id="completions" aria-label=${strings.suggestions}>
              ${offer.items.map((item, place) => this.#option(item, place, offer.active))}
            </div>`
          : nothing
      }
      ${problem ? html`<p class="problem">${problem}</p>` : nothing}
    </div>`;
  }

  /** After each rendering: `popup` is what the template has become. */
  rendered(popup: HTMLElement | undefined): void {
    const offer = this.#offer.get();
    const hasOptions = !!popup && !!offer?.items.length;
    tell(this.#box, 'aria-controls', hasOptions ? 'completions' : undefined);
    tell(this.#box, 'aria-activedescendant', hasOptions ? `completion-${offer.active}` : undefined);
    if (popup !== this.#popup) this.#follow(popup);
    if (!popup) return;
    if (!popup.matches(':popover-open')) popup.showPopover();
    this.#place();
    popup.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
  }

  #option({label, description}: Completion, place: number, active: number): TemplateResult {
    return html`<div
      role="option"
      id="completion-${place}"
      aria-selected=${place === active ? 'true' : 'false'}
      @click=${() => this.#take(this.#offer.get()?.items[place])}
    >
      <span class="name">${label}</span>
      ${description ? html`<span class="about">${description}</span>` : nothing}
    </div>`;
  }

  /** What is shown is what is taken, though more may have been typed since. */
  #take(item: Completion | undefined): void {
    const from = this.#opened?.from;
    if (!item || from === undefined) return;
    this.#box.setRangeText(item.insert ?? `${item.label} `, from, this.#box.selectionEnd, 'end');
    this.close();
    this.#box.dispatchEvent(new InputEvent('input', {bubbles: true}));
  }

  /** It stands there already, so that Enter sends it. */
  #isWhole(item: Completion | undefined): boolean {
    const typed = this.#box.value.slice(this.#opened?.from, this.#box.selectionEnd);
    return !!item && (item.insert ?? item.label).trim() === typed;
  }

  #follow(popup: HTMLElement | undefined): void {
    this.#popup = popup;
    const change = popup ? addEventListener : removeEventListener;
    change('resize', this.#place);
    change('scroll', this.#place, {capture: true});
  }

  readonly #place = (): void => {
    if (this.#popup) placeBeside(this.#box, this.#popup);
  };
}

function tell(box: HTMLElement, attribute: string, value: string | undefined): void {
  if (value === undefined) box.removeAttribute(attribute);
  else box.setAttribute(attribute, value);
}
