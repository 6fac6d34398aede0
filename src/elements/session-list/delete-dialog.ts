import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {Strings} from '../../context/strings.ts';

/**
 * Asks before sessions are deleted, as long as it has a `question`. Answers with an event `answer`, whose `detail` is true
 * for a yes. Its looks are the list's.
 */
export class DeleteDialog extends LitElement {
  @property({attribute: false}) strings: Strings | undefined;
  /** Undefined: nothing is asked. */
  @property({attribute: false}) question: string | undefined;
  /** What the button for a yes says. */
  @property({attribute: false}) confirm = '';

  protected override createRenderRoot(): this {
    return this;
  }

  protected override updated(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.isConnected && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const {strings, question} = this;
    if (!strings || question === undefined) return nothing;
    return html`<dialog aria-labelledby="delete-question" part="dialog" @close=${this.#onClose}>
      <p id="delete-question">${question}</p>
      <div class="line end">
        <button autofocus @click=${() => this.#answer(false)}>${strings.cancel}</button>
        <button class="danger" @click=${() => this.#answer(true)}>${this.confirm}</button>
      </div>
    </dialog>`;
  }

  /** The event comes later; by then another question may be there, in another dialog. */
  readonly #onClose = ({target}: Event): void => {
    if (target === this.querySelector('dialog:not([open])')) this.#answer(false);
  };

  #answer(yes: boolean): void {
    if (this.question === undefined) return;
    this.question = undefined;
    // While it is still here: closing gives the focus back to where it was.
    this.querySelector('dialog')?.close();
    this.dispatchEvent(new CustomEvent('answer', {detail: yes}));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-list-dialog': DeleteDialog;
  }
}
