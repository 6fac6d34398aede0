import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {fill} from '../../context/strings.ts';
import {SessionSelectEvent} from '../../events.ts';
import {icon} from '../shared/icons.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {noticeOf, problemNotice, withNotice, type Notice} from './notice.ts';
import {styles} from './session-notices.styles.ts';

/** How long the good news stay, if nobody looks at them. */
const STAY = 8_000;

/**
 * Tells of what happens besides the selected session: others that finish, fail or need an answer while the page is open,
 * and problems of the provider.
 *
 * @element session-notices
 * @fires {SessionSelectEvent} session-select - A person opens the session that a notice is about. Cancelable.
 * @csspart notice - One notice.
 * @csspart notice-text - Its words.
 * @csspart notice-open - "Open".
 * @csspart notice-dismiss - "Dismiss".
 */
export class SessionNotices extends LitElement {
  static override styles = styles;

  /** The id of the `<session-context>` to use, if not the one around it. */
  @property() context = '';

  readonly #consumer: ScopeConsumer;
  #scope: SessionScope | undefined;
  #stops: (() => void)[] = [];
  #notices: readonly Notice[] = [];
  readonly #timers = new Map<Notice, ReturnType<typeof setTimeout>>();
  /** A person looks at them: none goes. */
  #paused = false;
  /** Where the focus came from. */
  #from: HTMLElement | undefined;

  constructor() {
    super();
    new SignalTracker(this);
    this.#consumer = new ScopeConsumer(this);
    this.addController({hostUpdate: () => this.#prepare()});
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    const {scope} = this.#consumer;
    if (scope !== this.#scope) this.#listen(scope);
  }

  protected override updated(): void {
    // What a person has looked at does not come back.
    if (this.#scope) this.#notices = this.#visible(this.#scope);
    this.#arm();
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    if (!scope) return html``;
    const isAlert = ({kind}: Notice): boolean => kind === 'problem' || kind === 'failed';
    const toasts = (role: 'alert' | 'status'): TemplateResult =>
      html`<div role=${role} class="stack">
        ${repeat(
          this.#visible(scope).filter((notice) => isAlert(notice) === (role === 'alert')),
          (notice) => notice,
          (notice) => this.#toast(notice, scope),
        )}
      </div>`;
    return html`<section
      aria-label=${scope.strings.notices}
      @pointerenter=${this.#pause}
      @pointerleave=${this.#resume}
      @focusin=${this.#onFocusIn}
      @focusout=${this.#resume}
    >
      ${toasts('alert')}${toasts('status')}
    </section>`;
  }

  #toast(notice: Notice, {strings, store}: SessionScope): TemplateResult {
    const {kind, sessionId, text} = notice;
    const view = sessionId === undefined ? undefined : store.session(sessionId);
    const said = {finished: strings.noticeFinished, failed: strings.noticeFailed, waiting: strings.noticeWaiting};
    const title = view?.title || strings.untitled;
    return html`<div
      class="notice ${kind}"
      part="notice"
      @keydown=${(event: KeyboardEvent) => this.#dismissByKey(event, notice)}
    >
      <p part="notice-text">${kind === 'problem' ? text : fill(said[kind], {title})}</p>
      ${
        sessionId !== undefined && view
          ? html`<button part="notice-open" @click=${() => this.#open(notice)}>${strings.open}</button>`
          : nothing
      }
      <button
        class="quiet icon"
        part="notice-dismiss"
        aria-label=${strings.dismiss}
        title=${strings.dismiss}
        @click=${() => this.#dismiss(notice)}
      >
        ${icon('cross')}
      </button>
    </div>`;
  }

  /** Without those of sessions that are gone, or that a person looks at by now. */
  #visible({store, selected}: SessionScope): readonly Notice[] {
    const looked = selected === undefined ? undefined : store.sessions.resolve(selected);
    return this.#notices.filter(
      ({kind, sessionId}) =>
        kind === 'problem' ||
        (sessionId !== looked && sessionId !== undefined && store.session(sessionId)?.status === kind),
    );
  }

  #listen(scope: SessionScope | undefined): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#scope = scope;
    this.#notices = [];
    this.#from = undefined;
    this.#paused = false;
    if (!scope) return;
    const {store} = scope;
    const tell = (notice: Notice | undefined): void => {
      if (!notice) return;
      this.#notices = withNotice(this.#visible(scope), notice);
      this.requestUpdate();
    };
    this.#stops = [
      store.onProblem((problem) => tell(problemNotice(problem))),
      store.sessions.onChange((id, before, after) => tell(noticeOf(id, before, after))),
    ];
    for (const problem of store.takeEarlyProblems()) tell(problemNotice(problem));
  }

  /** A timer for each that goes by itself; none for those that are gone. */
  #arm(): void {
    for (const [notice, timer] of this.#timers) {
      if (!this.#paused && this.#notices.includes(notice)) continue;
      clearTimeout(timer);
      this.#timers.delete(notice);
    }
    if (this.#paused || !this.isConnected) return;
    for (const notice of this.#notices) {
      if (notice.kind !== 'finished' || this.#timers.has(notice)) continue;
      this.#timers.set(
        notice,
        setTimeout(() => this.#remove(notice), STAY),
      );
    }
  }

  #remove(notice: Notice): void {
    this.#notices = this.#notices.filter((other) => other !== notice);
    this.requestUpdate();
  }

  #open(notice: Notice): void {
    const {sessionId} = notice;
    const {scope} = this.#consumer;
    if (sessionId !== undefined && this.dispatchEvent(new SessionSelectEvent(sessionId))) scope?.select(sessionId);
    this.#dismiss(notice);
  }

  #dismiss(notice: Notice): void {
    const hadFocus = this.shadowRoot?.activeElement;
    this.#remove(notice);
    if (!hadFocus) return;
    void this.updateComplete.then(() => {
      const next = this.renderRoot.querySelector<HTMLElement>('[part=notice-dismiss]') ?? this.#from;
      next?.focus();
    });
  }

  #dismissByKey(event: KeyboardEvent, notice: Notice): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#dismiss(notice);
  }

  readonly #onFocusIn = (event: FocusEvent): void => {
    const from = event.relatedTarget;
    if (from instanceof HTMLElement && !this.renderRoot.contains(from) && from !== this) this.#from = from;
    this.#pause();
  };

  readonly #pause = (): void => {
    this.#paused = true;
    this.#arm();
  };

  readonly #resume = (): void => {
    this.#paused = this.matches(':hover') || this.shadowRoot?.activeElement != null;
    this.#arm();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'session-notices': SessionNotices;
  }
}
