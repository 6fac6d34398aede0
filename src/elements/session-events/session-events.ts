import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {english, type Strings} from '../../context/strings.ts';
import type {StoredEvent} from '../../model/events.ts';
import {find} from '../../model/fold.ts';
import type {SessionView} from '../../model/project.ts';
import {isActive} from '../../model/session.ts';
import type {ThreadCell, ThreadState} from '../../store/cells.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {countGroups, groupOf, groups, type EventGroup} from './event-groups.ts';
import {LogScroll} from './log-scroll.ts';
import {styles} from './session-events.styles.ts';
import {timelineHead} from './timeline-head.ts';

/** How many events are rendered at first, and more each time a person asks for older ones. */
const STEP = 200;

/**
 * Everything that the server stored of one session, in its order.
 *
 * @element session-events
 * @csspart head - Whose events these are.
 * @csspart title - The title of the session.
 * @csspart folder - The folder that it works in.
 * @csspart controls - What is shown, and how.
 * @csspart list - The events.
 * @csspart event - One of them.
 * @csspart event-summary - Its line.
 * @csspart event-kind - Its kind.
 * @csspart event-content - What it is about, when it is open.
 * @csspart event-details - All of it, as JSON.
 * @csspart live - Whether more will come by itself.
 */
export class SessionEvents extends LitElement {
  static override styles = styles;

  /** The id of the `<session-context>` to use, if not the one around it. */
  @property() context = '';
  /** Shows this session instead of the selected one. */
  @property({attribute: 'session-id'}) sessionId = '';

  readonly #consumer: ScopeConsumer;
  readonly #scroll = new LogScroll(this, () => this.requestUpdate());
  readonly #hidden = new Set<EventGroup>();
  #expanded = false;
  #limit = STEP;
  /** The `seq` that what is shown begins with. */
  #first: number | undefined;
  #store: SessionStore | undefined;
  #session: string | undefined;
  #unwatch: (() => void) | undefined;

