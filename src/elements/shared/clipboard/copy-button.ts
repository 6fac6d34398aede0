import {html, nothing, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {Strings} from '../../../context/strings.ts';
import {announce} from '../announce.ts';
import {drawn} from '../first-icons.ts';
import {copyText} from './copy-text.ts';

/** How long it is shown that something was copied, in milliseconds. */
const SHOWN = 3000;

export interface Copying {
  /** Asked when it is copied, by this button. */
  readonly text: (button: HTMLElement) => string;
  /** What stands on the button; without it an icon. */
  readonly label?: string;
  /** What is copied, for those who do not see where the button stands. */
  readonly name?: string;
  readonly strings: Strings;
}

/** A button that copies, and beside it for a moment whether that worked. */
class CopyButton extends AsyncDirective {
  #copying: Copying | undefined;
  #copied: boolean | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override render(copying: Copying): TemplateResult {
    this.#copying = copying;
    const {label, name, strings} = copying;
    return html`<span class="copying ${this.#copied === false ? 'failed' : ''}"
      ><button
        type="button"
        class="quiet copy ${label === undefined ? 'icon' : 'small'}"
        aria-label=${name ?? label ?? strings.copy}
        title=${ifDefined(label === undefined ? (name ?? strings.copy) : undefined)}
        @click=${this.#copy}
      >
        ${drawn(this.#copied ? 'M5 12.5l4.5 4.5L19 7.5' : 'M9 9h11v11H9zM15 9V4H4v11h5')}${label}</button
      ><span class="copied" aria-hidden="true"
        >${this.#copied === undefined ? nothing : outcome(this.#copied, strings)}</span
      ></span
    >`;
  }

  protected override disconnected(): void {
    clearTimeout(this.#timer);
    this.#copied = undefined;
  }

  readonly #copy = async ({currentTarget}: Event): Promise<void> => {
    const button = currentTarget as HTMLElement;
    const copied = await copyText(this.#copying?.text(button) ?? '', button);
    this.#show(copied);
    if (this.#copying) announce(button, outcome(copied, this.#copying.strings));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(undefined), SHOWN);
  };

  #show(copied: boolean | undefined): void {
    this.#copied = copied;
    if (this.isConnected && this.#copying) this.setValue(this.render(this.#copying));
  }
}

export const copyButton = directive(CopyButton);

const outcome = (copied: boolean, strings: Strings): string => (copied ? strings.copied : strings.notCopied);
