import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {fill} from '../../context/strings.ts';
import {SessionSelectEvent} from '../../events.ts';
import {messageKey} from '../../model/fold.ts';
import {icon} from '../shared/icons.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {DesktopNotices} from './desktop-notices.ts';
import {NoticeStack} from './notice-stack.ts';
import {noticeOf, problemNotice, type Notice} from './notice.ts';
import {TitleBadge} from './title-badge.ts';
import {styles} from './session-notices.styles.ts';

/**
 * Tells of what happens besides the selected session: others that finish, fail or need an answer while the page is open,
 * and problems of the provider. Where the page is hidden, they wait; what has happened meanwhile, to the selected session
 * too, can be counted in the title and told by the system. Words that were refused are not told of where they
 * stand in an open conversation, with the reason.
 *
 * @element session-notices
 * @fires {SessionSelectEvent} session-select - A person opens the session that a notice is about. Cancelable.
 * @csspart notice - One notice.
 * @csspart notice-text - Its words.
 * @csspart notice-open - "Open".
 * @csspart notice-dismiss - "Dismiss".
 * @csspart notice-desktop - "Notify me while this page is hidden".
 */
export class SessionNotices extends LitElement {
  static override styles = styles;

  /** The id of the `<session-context>` to use, if not the one around it. */
  @property() context = '';

  /** Counts before the page's title the sessions that have news since the page was hidden. */
  @property({type: Boolean, attribute: 'title-badge'}) titleBadge = false;

  /** Tells of them by notifications of the system too; a person is asked for the permission with the first notice. */
  @property({type: Boolean}) desktop = false;

  readonly #consumer: ScopeConsumer;
  readonly #stack = new NoticeStack(() => this.requestUpdate());
  readonly #badge = new TitleBadge();
  readonly #desktop = new DesktopNotices();
  /** Sessions with news that nobody could see. */
  readonly #missed = new Set<string>();
  #scope: SessionScope | undefined;
  #stops: (() => void)[] = [];
  #root: Node | undefined;
  /** What the focus has left last, in whichever element. */
  #left: WeakRef<HTMLElement> | undefined;

  constructor() {
    super();
    new SignalTracker(this);
    this.#consumer = new ScopeConsumer(this);
    this.addController({hostUpdate: () => this.#prepare()});
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#root = this.getRootNode();
    this.#root.addEventListener('focusout', this.#onLeft);
    this.#onVisibility();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#root?.removeEventListener('focusout', this.#onLeft);
    this.#root = undefined;
    this.#seen();
    this.#stack.hold(true);
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    const {scope} = this.#consumer;
    if (scope !== this.#scope) this.#listen(scope);
  }

  protected override updated(): void {
    const {scope} = this.#consumer;
    // What a person has looked at does not come back.
    if (scope) this.#stack.retain((notice) => isNews(notice, scope));
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    if (!scope) return html``;
    const notices = this.#stack.all.filter((notice) => isNews(notice, scope));
    const isAlert = ({kind}: Notice): boolean => kind === 'problem' || kind === 'failed';
    const toasts = (role: 'alert' | 'status'): TemplateResult =>
      html`<div role=${role} class="stack">
        ${repeat(
          notices.filter((notice) => isAlert(notice) === (role === 'alert')),
          (notice) => notice,
          (notice) => this.#toast(notice, scope),
        )}
      </div>`;
    return html`<section
      aria-label=${scope.strings.notices}
      @pointerenter=${this.#hold}
      @pointerleave=${this.#holdIfLookedAt}
      @focusin=${this.#hold}
      @focusout=${this.#holdIfLookedAt}
    >
      ${toasts('alert')}${toasts('status')}
      ${
        this.desktop && notices.length > 0 && this.#desktop.permission === 'default'
          ? html`<button part="notice-desktop" @click=${this.#askForDesktop}>${scope.strings.noticeDesktop}</button>`
          : nothing
      }
    </section>`;
  }

  #toast(notice: Notice, scope: SessionScope): TemplateResult {
    const {kind, sessionId} = notice;
    const {strings, store} = scope;
    const isElsewhere = sessionId !== undefined && !isSelected(sessionId, scope) && store.session(sessionId);
    return html`<div
      class="notice ${kind}"
      part="notice"
      @keydown=${(event: KeyboardEvent) => this.#dismissByKey(event, notice)}
    >
      <p part="notice-text">${wordsOf(notice, scope)}</p>
      ${
        isElsewhere
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

  #listen(scope: SessionScope | undefined): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#scope = scope;
    this.#stack.retain(() => false);
    this.#seen();
    if (!scope) return;
    const {store} = scope;
    const tell = (notice: Notice | undefined): void => {
      if (!notice) return;
      this.#stack.add(notice);
      if (document.hidden) this.#miss(notice, scope);
      this.requestUpdate();
    };
    this.#stops = [
      store.onProblem((problem) => tell(problemNotice(problem))),
      store.sessions.onChange((id, before, after) => tell(noticeOf(id, before, after))),
    ];
    for (const problem of store.takeEarlyProblems()) tell(problemNotice(problem));
  }

  /** Of a problem of the connection nobody is called back: it may be over by then. */
  #miss(notice: Notice, scope: SessionScope): void {
    const {sessionId} = notice;
    if (sessionId === undefined || notice.kind === 'problem') return;
    this.#missed.add(sessionId);
    if (this.titleBadge) this.#badge.show(this.#missed.size);
    if (this.desktop)
      this.#desktop.show(sessionId, this.#badge.title, wordsOf(notice, scope), () => this.#open(notice));
  }

  #seen(): void {
    this.#missed.clear();
    this.#badge.show(0);
    this.#desktop.clear();
  }

  readonly #onVisibility = (): void => {
    if (!document.hidden) this.#seen();
    this.#holdIfLookedAt();
  };

  readonly #askForDesktop = async (): Promise<void> => {
    await this.#desktop.ask();
    this.requestUpdate();
  };

