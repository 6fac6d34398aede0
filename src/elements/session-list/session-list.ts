import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {english} from '../../context/strings.ts';
import {SessionNewEvent, SessionSelectEvent, SessionStopEvent} from '../../events.ts';
import {ListView, filters, sorts, type ListFilter, type ListOptions, type ListSort} from '../../store/list-view.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {languageOf, localNumber} from '../shared/relative-time.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {shownBy} from './deletion.ts';
import {DeletionQuestion} from './deletion-question.ts';
import {listControls} from './list-controls.ts';
import {listFoot} from './list-foot.ts';
import {emptyNote, isLoading, skeleton, staleNote} from './list-notes.ts';
import type {RowActionEvent} from './row-action.ts';
import {RowFocus} from './row-focus.ts';
import {RowWords} from './row-words.ts';
import {RowWindow} from './row-window.ts';
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
 * @csspart list - The list itself.
 * @csspart row - One session.
 * @csspart row-title - What opens it.
 * @csspart row-status - Its status in words.
 * @csspart row-unread - The mark of an unread one.
 * @csspart row-agent - The name of its agent.
 * @csspart row-folder - The name of the folder that it works in.
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
  /** Shows only, and selects. */
  @property({type: Boolean}) readonly = false;

  readonly #consumer: ScopeConsumer;
  readonly #finder = new SessionFinder(() => this.requestUpdate());
  readonly #focus = new RowFocus(this);
  readonly #words = new RowWords();
  readonly #question = new DeletionQuestion(this);
  #store: SessionStore | undefined;
  #view: ListView | undefined;
  #count: SessionCount | undefined;
  readonly #window = new RowWindow(() => {
    if (this.#hasHiddenRows) this.#grow();
  });

  constructor() {
    super();
    new SignalTracker(this);
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
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    this.#focus.remember();
    const store = this.#consumer.scope?.store;
    if (store !== this.#store) {
      this.#store = store;
      this.#view?.dispose();
      this.#count?.dispose();
      this.#view = store && new ListView(store.sessions);
      this.#count = store && new SessionCount(store.sessions);
      this.#window.reset();
    }
    const question = store && questionFor(this.#options, store);
    this.#finder.ask(store, question, store?.listLive ?? false);
    if (!this.#view) return;
    this.#view.configure(this.#options, this.#finder.found);
    this.#view.limit = this.#window.limit;
  }

  protected override updated(): void {
    this.#focus.restore();
    this.#window.watch(this.renderRoot.querySelector('.more') ?? undefined);
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    const view = this.#view;
    if (!scope || !view) return html`<p class="note">${english().notConnected}</p>`;
    const {strings, store} = scope;
    const {rows} = view;
    const {selected} = scope;
    const chosen = selected === undefined ? undefined : store.sessions.resolve(selected);
    const loading = !rows.length && isLoading(store);
    return html`
      ${listControls({
        strings,
        options: this.#options,
        choose: (options) => Object.assign(this, options),
        begin: this.readonly ? undefined : this.#onNew,
      })}
      ${staleNote(store, strings)}
      <div class="scroll">
        <div
          class="rows"
          role="list"
          part="list"
          aria-label=${strings.sessions}
          aria-busy=${loading ? 'true' : 'false'}
          @row-action=${this.#onWish}
          @keydown=${this.#focus.onKeydown}
        >
          ${repeat(
            rows,
            ({id}) => id,
            ({id, depth}) =>
              html`<session-list-row
                role="listitem"
                part="row"
                aria-level=${depth + 1}
                .scope=${scope}
                .sessionId=${id}
                .depth=${depth}
                .selected=${id === chosen}
                .readonly=${this.readonly}
              ></session-list-row>`,
          )}
        </div>
        ${loading ? skeleton(strings) : nothing}
        ${rows.length || loading ? nothing : emptyNote(store, strings, this.#isAsked, this.#finder.busy)}
        ${
          this.#hasHiddenRows || this.#finder.more
            ? html`<button
                class="more quiet"
                aria-disabled=${this.#finder.busy ? 'true' : 'false'}
                @click=${this.#more}
              >
                ${strings.moreSessions}
              </button>`
            : nothing
        }
      </div>
      ${this.#foot(scope, view.total)} ${this.#question.dialog(scope)}
    `;
  }

  #foot({store, strings}: SessionScope, shown: number): unknown {
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
    });
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
    return {filter, sort, query, ...(wordsOf && {wordsOf})};
  }

  get #hasHiddenRows(): boolean {
    const view = this.#view;
    return !!view && view.total > view.rows.length;
  }

  readonly #more = (): void => {
    if (this.#hasHiddenRows) return this.#grow();
    this.#window.grow();
    void this.#finder.readMore();
  };

  #grow(): void {
    this.#window.grow();
    this.requestUpdate();
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
    }
  };

  readonly #onDeleteAll = (): void => {
    const {scope} = this.#consumer;
    if (scope) this.#question.all(shownBy(scope.store, this.#options, this.#finder.found), scope);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'session-list': SessionList;
  }
}
