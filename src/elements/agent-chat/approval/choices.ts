import {html, nothing, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {ref} from 'lit/directives/ref.js';
import type {ApprovalItem} from '../../../model/items.ts';
import {visible} from '../../shared/output/visible.ts';
import {ChatActionEvent} from '../chat-action.ts';
import type {ThreadView} from '../thread-view.ts';
import {STILL, Stillness} from './stillness.ts';

/** So long, in milliseconds, they are disabled when they are new. It is more than `STILL`: what comes with them moves them. */
const NEW = 500;

/**
 * The answers, a button each. A press that was meant for something else does nothing: they are disabled for a moment after
 * they appear and whenever what is asked has changed, and a pointer presses in vain what has just moved below it. While an
 * answer is on its way the buttons keep their place, and the focus, but do nothing.
 */
class Choices extends AsyncDirective {
  #shown: readonly [ApprovalItem, ThreadView] | undefined;
  #asked: number | undefined;
  #isReady = false;
  #wasTooSoon = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stillness: Stillness | undefined;

  override render(item: ApprovalItem, view: ThreadView): TemplateResult {
    this.#shown = [item, view];
    if (item.version !== this.#asked) this.#arm(item.version);
    const {options, answering} = item;
    const said = answering ? view.strings.answering : this.#wasTooSoon ? view.strings.answerTooSoon : nothing;
    return html`<div class="answers" ${ref(this.#placed)}>
      ${options.map(
        ({id, label}) =>
          html`<button
            type="button"
            class=${answering === id ? 'chosen' : ''}
            ?disabled=${!this.#isReady && !answering}
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
    clearTimeout(this.#timer);
    this.#stillness?.disconnect();
    this.#stillness = undefined;
    this.#asked = undefined;
  }

  #arm(asked: number): void {
    this.#asked = asked;
    this.#isReady = false;
    this.#wasTooSoon = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isReady = true;
      this.#again();
    }, NEW);
  }

  #choose({currentTarget, detail}: Event & {detail?: number}, option: string): void {
    const [item] = this.#shown ?? [];
    if (!item || item.answering || !this.#isReady) return;
    // A pointer counts its presses; keys and assistive technology, which count none, go where the focus is.
    if (detail && (this.#stillness?.length ?? 0) < STILL) {
      this.#wasTooSoon = true;
      return this.#again();
    }
    this.#wasTooSoon = false;
    currentTarget?.dispatchEvent(new ChatActionEvent({do: 'answer', approval: item.id, option}));
  }

  readonly #placed = (choices: Element | undefined): void => {
    this.#stillness?.disconnect();
    this.#stillness = choices && new Stillness(choices);
  };

  #again(): void {
    if (this.isConnected && this.#shown) this.setValue(this.render(...this.#shown));
  }
}

export const choices = directive(Choices);