  constructor() {
    super();
    new SignalTracker(this);
    this.#consumer = new ScopeConsumer(this);
    this.addController({hostUpdate: () => this.#prepare()});
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    this.#scroll.remember();
    const store = this.#consumer.scope?.store;
    const session = this.#wanted();
    if (store === this.#store && session === this.#session) return;
    this.#store = store;
    this.#session = session;
    // The next one first: a thread that both want is not let go.
    const unwatch = session === undefined ? undefined : store?.watch(session);
    this.#unwatch?.();
    this.#unwatch = unwatch;
    this.#limit = STEP;
    this.#scroll.follow();
  }

  protected override updated(): void {
    this.#scroll.restore(this.#first);
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    if (!scope) return html`<p class="note">${english().notConnected}</p>`;
    const {strings, store} = scope;
    const session = this.#wanted();
    const cell = session === undefined ? undefined : store.thread(session);
    // Read, so that this renders again with each event; the log itself is no signal.
    const state = cell?.state;
    const log = [...(cell?.confirmed.log ?? [])];
    const matching = log.filter(({event}) => !this.#hidden.has(groupOf(event)));
    const shown = matching.slice(-this.#limit);
    this.#first = shown[0]?.seq;
    const older = shown.length < matching.length || (state && state.older !== 'none');
    const view = session === undefined ? undefined : store.session(session);
    return html`
      ${view ? timelineHead(view, cell, scope) : nothing} ${this.#controls(strings, log)}
      <div class="scroll" @scroll=${this.#scroll.onScroll}>
        ${
          older
            ? html`<button
                class="quiet older"
                aria-disabled=${state?.older === 'loading' ? 'true' : 'false'}
                @click=${() => this.#loadOlder(shown.length < matching.length)}
              >
                ${state?.older === 'loading' ? strings.loadingEvents : strings.loadOlderEvents}
              </button>`
            : nothing
        }
        <div role="list" class="events" part="list" aria-label=${strings.eventTimeline}>
          ${repeat(
            shown,
            // Of another session it is another one.
            ({seq}) => `${session} ${seq}`,
            (entry) => this.#event(entry, scope, cell),
          )}
        </div>
        ${log.length ? nothing : html`<p class="note">${this.#nothingText(strings, session, cell)}</p>`}
        ${liveNote(view, cell?.state, strings)}
      </div>
    `;
  }

  #controls(strings: Strings, log: readonly StoredEvent[]): TemplateResult {
    const counts = countGroups(log);
    const names = {messages: strings.filterMessages, tools: strings.filterTools, lifecycle: strings.filterLifecycle};
    return html`<div class="controls" part="controls">
      ${groups.map(
        (group) =>
          html`<button
            class="toggle"
            aria-pressed=${!this.#hidden.has(group)}
            aria-describedby="count-${group}"
            @click=${() => this.#toggle(group)}
          >
            ${names[group]}<span class="count" id="count-${group}" aria-hidden="true">${counts[group]}</span>
          </button>`,
      )}
      <span class="views"
        ><button class="toggle" aria-pressed=${this.#expanded} @click=${this.#expand}>${strings.expandAll}</button>
        <button class="toggle" aria-pressed=${this.#scroll.following} @click=${this.#scroll.toggle}>
          ${strings.autoScroll}
        </button></span
      >
    </div>`;
  }

  #event(entry: StoredEvent, {strings, store}: SessionScope, cell: ThreadCell | undefined): TemplateResult {
    return html`${isAfterGap(cell, entry) ? html`<p class="gap" role="listitem">${strings.eventsMissing}</p>` : nothing}
      <session-event
        role="listitem"
        part="event"
        .entry=${entry}
        .strings=${strings}
        .clock=${store}
        .tool=${toolOf(entry, cell)}
        .expanded=${this.#expanded}
      ></session-event>`;
  }

  #nothingText(strings: Strings, session: string | undefined, cell: ThreadCell | undefined): string {
    if (session === undefined) return strings.noSession;
    if (cell?.state.missing) return strings.sessionMissing;
    return cell?.state.loaded ? strings.noEvents : strings.loadingEvents;
  }

  /** The session to show. */
  #wanted(): string | undefined {
    const {scope} = this.#consumer;
    return scope && (this.sessionId || scope.selected);
  }

  #toggle(group: EventGroup): void {
    if (!this.#hidden.delete(group)) this.#hidden.add(group);
    this.requestUpdate();
  }

  readonly #expand = (): void => {
    this.#expanded = !this.#expanded;
    this.requestUpdate();
  };

  #loadOlder(isHeld: boolean): void {
    this.#limit += STEP;
    this.requestUpdate();
    const session = this.#wanted();
    if (!isHeld && session !== undefined) void this.#store?.loadOlder(session);
  }
}

/** Whether more will come by itself, as long as the session runs. */
function liveNote(view: SessionView | undefined, state: ThreadState | undefined, strings: Strings): unknown {
  if (!view || !isActive(view.status) || !state?.loaded || state.missing) return nothing;
  const {live} = state;
  return html`<p class="live ${live ? 'on' : ''}" part="live">${live ? strings.live : strings.notLive}</p>`;
}

/** The name of the call that the event is of. */
function toolOf({event}: StoredEvent, cell: ThreadCell | undefined): string {
  if (event.kind !== 'tool-updated' && event.kind !== 'tool-ended') return '';
  const call = cell && find(cell.confirmed.folded, `tool:${event.id}`);
  return call?.kind === 'tool' ? call.name : '';
}

/** What is not over is loaded whatever its age, so there may be a hole behind it. */
const isAfterGap = (cell: ThreadCell | undefined, {seq}: StoredEvent): boolean =>
  cell?.confirmed.next !== undefined && seq === cell.confirmed.from && (cell.confirmed.log.at(0)?.seq ?? seq) < seq;

declare global {
  interface HTMLElementTagNameMap {
    'session-events': SessionEvents;
  }
}
