import {LitElement, html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {ThreadCell} from '../../store/cells.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {wholeSentences} from './sentences.ts';

/** Between two additions, so that a screen reader gets passages rather than scraps. */
const PAUSE = 1000;

/** What has been said stays readable for a while. */
const KEPT = 20;

/**
 * What the agent answers while the page is open, by whole sentences, for a live region around it. It adds and never
 * changes. What was there when the thread was loaded is history, and is not said. Each thread has one of its own.
 */
export class AgentChatSpoken extends LitElement {
  @property({attribute: false}) thread: ThreadCell | undefined;
  /** The session began on this page: nothing of it is history. */
  @property({attribute: false}) begun = false;

  /** By key, how much of it is said or history. */
  readonly #said = new Map<string, number>();
  /** Keys that need not be looked at again, nor what stands before them. */
  readonly #over = new Set<string>();
  #passages: {readonly id: number; readonly text: string}[] = [];
  #made = 0;
  #isListening = false;
  #endPause: (() => void) | undefined;

  constructor() {
    super();
    new SignalTracker(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endPause?.();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (this.#isListening) await this.#pause();
    super.scheduleUpdate();
  }

  protected override render(): TemplateResult {
    const {thread} = this;
    const words = thread ? this.#listen(thread) : [];
    this.#isListening ||= this.begun;
    if (words.length && this.#isListening) {
      this.#passages = [...this.#passages, {id: ++this.#made, text: words.join(' ')}].slice(-KEPT);
    }
    this.#isListening ||= !!thread?.state.loaded;
    return html`${repeat(
      this.#passages,
      ({id}) => id,
      ({text}) => html`<p>${text}</p> `,
    )}`;
  }

  /** What is new; only the end of the thread is looked at. */
  #listen(thread: ThreadCell): string[] {
    const words: string[] = [];
    const {keys} = thread;
    for (let at = keys.length - 1; at >= 0; at--) {
      const key = keys[at] ?? '';
      if (this.#over.has(key)) break;
      const item = thread.item(key)?.get();
      if (item?.kind !== 'message' || item.role !== 'agent') continue;
      const said = this.#said.get(key) ?? 0;
      const end = wholeSentences(item.text, !item.streaming);
      const passage = item.text.slice(said, end).trim();
      if (passage) words.unshift(passage);
      this.#said.set(key, Math.max(said, end));
      if (!item.streaming) this.#over.add(key);
    }
    return words;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PAUSE);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat-spoken': AgentChatSpoken;
  }
}
