import {html, nothing, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {ref} from 'lit/directives/ref.js';
import type {ApprovalItem} from '../../../model/items.ts';
import {visible} from '../../shared/output/visible.ts';
import {ChatActionEvent} from '../chat-action.ts';
import type {ThreadView} from '../thread-view.ts';
import {PressGuard} from './press-guard.ts';

/**
 * The answers, a button each. While an answer is on its way the buttons keep their place, and the focus, but do nothing.
 */
class Choices extends AsyncDirective {
  readonly #guard = new PressGuard(() => this.#again());
  #shown: readonly [ApprovalItem, ThreadView] | undefined;

  override render(item: ApprovalItem, view: ThreadView): TemplateResult {
    this.#shown = [item, view];
    const {options, answering, tool} = item;
    // What it is about is part of what is asked. Both only grow.
    const call = tool === undefined ? undefined : view.thread.item(`tool:${tool}`)?.get();
    this.#guard.show(item.version + (call?.version ?? 0));
    const said = answering ? view.strings.answering : this.#guard.wasTooSoon ? view.strings.answerTooSoon : nothing;
    return html`<div class="answers" ${ref(this.#placed)}>
      ${options.map(
        ({id, label}) =>
          html`<button
            type="button"
            class=${answering === id ? 'chosen' : ''}
            ?disabled=${!this.#guard.isReady && !answering}
            aria-disabled=${answering ? 'true' : 'false'}
            @click=${(event: Event) => this.#choose(event, id)}
          >
            ${visible(label)}
          </button>`,
      )}
      <span class="answer" aria-live="polite">${said}</span>
    </div>`;
  }

  protected override disconnected(): void {
    this.#guard.end();
  }

  #choose(event: Event & {detail?: number}, option: string): void {
    const [item] = this.#shown ?? [];
    if (!item || item.answering || !this.#guard.accepts(event)) return;
    event.currentTarget?.dispatchEvent(new ChatActionEvent({do: 'answer', approval: item.id, option}));
  }

  readonly #placed = (choices: Element | undefined): void => this.#guard.watch(choices);

  #again(): void {
    if (this.isConnected && this.#shown) this.setValue(this.render(...this.#shown));
  }
}

export const choices = directive(Choices);
