import {Signal} from '@lit-labs/signals';
import {LitElement, nothing, type PropertyValues} from 'lit';
import {property} from 'lit/decorators.js';
import type {Item} from '../../model/items.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {renderItem} from './item-renderers.ts';
import {keepFocus} from './keep-focus.ts';
import {ownTask} from '../shared/own-task.ts';
import {sideOf, type ThreadView} from './thread-view.ts';

/**
 * Between two renderings of what grows, in milliseconds: in every fourth frame of most screens, as often as the AI SDK
 * advises for its `experimental_throttle` (50). Nobody reads faster, and most of what streaming costs is what a browser
 * does for each frame that shows something new.
 */
const PAUSE = 64;

/**
 * One entry of a thread. It follows its own signal, so that a piece of streamed text renders this entry and nothing else,
 * and not in each frame. Without a shadow of its own: the chat's styles and parts reach it.
 */
export class AgentChatItem extends LitElement {
  @property({attribute: false}) item: Signal.State<Item> | undefined;
  @property({attribute: false}) view: ThreadView | undefined;

  /** Keys of the entries that are unfolded. */
  unfolded = new Set<string>();

  #rendered = 0;

  constructor() {
    super();
    new SignalTracker(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (Signal.subtle.untrack(() => this.#isGrowing())) await ownTask(this.#rendered + PAUSE);
    super.scheduleUpdate();
    this.#rendered = performance.now();
  }

  protected override update(changed: PropertyValues<this>): void {
    keepFocus(
      this,
      () => super.update(changed),
      () => this.querySelector('[tabindex="-1"]'),
    );
  }

  protected override render(): unknown {
    const item = this.item?.get();
    const {view} = this;
    if (!item || !view) return nothing;
    this.dataset['kind'] = item.kind;
    this.dataset['from'] = item.kind === 'message' ? sideOf(item, view) : 'agent';
    return renderItem(item, view, this.unfolded.has(item.key), this.#toggle);
  }

  #isGrowing(): boolean {
    const item = this.item?.get();
    return item?.kind === 'tool' ? item.state === 'running' : !!item && 'streaming' in item && !!item.streaming;
  }

  readonly #toggle = (): void => {
    const key = this.item?.get().key ?? '';
    if (!this.unfolded.delete(key)) this.unfolded.add(key);
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat-item': AgentChatItem;
  }
}
