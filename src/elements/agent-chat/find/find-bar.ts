import {signal} from '@lit-labs/signals';
import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import {ref} from 'lit/directives/ref.js';
import {fill} from '../../../context/strings.ts';
import {itemText} from '../../../model/item-text.ts';
import type {ThreadCell} from '../../../store/cells.ts';
import {icon} from '../../shared/icons.ts';
import type {CurrentSession} from '../current-session.ts';
import type {ReadingPlace} from '../reading-place.ts';
import {nextFrame} from '../next-frame.ts';
import type {ToolRuns} from '../tool/tool-runs.ts';
import {FoundMarks} from './found-marks.ts';
import {bringIntoView, unfold} from './hit.ts';
import {search} from './thread-search.ts';

/** While a person types, in milliseconds. */
const PAUSE = 200;
/** Of what was found, as many characters are read out. */
const READ_OUT = 120;

interface Found {
  readonly keys: readonly string[];
  /** Of the one that is shown, from 0 for the newest. */
  readonly at: number;
  readonly isComplete: boolean;
}

const NOTHING: Found = {keys: [], at: 0, isComplete: false};

/** Finds in the whole of a conversation, from the newest to the oldest, and shows each where it stands. */
export class FindBar {
  readonly #chat: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #place: ReadingPlace;
  readonly #runs: ToolRuns;
  readonly #closed: () => void;
  readonly #marks = new FoundMarks();
  readonly #text = signal('');
  readonly #found = signal(NOTHING);
  readonly #isLoading = signal(false);
  #input: HTMLInputElement | undefined;
  #thread: ThreadCell | undefined;
  #endPause: (() => void) | undefined;
  /** What is under way for an older one is not wanted any more. */
  #generation = 0;
  #shown: Element | undefined;

  constructor(chat: ReactiveElement, session: CurrentSession, place: ReadingPlace, runs: ToolRuns, closed: () => void) {
    this.#chat = chat;
    this.#session = session;
    this.#place = place;
    this.#runs = runs;
    this.#closed = closed;
    this.#thread = session.thread;
  }

  get hasFocus(): boolean {
    return !!this.#input && this.#chat.renderRoot.contains(this.#input) && this.#input.matches(':focus');
  }

  focus(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  /** Another thread is shown: nothing of what was found is in it. */
  hostUpdated(): void {
    if (this.#session.thread === this.#thread) return;
    this.#closed();
  }

  end(): void {
    this.#generation++;
    this.#endPause?.();
    this.#unmark();
  }

  get template(): TemplateResult | typeof nothing {
    const {scope} = this.#session;
    if (!scope) return nothing;
    const {strings} = scope;
    const hasSome = this.#found.get().keys.length > 0;
    const step = (by: 1 | -1, label: string): TemplateResult =>
      html`<button
        type="button"
        class="quiet icon ${by === 1 ? 'older' : 'newer'}"
        aria-label=${label}
        title=${label}
        aria-disabled=${hasSome ? 'false' : 'true'}
        @click=${() => this.#go(by)}
      >
        ${icon('chevron')}
      </button>`;
    return html`<div class="find" role="search" aria-label=${strings.find} @keydown=${this.#key}>
      <input
        type="search"
        aria-label=${strings.find}
        placeholder=${strings.find}
        autocomplete="off"
        .value=${this.#text.get()}
        ${ref((element) => (this.#input = element as HTMLInputElement | undefined))}
        @input=${this.#type}
      />
      <span class="found" aria-live="polite" aria-atomic="true">${this.#told()}</span>
      ${step(1, strings.findNext)}${step(-1, strings.findPrevious)}
      <button
        type="button"
        class="quiet icon"
        aria-label=${strings.findClose}
        title=${strings.findClose}
        @click=${this.#closed}
      >
        ${icon('cross')}
      </button>
    </div>`;
  }

  /** The count is for all; what was found is for who does not see it. */
  #told(): unknown {
    const {scope, thread} = this.#session;
    const {keys, at, isComplete} = this.#found.get();
    if (!scope || !this.#text.get().trim()) return '';
    const {strings, store} = scope;
    if (this.#isLoading.get()) return strings.findLoading;
    if (!keys.length) return isComplete ? strings.findNothing : strings.searching;
    const isPartly = isComplete && thread?.state.older !== 'none' && !store.can('find');
    const count = isComplete ? keys.length : fill(strings.atLeast, {count: keys.length});
    const item = thread?.item(keys[at] ?? '')?.get();
    return [
      fill(isPartly ? strings.findCountLoaded : strings.findCount, {place: at + 1, count}),
      item ? html`<span class="hidden">: ${itemText(item).slice(0, READ_OUT)}</span>` : nothing,
    ];
  }

  readonly #type = ({currentTarget}: Event): void => {
    const text = (currentTarget as HTMLInputElement).value;
    this.#text.set(text);
    // That there was nothing was said of other words.
    if (!this.#found.get().keys.length) this.#found.set(NOTHING);
    this.#endPause?.();
    const timer = setTimeout(() => void this.#search(text), PAUSE);
    this.#endPause = () => clearTimeout(timer);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.#closed();
    else if (event.key === 'Enter' && event.target === this.#input) this.#go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  async #search(text: string): Promise<void> {
    const generation = ++this.#generation;
    const {scope, id, thread} = this.#session;
    this.#unmark();
    this.#found.set(NOTHING);
    if (!scope || id === undefined || !thread || !text.trim()) return;
    for await (const keys of search(scope.store, id, thread, text)) {
      if (generation !== this.#generation) return;
      const isFirst = this.#found.get().keys.length === 0 && keys.length > 0;
      this.#found.set({...this.#found.get(), keys});
      if (isFirst) void this.#show();
    }
    if (generation === this.#generation) this.#found.set({...this.#found.get(), isComplete: true});
  }

  /** The next one is older; behind the oldest comes the newest. */
  #go(by: 1 | -1): void {
    const {keys, at, ...rest} = this.#found.get();
    if (!keys.length) return;
    this.#found.set({...rest, keys, at: (at + by + keys.length) % keys.length});
    void this.#show();
  }

  /** What is not loaded is loaded first, with all that stands after it. */
  async #show(): Promise<void> {
    const generation = this.#generation;
    const {keys, at} = this.#found.get();
    const key = keys[at];
    const {scope, id, thread} = this.#session;
    if (key === undefined || !scope || id === undefined || !thread) return;
    const isWanted = (): boolean =>
      generation === this.#generation && this.#found.get().keys[this.#found.get().at] === key;
    for (;;) {
      this.#runs.reveal(key);
      await nextFrame();
      const element = await this.#place.reveal(key);
      if (element) {
        if (isWanted()) await unfold(element, this.#text.get());
        return isWanted() ? this.#mark(element) : undefined;
      }
      const {next} = thread.confirmed;
      if (next === undefined || !isWanted()) break;
      this.#isLoading.set(true);
      await scope.store.loadOlder(id);
      if (thread.confirmed.next === next) break;
    }
    this.#isLoading.set(false);
  }

  #mark(element: Element): void {
    this.#isLoading.set(false);
    this.#shown?.removeAttribute('data-found');
    element.setAttribute('data-found', '');
    this.#shown = element;
    const column = element.parentElement;
    if (!column) return;
    this.#marks.show(column, this.#text.get());
    bringIntoView(element, this.#text.get());
  }

  #unmark(): void {
    this.#marks.clear();
    this.#shown?.removeAttribute('data-found');
    this.#shown = undefined;
  }
}
