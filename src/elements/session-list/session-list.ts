import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {english} from '../../context/strings.ts';
import {SessionNewEvent, SessionSelectEvent, SessionStopEvent} from '../../events.ts';
import {Families} from '../../store/families.ts';
import {groups, sorts, type ListGroup, type ListSort} from '../../store/list-order.ts';
import {ListView, filters, type ListFilter, type ListOptions} from '../../store/list-view.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {languageOf, localNumber} from '../shared/relative-time.ts';
import {ownTask} from '../shared/own-task.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {DeletionQuestion} from './deletion-question.ts';
import {fold, foldedOf} from './folded.ts';
import {listControls} from './list-controls.ts';
import {listFoot} from './list-foot.ts';
import {emptyNote, isLoading, skeleton, staleNote} from './list-notes.ts';
import {listRows} from './list-rows.ts';
import {SectionDays} from './list-sections.ts';
import {MarkedSessions} from './marked-sessions.ts';
import type {RowActionEvent} from './row-action.ts';
import {RowFocus} from './row-focus.ts';
import {RowHold} from './row-hold.ts';
import {RowKeys} from './row-keys.ts';
import {RowMarks} from './row-marks.ts';
import {RowPress} from './row-press.ts';
import {RowWords} from './row-words.ts';
import {RowWindow} from './row-window.ts';
import {ScrollAnchor} from './scroll-anchor.ts';
import {SessionCount} from './session-count.ts';
import {SessionFinder, questionFor} from './session-finder.ts';
import {styles} from './session-list.styles.ts';

/**
 * The sessions of a provider, live: what they do, what waits for a person, and what can be done with them.
 *
 * @element session-list
 * @fires {SessionSelectEvent} session-select - A person opens a session. Cancelable.
 * @fires {SessionNewEvent} session-new - A person wants a new conversation. Cancelable.
 * @fires {SessionStopEvent} session-stop - A person stops a session; before the command. Cancelable.
 * @fires {SessionDeleteEvent} session-delete - A person wants to delete a session; before the question, or before each
 *   command where the question was about many. Cancelable.
 * @csspart controls - Search, filter and order.
 * @csspart search - The search box.
 * @csspart new - The button for a new conversation.
 * @csspart foot - What stands below the list.
 * @csspart count - How many sessions there are, and how many of them are shown.
 * @csspart delete-all - The button that deletes all that is shown.
 * @csspart select - The button that begins to mark sessions, for one action with all of them.
 * @csspart reorder - The button that brings the order up to date while a pointer is among the rows.
 * @csspart selection - What stands there instead while sessions are marked.
 * @csspart selection-action - One button of that.
 * @csspart list - The list itself.
 * @csspart section - The heading of a section.
 * @csspart row - One session.
 * @csspart row-title - What opens it.
 * @csspart row-status - Its status in words.
 * @csspart row-unread - The mark of an unread one.
 * @csspart row-agent - The name of its agent.
 * @csspart row-folder - The name of the folder that it works in.
 * @csspart row-below - What most wants a person among the sessions below it, and how many of them do.
 * @csspart row-fold - The button that folds its children away.
 * @csspart row-mark - The box that marks it.
 * @csspart row-time - When something last happened.
 * @csspart row-detail - What waits, what failed, or what was said last.
 * @csspart row-actions - What can be done with it.
 * @csspart row-action - One button of these.
 * @csspart dialog - The question before something is deleted.
 * @cssprop --session-surface - Background.
 * @cssprop --session-accent - Colour of what is selected and of the main button.
 */
export class SessionList extends LitElement {
  static override styles = styles;

  /** The id of the `<session-context>` to use, if not the one around it. */
  @property() context = '';
  /**
   * Each of its words begins some word of the title, or of the messages if the server can search; if it cannot, of the
   * agent, the folder or the id.
   */
  @property() query = '';
  /** Which sessions; archived ones are in `archived` only. */
  @property() filter: ListFilter = 'all';
  /** In which order. */
  @property() sort: ListSort = 'updated';
  /**
   * In which sections: `time` (today, yesterday, this week, older; none in an order by title), `status` (what wants a person
   * first), or `none`. Children stand in the section of their parent.
   */
  @property() group: ListGroup = 'none';
  /** Shows only, and selects. */
  @property({type: Boolean}) readonly = false;

