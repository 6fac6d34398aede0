import {LitElement, html, type TemplateResult} from 'lit';
import {Signal} from '@lit-labs/signals';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {english, fill, type Strings} from '../../context/strings.ts';
import type {Item, MessageItem} from '../../model/items.ts';
import type {ThreadCell} from '../../store/cells.ts';
import {effect} from '../shared/effect.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {Speech} from './speech.ts';

/** Between two additions, so that a screen reader gets passages rather than scraps. */
const PAUSE = 1000;

/** What has been said stays readable for a while. */
const KEPT = 20;

/**
 * What happens in a thread while the page is open, for a live region around it: what the agent answers, by whole sentences,
 * what it asks, and why it failed. It adds and never changes. What was there when the thread was loaded is history, and is
 * not said. Each thread has one of its own.
 */
export class AgentChatSpoken extends LitElement {
  @property({attribute: false}) strings: Strings = english();
  @property({attribute: false}) thread: ThreadCell | undefined;
  /** The session began on this page: nothing of it is history. */
  @property({attribute: false}) begun = false;

  /** Of the answers that are being written, by key. */
  readonly #speeches = new Map<string, Speech>();
  /** Keys that need not be looked at again, nor what stands before them. */
  readonly #over = new Set<string>();
  /** Keys of what was not sent. */
  readonly #told = new Set<string>();
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

  /** What waits for an answer is said at once. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.#isListening && !Signal.subtle.untrack(() => this.#isAsked())) await this.#pause();
    super.scheduleUpdate();
  }

  protected override render(): TemplateResult {
    const {thread} = this;
    this.#isListening ||= this.begun;
    const words = thread ? this.#listen(thread) : [];
    if (words.length) this.#passages = [...this.#passages, {id: ++this.#made, text: words.join(' ')}].slice(-KEPT);
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
      const key = keys.at(at) ?? '';
      if (this.#over.has(key)) break;
      const item = thread.item(key)?.get();
      if (!item) continue;
      if (item.kind === 'message' && item.role !== 'agent') {
        if (item.delivery === 'failed') words.unshift(...this.#refused(item));
        continue;
      }
      const news = this.#news(item);
      if (this.#isListening) words.unshift(...news);
      if ('streaming' in item && item.streaming) continue;
      this.#over.add(key);
      this.#speeches.delete(key);
      // All before it is history, however long that is.
      if (!this.#isListening) break;
    }
    return words;
  }

  #news(item: Item): string[] {
    const {strings} = this;
    switch (item.kind) {
      case 'message':
        return this.#answer(item);
      case 'approval':
        return item.answer ? [] : [fill(strings.agentAsks, {question: item.title})];
      case 'question':
        return item.answer ? [] : [fill(strings.agentAsks, {question: item.text})];
      case 'turn-end':
        return item.outcome === 'failed' && item.error ? [fill(strings.turnFailed, {problem: item.error.message})] : [];
      default:
        return [];
    }
  }

  /** Below it the agent may go on; another attempt is another message. */
  #refused({key, problem = ''}: MessageItem): string[] {
    if (this.#told.has(key)) return [];
    this.#told.add(key);
    return this.#isListening ? [fill(this.strings.notSent, {problem})] : [];
  }

  #answer({key, text, streaming}: MessageItem): string[] {
    const speech = this.#speeches.get(key) ?? new Speech(this.strings);
    this.#speeches.set(key, speech);
    const said = speech.next(text, !streaming);
    if (!this.#isListening) speech.skip();
    return said;
  }

  #isAsked(): boolean {
    const item = this.thread?.item(this.thread.keys.at(-1) ?? '')?.get();
    return (item?.kind === 'approval' || item?.kind === 'question') && !item.answer;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(end, PAUSE);
      const stop = effect(() => this.#isAsked() && queueMicrotask(end));
      this.#endPause = end;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat-spoken': AgentChatSpoken;
  }
}
