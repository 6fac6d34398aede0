import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import {fill} from '../../context/strings.ts';
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

  /** The number is for the eye, the words are for the ear. */
  get button(): TemplateResult | undefined {
    const {scope} = this.#session;
    if (!scope || !this.#scroll.away) return undefined;
    const {strings} = scope;
    const count = this.#newMessages();
    return html`<button type="button" class="jump" @click=${asks({do: 'jump'})}>
      ${icon('down')}${strings.jumpToLatest}${
        count
          ? html`<span class="hidden">${fill(strings.jumpNew, {count})}</span
              ><span class="count" aria-hidden="true">${count}</span>`
          : nothing
      }
    </button>`;
  }

  /** Only what has come since is looked at. */
  #newMessages(): number {
    const keys = this.#session.thread?.keys;
    if (!keys || this.#lastRead === undefined) return 0;
    let count = 0;
    for (let place = keys.length - 1; place >= 0; place--) {
      const key = keys.at(place) ?? '';
      if (key === this.#lastRead) return count;
      if (key.startsWith('message:')) count++;
    }
    return 0;
  }
}