  readonly #consumer: ScopeConsumer;
  readonly #update = (): void => this.requestUpdate();
  readonly #finder = new SessionFinder(this.#update);
  readonly #focus = new RowFocus(this);
  readonly #words = new RowWords();
  readonly #anchor = new ScrollAnchor(this);
  #settled: Promise<void> | undefined;
  readonly #question = new DeletionQuestion(this);
  readonly #marks = new RowMarks(this.#update);
  readonly #marked = new MarkedSessions(this, this.#marks, this.#question);
  readonly #days = new SectionDays(this.#update);
  #store: SessionStore | undefined;
  #view: ListView | undefined;
  #count: SessionCount | undefined;
  #families: Families | undefined;
  readonly #window = new RowWindow(this.#update, () => void this.#finder.readMore());
  readonly #hold = new RowHold((isHeld) => {
    if (this.#view) this.#view.isHeld = isHeld;
  });
  readonly #keys = new RowKeys({
    rows: () => this.#view?.rows ?? [],
    titleOf: (id) => this.#store?.sessions.peek(id)?.title ?? '',
    page: () => this.#window.page,
    isRightToLeft: () => this.matches(':dir(rtl)'),
    marks: () => (this.#canMark ? this.#marks : undefined),
    go: (id) => void this.#focus.go(id),
    fold: (id, isClosed) => this.#fold(id, isClosed),
    remove: (id) => this.#remove(id),
  });

  constructor() {
    super();
    new SignalTracker(this);
    new RowPress(this);
    this.#consumer = new ScopeConsumer(this);
    this.addController({hostUpdate: () => this.#prepare()});
  }

  /** A page that renders again sets again what it has set; only what is new counts, so that a person's choice stays. */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (old !== value) super.attributeChangedCallback(name, old, value);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#window.watch(undefined);
    this.#question.forget();
    this.#days.stop();
    this.#hold.onLeave();
  }

  /** The first time is the longest: not in the task that changes the page. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    super.scheduleUpdate();
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    this.#focus.remember();
    this.#anchor.remember(this.#hold.isHeld);
    const store = this.#consumer.scope?.store;
    if (store !== this.#store) {
      this.#store = store;
      this.#view?.dispose();
      this.#count?.dispose();
      this.#families?.dispose();
      this.#view = store && new ListView(store.sessions, this.#options, this.#finder.found);
      this.#count = store && new SessionCount(store.sessions);
      this.#families = store && new Families(store.sessions);
      this.#hold.onLeave();
      this.#window.reset();
    }
    const question = store && questionFor(this.#options, store);
    this.#finder.ask(store, question, store?.listLive ?? false);
    const view = this.#view;
    if (!view) return;
    view.configure(this.#options, this.#finder.found);
    this.#marks.retain((id) => view.has(id));
  }

  protected override updated(): void {
    const part = (selector: string): HTMLElement | undefined =>
      this.renderRoot.querySelector<HTMLElement>(selector) ?? undefined;
    const [rows, scroller] = [part('.rows'), part('.scroll')];
    this.#window.watch(rows && scroller && {rows, scroller, more: part('.more')});
    this.#settled = this.#anchor.restore();
    this.#focus.restore();
  }

  /** With its first rows, which come one after the other. */
  protected override async getUpdateComplete(): Promise<boolean> {
    let isComplete = await super.getUpdateComplete();
    while (this.#window.beginning) {
      await this.#window.beginning;
      isComplete = await super.getUpdateComplete();
    }
    await this.#settled;
    return isComplete;
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    const view = this.#view;
    if (!scope || !view) return html`<p class="note">${english().notConnected}</p>`;
    const {strings, store} = scope;
    const {rows} = view;
    const {selected} = scope;
    const loading = !rows.length && isLoading(store);
    return html`
      ${listControls({
        strings,
        options: this.#options,
        choose: (options) => Object.assign(this, options),
        begin: this.readonly ? undefined : this.#onNew,
      })}
      ${staleNote(store, strings)}
      <div class="scroll" @scroll=${this.#anchor.onScroll}>
        <div
          class="rows"
          role="list"
          part="list"
          aria-label=${strings.sessions}
          aria-busy=${loading ? 'true' : 'false'}
          @row-action=${this.#onWish}
          @keydown=${this.#keys.onKeydown}
          @keyup=${this.#keys.onKeyup}
          @focusin=${this.#focus.onFocusin}
          @pointerenter=${this.#hold.onEnter}
          @pointerleave=${this.#hold.onLeave}
        >
          ${listRows({
            scope,
            pieces: this.#window.pieces(rows, this.#focus.kept),
            setSize: this.#finder.more ? -1 : rows.length,
            chosen: selected === undefined ? undefined : store.sessions.resolve(selected),
            current: this.#focus.current,
            families: this.#families,
            marked: this.#marks.isOn ? this.#marks.ids : undefined,
            readonly: this.readonly,
            language: languageOf(this),
          })}
        </div>
        ${loading ? skeleton(strings) : nothing}
        ${rows.length || loading ? nothing : emptyNote(store, strings, this.#isAsked, this.#finder.busy)}
        ${
          this.#finder.more
            ? html`<button
                class="more quiet"
                aria-disabled=${this.#finder.busy ? 'true' : 'false'}
                @click=${() => void this.#finder.readMore()}
              >
                ${strings.moreSessions}
              </button>`
            : nothing
        }
      </div>
      ${this.#marks.isOn ? this.#marked.bar(scope, () => view.ids, this.#options.filter === 'archived') : this.#foot(scope, view)}
      ${this.#question.dialog(scope)}
    `;
  }

  #foot({store, strings}: SessionScope, {total: shown, isOutdated}: ListView): unknown {
    const {more} = this.#finder;
    const {filter} = this.#options;
    const isAsked = this.#isAsked;
    return listFoot({
      strings,
      isAsked,
      counts: {
        shown,
        moreMatch: more,
        known: this.#count?.of(filter) ?? 0,
        moreExist: more || (isAsked && filter !== 'archived' && store.sessions.next !== undefined),
      },
      number: (number) => localNumber(number, languageOf(this)),
      deleteAll: this.readonly || !store.can('delete') ? undefined : this.#onDeleteAll,
      mark: this.#canMark ? () => this.#marks.begin() : undefined,
      reorder: isOutdated ? () => this.#view?.reorder() : undefined,
    });
  }

  get #canMark(): boolean {
    const store = this.#store;
    return !this.readonly && !!store && (store.can('archive') || store.can('delete'));
  }

  /** Something is looked for. */
  get #isAsked(): boolean {
    return !!this.query.trim() || this.#options.filter !== 'all';
  }

  /** As they are asked for; what is no filter and no order is the first. */
  get #options(): ListOptions {
    const {query} = this;
    const filter = filters.find((each) => each === this.filter) ?? 'all';
    const sort = sorts.find((each) => each === this.sort) ?? 'updated';
    const wordsOf = this.#store && this.#words.of(this.#store);
    const group = groups.find((each) => each === this.group) ?? 'none';
    const store = this.#store;
    if (group !== 'time') this.#days.stop();
    return {
      filter,
      sort,
      query,
      group,
      ...(wordsOf && {wordsOf}),
      ...(store && group === 'time' && {sectionTimes: this.#days.times(store.serverTime, languageOf(this))}),
      // What is looked for is not folded away.
      ...(store && !query.trim() && {collapsed: foldedOf(store)}),
    };
  }

  #fold(id: string, isClosed: boolean): void {
    if (!this.#store) return;
    fold(this.#store, id, isClosed);
    this.requestUpdate();
  }

  #remove(id: string): void {
    const scope = this.#consumer.scope;
    if (!scope || this.readonly) return;
    const isLocal = scope.store.sessions.peek(id)?.local === 'failed';
    if (this.#marks.ids.has(id)) this.#marked.delete(scope, this.#view?.ids ?? []);
    else if (isLocal || scope.store.can('delete')) this.#question.one(id, scope);
  }

  readonly #onNew = (): void => {
    if (this.dispatchEvent(new SessionNewEvent())) this.#consumer.scope?.select(undefined);
  };

  readonly #onWish = ({sessionId, wish}: RowActionEvent): void => {
    const {scope} = this.#consumer;
    if (!scope) return;
    switch (wish.action) {
      case 'select':
        if (this.dispatchEvent(new SessionSelectEvent(sessionId))) scope.select(sessionId);
        break;
      case 'stop':
        if (this.dispatchEvent(new SessionStopEvent(sessionId))) scope.store.stop(sessionId);
        break;
      case 'rename':
        scope.store.rename(sessionId, wish.title);
        break;
      case 'archive':
        scope.store.archive(sessionId, wish.archived);
        break;
      case 'delete':
        this.#question.one(sessionId, scope);
        break;
      case 'fold':
        this.#fold(sessionId, wish.isClosed);
        break;
      case 'mark':
        this.#mark(sessionId, wish.isRange);
    }
  };

  #mark(id: string, isRange: boolean): void {
    if (!this.#canMark) return;
    if (isRange) this.#marks.extend(this.#focus.current ?? id, id, this.#view?.rows ?? []);
    else this.#marks.toggle(id);
  }

  readonly #onDeleteAll = (): void => {
    const {scope} = this.#consumer;
    if (scope) this.#question.all(this.#view?.ids ?? [], scope);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'session-list': SessionList;
  }
}