  #open(notice: Notice): void {
    const {sessionId} = notice;
    const {scope} = this.#consumer;
    if (sessionId !== undefined && this.dispatchEvent(new SessionSelectEvent(sessionId))) scope?.select(sessionId);
    this.#dismiss(notice);
  }

  #dismiss(notice: Notice): void {
    const hadFocus = this.shadowRoot?.activeElement;
    this.#stack.remove(notice);
    this.requestUpdate();
    if (!hadFocus) return;
    void this.updateComplete.then(() => {
      const next = this.renderRoot.querySelector<HTMLElement>('[part=notice-dismiss]') ?? this.#left?.deref();
      next?.focus();
    });
  }

  #dismissByKey(event: KeyboardEvent, notice: Notice): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#dismiss(notice);
  }

  readonly #onLeft = (event: Event): void => {
    const path = event.composedPath();
    const [left] = path;
    if (left instanceof HTMLElement && !path.includes(this)) this.#left = new WeakRef(left);
  };

  readonly #hold = (): void => this.#stack.hold(true);

  readonly #holdIfLookedAt = (): void => {
    this.#stack.hold(document.hidden || this.matches(':hover') || this.shadowRoot?.activeElement != null);
  };
}

/** Not of sessions that are gone, or whose news are old, or that a person looks at by now. */
function isNews({kind, sessionId, command}: Notice, scope: SessionScope): boolean {
  if (kind === 'problem')
    return !command || !sessionId || !isSelected(sessionId, scope) || !isToldBelow(command, scope);
  return sessionId !== undefined && !isSelected(sessionId, scope) && scope.store.session(sessionId)?.status === kind;
}

const isSelected = (session: string, {store, selected}: SessionScope): boolean =>
  selected !== undefined && store.sessions.resolve(selected) === store.sessions.resolve(session);

/** The words that were refused stand in a conversation on the page, with the reason. */
function isToldBelow(command: string, {store, selected = ''}: SessionScope): boolean {
  const item = store.thread(selected)?.item(messageKey(command))?.get();
  return item?.kind === 'message' && item.delivery === 'failed';
}

function wordsOf({kind, sessionId, text}: Notice, {store, strings}: SessionScope): string {
  if (kind === 'problem') return text ?? '';
  const said = {finished: strings.noticeFinished, failed: strings.noticeFailed, waiting: strings.noticeWaiting};
  const title = (sessionId !== undefined && store.session(sessionId)?.title) || strings.untitled;
  return fill(said[kind], {title});
}

declare global {
  interface HTMLElementTagNameMap {
    'session-notices': SessionNotices;
  }
}
