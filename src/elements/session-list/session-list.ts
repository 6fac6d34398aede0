import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {english, fill, type Strings} from '../../context/strings.ts';
import {SessionDeleteEvent, SessionNewEvent, SessionSelectEvent, SessionStopEvent} from '../../events.ts';
import {ListView, filters, sorts, type ListFilter, type ListOptions, type ListSort} from '../../store/list-view.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {icon} from '../shared/icons.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {deletionOf, shownBy, stillMeant, type Deletion} from './deletion.ts';
import type {RowActionEvent} from './row-action.ts';
import {RowFocus} from './row-focus.ts';
import {SessionFinder, type Question} from './session-finder.ts';
import {styles} from './session-list.styles.ts';

/** How many rows are rendered at first, and more each time their end comes near. */
const STEP = 100;

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
 * @csspart delete-all - The button that deletes all that is shown.
 * @csspart list - The list itself.
 * @csspart row - One session.
 * @csspart row-title - What opens it.
 * @csspart row-status - Its status in words.
 * @csspart row-unread - The mark of an unread one.
 * @csspart row-agent - The name of its agent.
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
  /** Each of its words begins some word of the title, or of the messages if the server can search. */
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
  #store: SessionStore | undefined;
  #view: ListView | undefined;
  #limit = STEP;
  /** What is about to be deleted. */
  #deletion: Deletion | undefined;
  /** The button at the end; as it comes into sight, more rows follow. */
  #watched: Element | undefined;
  #sight: IntersectionObserver | undefined;

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
    this.#sight?.disconnect();
    this.#watched = undefined;
    this.#deletion = undefined;
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    this.#focus.remember();
    const store = this.#consumer.scope?.store;
    if (store !== this.#store) {
      this.#store = store;
      this.#view?.dispose();
      this.#view = store && new ListView(store.sessions);
      this.#limit = STEP;
    }
    this.#finder.ask(store, store && this.#question(store), store?.listLive ?? false);
    this.#configure();
  }

  protected override updated(): void {
    this.#focus.restore();
    const end = this.renderRoot.querySelector('.more') ?? undefined;
    if (end !== this.#watched) this.#watch(end);
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    const view = this.#view;
    if (!scope || !view) return html`<p class="note">${english().notConnected}</p>`;
    const {strings, store} = scope;
    const {rows, total} = view;
    const {selected} = scope;
    const chosen = selected === undefined ? undefined : store.sessions.resolve(selected);
    const loading = !rows.length && this.#isLoading(store);
    return html`
      ${this.#controls(strings, store.can('delete') ? total : 0)}
      ${
        !store.listLive && store.connection.status !== 'connecting' && store.connection.status !== 'open'
          ? html`<p class="note stale">${strings.staleSessions}</p>`
          : nothing
      }
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
        ${loading ? this.#skeleton(strings) : nothing}
        ${rows.length || loading ? nothing : html`<p class="note">${this.#nothingText(strings, store)}</p>`}
        ${
          total > rows.length || this.#finder.more
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
      <session-list-dialog
        .strings=${strings}
        .question=${this.#deletion?.ids.some((id) => store.session(id)) ? this.#deletion.question : undefined}
        .confirm=${this.#deletion?.confirm ?? ''}
        @answer=${this.#onAnswer}
      ></session-list-dialog>
    `;
  }

  #controls(strings: Strings, deletable: number): TemplateResult {
    const filterNames: Record<ListFilter, string> = {
      ...strings,
      all: strings.showAll,
      active: strings.showActive,
      archived: strings.showArchived,
    };
    const sortNames: Record<ListSort, string> = {
      updated: strings.sortUpdated,
      created: strings.sortCreated,
      title: strings.sortTitle,
    };
    return html`<div class="controls" part="controls">
      ${
        this.readonly
          ? nothing
          : html`<button class="primary new" part="new" @click=${this.#onNew}>
              ${icon('add')}${strings.newSession}
            </button>`
      }
      <div class="search">
        ${icon('search')}
        <input
          type="search"
          part="search"
          aria-label=${strings.searchSessions}
          placeholder=${strings.searchSessions}
          autocomplete="off"
          .value=${this.query}
          @input=${this.#onInput}
        />
      </div>
      <div class="pickers">
        ${picker(strings.showSessions, filters, filterNames, this.#filter, (filter) => (this.filter = filter))}
        ${picker(strings.sortSessions, sorts, sortNames, this.#sort, (sort) => (this.sort = sort))}
      </div>
      ${
        this.readonly || !deletable
          ? nothing
          : html`<button class="quiet delete-all" part="delete-all" @click=${this.#onDeleteAll}>
              ${fill(strings.deleteAll, {count: deletable})}
            </button>`
      }
    </div>`;
  }

  #skeleton(strings: Strings): TemplateResult {
    return html`<p class="hidden" role="status">${strings.loadingSessions}</p>
      ${[1, 2, 3, 4].map(() => html`<div class="skeleton" aria-hidden="true"><i></i><i></i></div>`)}`;
  }

  #nothingText(strings: Strings, store: SessionStore): string {
    if (this.#finder.busy) return strings.searching;
    const plain = !this.query.trim() && this.#filter === 'all';
    if (!plain) return strings.noMatches;
    return store.listLive ? strings.noSessions : '';
  }

  #isLoading(store: SessionStore): boolean {
    const {status} = store.connection;
    return !store.listLive && (status === 'connecting' || status === 'open');
  }

  /** What the page does not hold by itself. */
  #question(store: SessionStore): Question | undefined {
    const filter = this.#filter;
    const text = store.can('search') ? this.query.trim().slice(0, 200) : '';
    const archived = filter === 'archived';
    const rare = filter === 'finished' || filter === 'stopped' || filter === 'failed';
    const status = rare && (text || store.sessions.next !== undefined);
    if (!text && !archived && !status) return undefined;
    return {...(text && {text}), ...(archived && {archived}), ...(status && {status: [filter]})};
  }

  #configure(): void {
    this.#view?.configure(this.#options, this.#finder.found);
    if (this.#view) this.#view.limit = this.#limit;
  }

  get #options(): ListOptions {
    return {filter: this.#filter, sort: this.#sort, query: this.query};
  }

  get #filter(): ListFilter {
    return filters.includes(this.filter) ? this.filter : 'all';
  }

  get #sort(): ListSort {
    return sorts.includes(this.sort) ? this.sort : 'updated';
  }

  readonly #more = (): void => {
    const view = this.#view;
    if (!view) return;
    if (view.total > view.rows.length) this.#grow();
    else {
      this.#limit += STEP;
      void this.#finder.readMore();
    }
  };

  #grow(): void {
    this.#limit += STEP;
    this.requestUpdate();
    // Still in sight after more rows? Only a new look tells.
    this.#watched = undefined;
  }

  #watch(end: Element | undefined): void {
    this.#sight?.disconnect();
    this.#watched = end;
    if (!end) return;
    this.#sight ??= new IntersectionObserver(
      (entries) => {
        const view = this.#view;
        if (entries.at(-1)?.isIntersecting && view && view.total > view.rows.length) this.#grow();
      },
      {rootMargin: '600px', scrollMargin: '600px'},
    );
    this.#sight.observe(end);
  }

  readonly #onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
  };

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
        if (!this.dispatchEvent(new SessionDeleteEvent(sessionId))) break;
        this.#ask(deletionOf([sessionId], scope));
    }
  };

  readonly #onDeleteAll = (): void => {
    const {scope} = this.#consumer;
    if (scope) this.#ask({...deletionOf(shownBy(scope.store, this.#options, this.#finder.found), scope), isAll: true});
  };

  #ask(deletion: Deletion): void {
    this.#deletion = deletion;
    this.requestUpdate();
  }

  readonly #onAnswer = ({detail: yes}: CustomEvent<boolean>): void => {
    const deletion = this.#deletion;
    const {scope} = this.#consumer;
    this.#deletion = undefined;
    this.requestUpdate();
    if (!yes || !deletion || !scope) return;
    for (const id of stillMeant(deletion, scope.store)) {
      // Of one the page was told before the question.
      if (!deletion.isAll || this.dispatchEvent(new SessionDeleteEvent(id))) this.#delete(id, scope);
    }
  };

  #delete(id: string, scope: SessionScope): void {
    const {store, selected} = scope;
    store.delete(id);
    const isSelected = selected !== undefined && store.sessions.resolve(selected) === id;
    // What was typed there stays in sight.
    if (isSelected && !store.draft(id)) scope.select(undefined);
  }
}

const picker = <T extends string>(
  name: string,
  values: readonly T[],
  names: Readonly<Record<T, string>>,
  chosen: T,
  choose: (value: T) => void,
): TemplateResult =>
  html`<select aria-label=${name} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as T)}>
    ${values.map((value) => html`<option value=${String(value)} .selected=${value === chosen}>${names[value]}</option>`)}
  </select>`;

declare global {
  interface HTMLElementTagNameMap {
    'session-list': SessionList;
  }
}
