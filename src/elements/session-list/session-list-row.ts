import {LitElement, html, noChange, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {SessionScope} from '../../context/scope.ts';
import {fill, type Strings} from '../../context/strings.ts';
import type {SessionView} from '../../model/project.ts';
import {isActive} from '../../model/session.ts';
import type {Families} from '../../store/families.ts';
import type {ListRow} from '../../store/list-view.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {icon, type IconName} from '../shared/icons.ts';
import {languageOf, localNumber} from '../shared/relative-time.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {folderName} from './row-words.ts';
import {RowActionEvent, type Wish} from './row-action.ts';

/**
 * One session of the list. It reads its session itself, so that a change of one renders one row. It has no shadow root of
 * its own: its looks and parts are the list's.
 */
export class SessionListRow extends LitElement {
  @property({attribute: false}) scope: SessionScope | undefined;
  @property({attribute: false}) sessionId = '';
  @property({attribute: false}) depth = 0;
  /** It has children below it; whether they are shown. */
  @property({attribute: false}) branch: ListRow['branch'];
  @property({attribute: false}) families: Families | undefined;
  @property({attribute: false}) selected = false;
  @property({attribute: false}) readonly = false;
  /** Of all rows the one that the Tab key goes to. */
  @property({attribute: false}) isTabStop = false;
  /** Undefined: nobody is marking. */
  @property({attribute: false}) marked: boolean | undefined;
  /** The title as it was when a person began to change it. */
  #renaming: string | undefined;
  /** A control has the focus and may be gone after the update. */
  #held = false;

  constructor() {
    super();
    new SignalTracker(this);
  }

  /** Puts the focus on what opens the session. */
  override focus(): void {
    this.querySelector<HTMLElement>('.open, .rename input')?.focus({preventScroll: true});
  }

  /** For a click that is about the row and none of its controls. */
  choose(click: MouseEvent): void {
    // Its title is being written.
    if (this.#renaming !== undefined) return;
    const {ctrlKey, metaKey, shiftKey} = click;
    // A click is no pointer event everywhere.
    const isTouch = 'pointerType' in click && click.pointerType === 'touch';
    const isMark = ctrlKey || metaKey || shiftKey || (this.marked !== undefined && isTouch);
    this.#wish(isMark && !this.readonly ? {action: 'mark', isRange: shiftKey} : {action: 'select'});
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(): void {
    this.#held = this.#hasFocus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('depth')) this.style.setProperty('--_depth', String(Math.min(this.depth, 6)));
    const tabIndex = this.isTabStop || this.#renaming !== undefined ? 0 : -1;
    const others = `:is(button, [type=checkbox]):not([tabindex='${tabIndex}'])`;
    for (const each of this.querySelectorAll<HTMLElement>(others)) each.tabIndex = tabIndex;
    if (this.#held && this.isConnected && !this.#hasFocus()) this.focus();
  }

  protected override render(): TemplateResult | typeof noChange {
    const {scope, sessionId} = this;
    const view = scope?.store.session(sessionId);
    // The list is about to remove it, and looks where the focus is.
    if (!scope || !view) return noChange;
    const {store, strings} = scope;
    if (this.#renaming !== undefined) return this.#form(strings, this.#renaming);
    const {status, updated} = view;
    const title = view.title || strings.untitled;
    const parent = view.parent === undefined ? undefined : store.session(view.parent);
    const agent = store.agents.find(({id}) => id === view.agent)?.title ?? view.agent;
    const folder = folderName(view.cwd);
    const detail =
      status === 'waiting' ? strings.waitsForPerson : (status === 'failed' && view.error?.message) || view.preview;
    return html`
      <div class="line">
        ${this.#mark(strings, title)} ${this.#fold(strings, title)}
        <button
          class="open"
          part="row-title"
          title=${title}
          aria-current=${ifDefined(this.selected ? 'true' : undefined)}
        >
          ${title}
        </button>
        ${view.unread ? html`<span class="unread" part="row-unread">${strings.unread}</span>` : nothing}
        <session-time part="row-time" .time=${updated} .clock=${store}></session-time>
      </div>
      <div class="meta">
        <span class="status ${status}" part="row-status">${strings[status]}</span>
        ${
          view.queued
            ? html`<span class="queued">${fill(strings.messagesWaiting, {count: view.queued})}</span>`
            : nothing
        }
        ${agent ? html`<span class="agent" part="row-agent">${agent}</span>` : nothing}
        ${folder ? html`<span class="folder" part="row-folder" title=${view.cwd ?? ''}>${folder}</span>` : nothing}
        ${
          parent
            ? html`<span class="hidden">${fill(strings.childOf, {title: parent.title || strings.untitled})}</span>`
            : nothing
        }
      </div>
      ${detail ? html`<div class="detail ${status}" part="row-detail">${detail}</div>` : nothing} ${this.#below(scope)}
      ${this.readonly ? nothing : this.#actions(scope, view, title)}
    `;
  }

  #mark(strings: Strings, title: string): TemplateResult | typeof nothing {
    if (this.marked === undefined) return nothing;
    return html`<input
      type="checkbox"
      class="mark"
      part="row-mark"
      aria-label=${fill(strings.selectSession, {title})}
      .checked=${this.marked}
      @click=${(event: MouseEvent) => this.#wish({action: 'mark', isRange: event.shiftKey})}
    />`;
  }

  #fold(strings: Strings, title: string): TemplateResult | typeof nothing {
    const {branch} = this;
    if (!branch) return nothing;
    return html`<button
      class="quiet icon fold"
      part="row-fold"
      aria-label=${fill(strings.childrenOf, {title})}
      aria-expanded=${branch === 'open' ? 'true' : 'false'}
      @click=${() => this.#wish({action: 'fold', isClosed: branch === 'open'})}
    >
      ${icon('chevron')}
    </button>`;
  }

  /** What most wants a person among the sessions below this one, also those that the list does not show. */
  #below({store, strings}: SessionScope): TemplateResult | typeof nothing {
    const below = this.families?.below(store.sessions.resolve(this.sessionId));
    if (!below) return nothing;
    const words = {waiting: strings.waitingBelow, failed: strings.failedBelow, running: strings.runningBelow};
    const count = localNumber(below.count, languageOf(this));
    return html`<div class="below status ${below.status}" part="row-below">${fill(words[below.status], {count})}</div>`;
  }

  #actions({store, strings}: SessionScope, view: SessionView, title: string): TemplateResult {
    const {status, archived = false, local} = view;
    const stopping = status === 'stopping' || view.stopRequested === true;
    return html`<div class="actions" role="group" aria-label=${fill(strings.actionsFor, {title})} part="row-actions">
      ${
        isActive(status)
          ? this.#button('stop', fill(strings.stopSession, {title}), () => this.#wish({action: 'stop'}), stopping)
          : nothing
      }
      ${
        store.can('rename') && local !== 'failed'
          ? this.#button('rename', fill(strings.renameSession, {title}), () => this.#rename(view.title))
          : nothing
      }
      ${
        store.can('archive') && !local
          ? this.#button(
              archived ? 'unarchive' : 'archive',
              fill(archived ? strings.unarchiveSession : strings.archiveSession, {title}),
              () => this.#wish({action: 'archive', archived: !archived}),
            )
          : nothing
      }
      ${copyButton({text: () => view.id, name: fill(strings.copySessionId, {title}), strings})}
      ${
        store.can('delete') || local === 'failed'
          ? this.#button('delete', fill(strings.deleteSession, {title}), () => this.#wish({action: 'delete'}))
          : nothing
      }
    </div>`;
  }

  #button(name: IconName, label: string, act: () => void, disabled = false): TemplateResult {
    return html`<button
      class="quiet icon ${name}"
      part="row-action"
      aria-label=${label}
      title=${label}
      aria-disabled=${disabled ? 'true' : 'false'}
      @click=${disabled ? nothing : act}
    >
      ${icon(name)}
    </button>`;
  }

  #form(strings: Strings, title: string): TemplateResult {
    return html`<form class="rename" @submit=${this.#save} @keydown=${this.#keydown}>
      <input aria-label=${strings.sessionTitle} .value=${title} maxlength="256" autocomplete="off" />
      <button class="primary">${strings.save}</button>
      <button type="button" @click=${this.#endRename}>${strings.cancel}</button>
    </form>`;
  }

  #rename(title: string): void {
    this.#renaming = title;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const input = this.querySelector('input');
      input?.focus();
      input?.select();
    });
  }

  readonly #save = (event: Event): void => {
    event.preventDefault();
    const title = this.querySelector('input')?.value.trim();
    if (title && title !== this.#renaming) this.#wish({action: 'rename', title});
    this.#endRename();
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // It has done its work; a dialog around the list is not meant.
    event.preventDefault();
    event.stopPropagation();
    this.#endRename();
  };

  readonly #endRename = (): void => {
    this.#renaming = undefined;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.rename')?.focus({preventScroll: true}));
  };

  #wish(wish: Wish): void {
    this.dispatchEvent(new RowActionEvent(this.sessionId, wish));
  }

  #hasFocus(): boolean {
    const root = this.getRootNode();
    return (root instanceof ShadowRoot || root instanceof Document) && this.contains(root.activeElement);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-list-row': SessionListRow;
  }
}
