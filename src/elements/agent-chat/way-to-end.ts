import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import {icon} from '../shared/icons.ts';
import {asks} from './chat-action.ts';
import type {CurrentSession} from './current-session.ts';
import type {ScrollKeeper} from './scroll-keeper.ts';

/** The button for a reader who has left the end, with how many messages have come since. */
export class WayToEnd implements ReactiveController {
  readonly #session: CurrentSession;
  readonly #scroll: ScrollKeeper;
  /** The last entry while the reader was at the end. */
  #lastRead: string | undefined;

  constructor(host: ReactiveElement, session: CurrentSession, scroll: ScrollKeeper) {
    this.#session = session;
    this.#scroll = scroll;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#scroll.away) this.#lastRead = this.#session.thread?.keys.at(-1);
  }

  /** The count is for the eye: what is new is said by the status. */
  get button(): TemplateResult | undefined {
    const {scope} = this.#session;
    if (!scope || !this.#scroll.away) return undefined;
    const count = this.#newMessages();
    return html`<button type="button" class="jump" @click=${asks({do: 'jump'})}>
      ${icon('down')}${scope.strings.jumpToLatest}${
        count ? html`<span class="count" aria-hidden="true">${count}</span>` : nothing
      }
    </button>`;
  }

  #newMessages(): number {
    const keys = this.#session.thread?.keys ?? [];
    const read = this.#lastRead === undefined ? -1 : keys.indexOf(this.#lastRead);
    return read < 0 ? 0 : keys.slice(read + 1).filter((key) => key.startsWith('message:')).length;
  }
}
