import {signal} from '@lit-labs/signals';
import {html, nothing, type ReactiveController, type ReactiveElement} from 'lit';
import {icon} from '../../shared/icons.ts';
import type {CurrentSession} from '../current-session.ts';
import type {ReadingPlace} from '../reading-place.ts';
import type {ToolRuns} from '../tool/tool-runs.ts';
import type {FindBar} from './find-bar.ts';

/** The way to find something in a conversation: a button, or the keys that a browser finds with; what does it comes then. */
export class Finder implements ReactiveController {
  readonly #chat: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #place: ReadingPlace;
  readonly #runs: ToolRuns;
  readonly #bar = signal<FindBar | undefined>(undefined);
  #before: HTMLElement | undefined;

  constructor(chat: ReactiveElement, session: CurrentSession, place: ReadingPlace, runs: ToolRuns) {
    this.#chat = chat;
    this.#session = session;
    this.#place = place;
    this.#runs = runs;
    chat.addController(this);
    chat.addEventListener('keydown', this.#key);
  }

  get template(): unknown {
    const {scope, thread} = this.#session;
    const bar = this.#bar.get();
    if (bar) return bar.template;
    if (!scope || !thread?.keys.length) return nothing;
    const {find} = scope.strings;
    return html`<div class="find-strip">
      <button type="button" class="quiet icon find-open" aria-label=${find} title=${find} @click=${this.#open}>
        ${icon('search')}
      </button>
    </div>`;
  }

  hostUpdated(): void {
    this.#bar.get()?.hostUpdated();
  }

  hostDisconnected(): void {
    this.#bar.get()?.end();
    this.#bar.set(undefined);
  }

  /** Pressed a second time they are the browser's. */
  readonly #key = (event: Event): void => {
    const {key, ctrlKey, metaKey, shiftKey, altKey} = event as KeyboardEvent;
    if (key.toLowerCase() !== 'f' || ctrlKey === metaKey || shiftKey || altKey) return;
    if (!this.#session.thread?.keys.length || this.#bar.get()?.hasFocus) return;
    event.preventDefault();
    void this.#open();
  };

  readonly #open = async (): Promise<void> => {
    const {activeElement} = this.#chat.renderRoot as ShadowRoot;
    if (!this.#bar.get()) {
      this.#before = activeElement instanceof HTMLElement ? activeElement : undefined;
      const {FindBar} = await import('./find-bar.ts');
      if (this.#chat.isConnected)
        this.#bar.set(new FindBar(this.#chat, this.#session, this.#place, this.#runs, this.#close));
    }
    await this.#chat.updateComplete;
    this.#bar.get()?.focus();
  };

  readonly #close = (): void => {
    const hadFocus = this.#chat.renderRoot.querySelector('.find')?.matches(':focus-within');
    this.#bar.get()?.end();
    this.#bar.set(undefined);
    if (!hadFocus) return;
    const back = this.#before?.isConnected
      ? this.#before
      : this.#chat.renderRoot.querySelector<HTMLElement>('.scroller');
    back?.focus({preventScroll: true});
  };
}
