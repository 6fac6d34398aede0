import {html, nothing} from 'lit';
import {keyed} from 'lit/directives/keyed.js';
import {fill} from '../../context/strings.ts';
import type {StartOptions} from '../../store/session-store.ts';
import {exactTime, languageOf, localNumber} from '../shared/relative-time.ts';
import {workDuration, workSpan} from '../shared/work-span.ts';
import {ActiveFamily} from './active-family.ts';
import {asks} from './chat-action.ts';
import {ComposerAids, type Chat} from './composer-aids.ts';
import type {CurrentSession} from './current-session.ts';
import {hints} from './hints.ts';
import {Finder} from './find/finder.ts';
import type {Extras} from './item-renderers.ts';
import {LaterActions} from './later-actions.ts';
import type {ScrollKeeper} from './scroll-keeper.ts';
import {AgentOffers} from './offers/agent-offers.ts';
import {OwnTurns} from './own-turn/own-turns.ts';
import {PinnedPlan} from './plan/pinned-plan.ts';
import {ReadingPlace} from './reading-place.ts';
import {SeenReporter} from './seen-reporter.ts';
import type {ThreadItems} from './thread-items.ts';
import type {LocalText, Surroundings} from './thread-view.ts';
import {ChatSurroundings} from './tool/surroundings.ts';
import {ToolRuns} from './tool/tool-runs.ts';
import {UnreadDivider} from './unread/unread-divider.ts';
import {WayToEnd} from './way-to-end.ts';

/** What a chat has besides its messages. */
export class ChatExtras implements Extras {
  readonly #chat: Chat;
  readonly #session: CurrentSession;
  readonly #family: ActiveFamily;
  readonly #wayToEnd: WayToEnd;
  readonly #finder: Finder;
  readonly #aids: ComposerAids;
  readonly #offers: AgentOffers;
  readonly #plan: PinnedPlan;
  #language: string | undefined;
  readonly #runs: ToolRuns;
  #localText: Surroundings;

  constructor(chat: Chat, session: CurrentSession, scroll: ScrollKeeper, items: ThreadItems) {
    this.#chat = chat;
    this.#session = session;
    this.#family = new ActiveFamily(chat, session);
    this.#wayToEnd = new WayToEnd(chat, session, scroll);
    this.#aids = new ComposerAids(chat, session);
    this.#offers = new AgentOffers(chat, session);
    this.#plan = new PinnedPlan(chat, session);
    new LaterActions(chat, session, scroll, this.#family);
    const seen = new SeenReporter(chat, session);
    const place = new ReadingPlace(chat, session, scroll, items);
    // After it, because it leaves out what that chooses from.
    this.#runs = new ToolRuns(chat, session, items);
    this.#finder = new Finder(chat, session, place, this.#runs);
    new UnreadDivider(chat, session, scroll, items, seen);
    new OwnTurns(items);
    this.#localText = this.#surroundings();
  }

  get stopAll(): unknown {
    const {scope, state} = this.#session;
    const {length} = this.#family.ids;
    if (!scope || !length) return nothing;
    const count = length + (state.busy === 'open' ? 1 : 0);
    return html`<button type="button" @click=${asks({do: 'stop-all'})}>
      ${fill(scope.strings.stopAll, {count})}
    </button>`;
  }

  /** The same as long as the language is. */
  get localText(): Surroundings {
    const language = languageOf(this.#chat);
    if (language !== this.#language) this.#localText = this.#surroundings(language);
    this.#language = language;
    return this.#localText;
  }

  #surroundings(language?: string): Surroundings {
    return new ChatSurroundings(this.#chat, this.#session, this.#runs, localTextIn(language));
  }

  get duration(): unknown {
    const {scope, view, thread} = this.#session;
    const span = workSpan(view, thread);
    // Not tracked: each piece of an answer would render the chat.
    const last = thread?.items.at(-1);
    const waits = last?.kind === 'message' && last.delivery;
    // How long it took would seem to be about what waits above it.
    return scope && !(span?.until && waits) ? workDuration(span, scope.store, scope.strings) : nothing;
  }

  get head(): unknown {
    return this.#finder.template;
  }

  get over(): unknown {
    return this.#wayToEnd.button;
  }

  get aboveBox(): unknown {
    const {readonly} = this.#chat;
    return [this.#plan.template, hints(this.#session, readonly), readonly ? nothing : this.#aids.template];
  }

  belowBox(agent: string): unknown {
    return this.#offers.template(agent, this.localText);
  }

  start(agent: string): StartOptions {
    return this.#offers.start(agent);
  }

  get isTooLong(): boolean {
    return this.#aids.isTooLong;
  }

  /** One for each thread and user: what was said to one is not left for the next. */
  get spoken(): unknown {
    const {scope, thread, hasBegunHere} = this.#session;
    if (!scope) return nothing;
    const spoken = html`<agent-chat-spoken
      .strings=${scope.strings}
      .thread=${thread}
      .begun=${hasBegunHere}
    ></agent-chat-spoken>`;
    return html`<p>${this.#aids.said}</p>
      ${keyed(thread, html`${keyed(scope.store.user?.id, spoken)}`)}`;
  }
}

const localTextIn = (language: string | undefined): LocalText => ({
  time: (time) => exactTime(time, language),
  number: (number) => localNumber(number, language),
});
