import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {exportLines} from '../../backend/wire/export.ts';
import {Recording, type Direction, type WireRecord} from '../../backend/wire/recording.ts';
import type {Wire} from '../../backend/wire/wire.ts';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import type {SessionScope} from '../../context/scope.ts';
import {english, fill, type Strings} from '../../context/strings.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {effect} from '../shared/effect.ts';
import {icon} from '../shared/icons.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {download} from './download.ts';
import {frameDetails} from './frame-details.ts';
import {ShownFrames, choicesOf, type FrameChoices, type FrameFilter} from './frame-filter.ts';
import {frameHeading, frameRow, timeOf, wayOf} from './frame-row.ts';
import {RowWindow} from './row-window.ts';
import {styles} from './session-inspector.styles.ts';

const ALL: FrameFilter = {hidden: new Set(), kind: '', session: '', text: ''};
const DIRECTIONS: readonly Direction[] = ['received', 'sent', 'connection'];

/**
 * For developers of pages: every frame between a provider and its server, from the moment this element is there. It keeps the
 * newest 10,000 frames (at most 32 MiB of text), and never a secret: the token and whatever is named or looks like one is
 * hidden before it is kept. What it exports can be played again by `npm run faults -- --replay FILE`.
 *
 * @element session-inspector
 * @csspart controls - What is shown, and how.
 * @csspart frames - The frames, one line each.
 * @csspart frame - One of them.
 * @csspart details - All of the one that is selected.
 * @csspart json - Its JSON.
 * @csspart foot - What is kept, and the export.
 */
export class SessionInspector extends LitElement {
  static override styles = styles;

  /** The id of the `<session-context>` to use, if not the one around it. */
  @property() context = '';

  readonly #consumer: ScopeConsumer;
  readonly #rows = new RowWindow(this);
  readonly #frames = new ShownFrames();
  #wire: Wire | undefined;
  #recording: Recording | undefined;
  #unfollow = (): void => {};
  #filter = ALL;
  /** Its id. */
  #selected: number | undefined;
  #withoutTexts = false;
  #frame = 0;

  constructor() {
    super();
    new SignalTracker(this);
    this.#consumer = new ScopeConsumer(this);
    this.addController({hostUpdate: () => this.#prepare()});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is back before the microtask.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** Before each update, with the provider that `context` names by then. */
  #prepare(): void {
    const {scope} = this.#consumer;
    // What was recorded stays to be read when its provider has gone.
    if (!scope || scope.wire === this.#wire || !this.isConnected) return;
    this.#end();
    const {store, wire} = scope;
    this.#wire = wire;
    const recording = new Recording(wire, this.#schedule);
    this.#recording = recording;
    this.#unfollow = effect(() => mark(store, recording));
  }

  #end(): void {
    this.#unfollow();
    this.#recording?.end();
    this.#recording = undefined;
    this.#wire = undefined;
    this.#selected = undefined;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** At most once a frame of the screen, however many come over the wire. */
  readonly #schedule = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  };

  protected override updated(): void {
    this.#rows.place();
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    const recording = this.#recording;
    if (!scope || !recording) return html`<p class="note">${english().notConnected}</p>`;
    const {strings, store} = scope;
    const {records} = recording;
    const shown = this.#frames.of(records, this.#filter);
    const selected = records.find(({id}) => id === this.#selected);
    return html`
      ${this.#controls(recording, shown, choicesOf(records), scope)}
      ${
        recording.isLate
          ? html`<p class="late">
              <span>${fill(strings.lateFrames, {time: timeOf(recording.since)})}</span>
            </p>`
          : nothing
      }
      <div class="panes">
        ${this.#grid(shown, store, strings)} ${selected ? frameDetails(selected, strings, this.#close) : nothing}
      </div>
      ${this.#foot(recording, shown, strings)}
    `;
  }

  #controls(
    recording: Recording,
    shown: readonly WireRecord[],
    {directions, kinds, sessions}: FrameChoices,
    {strings, store}: SessionScope,
  ): TemplateResult {
    const {hidden, kind, session, text} = this.#filter;
    return html`<div class="controls" part="controls">
      <span class="search">
        ${icon('search')}<input
          type="search"
          aria-label=${strings.searchFrames}
          placeholder=${strings.searchFrames}
          autocomplete="off"
          spellcheck="false"
          .value=${text}
          @input=${({target}: Event) => this.#choose({text: (target as HTMLInputElement).value})}
        /><span class="hits" role="status"
          >${fill(strings.framesShown, {shown: shown.length, count: recording.records.length})}</span
        >
      </span>
      <span class="toggles">
        ${DIRECTIONS.map(
          (direction) =>
            html`<button
              class="toggle ${direction}"
              aria-pressed=${!hidden.has(direction)}
              @click=${() => this.#toggle(direction)}
            >
              ${wayOf(direction, strings)}<span class="count" aria-hidden="true">${directions[direction]}</span>
            </button>`,
        )}
      </span>
      <span class="pickers">
        ${picker(strings.frameKinds, strings.allKinds, kind, kinds, (value) => this.#choose({kind: value}))}
        ${picker(
          strings.frameSessions,
          strings.allSessions,
          session,
          sessions.map(([id, count]) => [id, count, store.session(id)?.title || id]),
          (value) => this.#choose({session: value}),
        )}
      </span>
      <span class="doing">
        <button aria-pressed=${recording.isPaused} @click=${() => (recording.isPaused = !recording.isPaused)}>
          ${strings.pauseFrames}
        </button>
        <button @click=${this.#clear}>${strings.clearFrames}</button>
      </span>
    </div>`;
  }

  #grid(shown: readonly WireRecord[], store: SessionStore, strings: Strings): TemplateResult {
    const {first, end} = this.#rows.range(shown.length, (index) => shown[index]?.id);
    const visible = shown.slice(first, end);
    const active = visible.some(({id}) => id === this.#selected) ? `frame-${this.#selected}` : nothing;
    return html`<div class="list">
      <div
        class="scroll"
        part="frames"
        role="grid"
        tabindex="0"
        aria-label=${strings.inspector}
        aria-rowcount=${shown.length + 1}
        aria-activedescendant=${active}
        @scroll=${this.#rows.onScroll}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, shown)}
        @click=${(event: Event) => this.#onClick(event, shown)}
      >
        <div role="rowgroup" class="headings">${frameHeading(strings)}</div>
        <div role="rowgroup" class="rows">
          <div role="none" class="window">
            ${repeat(
              visible,
              ({id}) => id,
              (record, index) =>
                frameRow({
                  record,
                  place: first + index + 1,
                  isSelected: record.id === this.#selected,
                  title: record.session === undefined ? undefined : store.session(record.session)?.title,
                  strings,
                }),
            )}
          </div>
        </div>
        ${
          shown.length
            ? nothing
            : html`<p class="note">${this.#recording?.records.length ? strings.noFrameMatches : strings.noFrames}</p>`
        }
      </div>
      ${
        this.#rows.isFollowing
          ? nothing
          : html`<button class="latest" @click=${() => this.#rows.follow()}>
              ${icon('down')}${strings.latestFrames}
            </button>`
      }
    </div>`;
  }

  #foot(recording: Recording, shown: readonly WireRecord[], strings: Strings): TemplateResult {
    const {dropped, missed, isPaused, records} = recording;
    return html`<div class="foot" part="foot">
      <span class="kept" role="status"
        >${isPaused || missed ? html`<span>${fill(strings.framesPaused, {count: missed})}</span>` : nothing}
        ${dropped ? html`<span>${fill(strings.framesDropped, {count: dropped})}</span>` : nothing}</span
      >
      <label title=${strings.exportWithoutTextsHint}
        ><input
          type="checkbox"
          .checked=${this.#withoutTexts}
          @change=${({target}: Event) => (this.#withoutTexts = (target as HTMLInputElement).checked)}
        />${strings.exportWithoutTexts}</label
      >
      <button ?disabled=${!shown.length} @click=${() => this.#export(recording, shown)}>
        ${fill(strings.exportShown, {count: shown.length})}
      </button>
      <button ?disabled=${!records.length} @click=${() => this.#export(recording, records)}>
        ${strings.exportAll}
      </button>
    </div>`;
  }

  #choose(part: Partial<FrameFilter>): void {
    this.#filter = {...this.#filter, ...part};
    this.requestUpdate();
  }

  #toggle(direction: Direction): void {
    const hidden = new Set(this.#filter.hidden);
    if (!hidden.delete(direction)) hidden.add(direction);
    this.#choose({hidden});
  }

  readonly #clear = (): void => {
    this.#recording?.clear();
    this.#selected = undefined;
    this.#rows.follow();
  };

  #select(shown: readonly WireRecord[], index: number): void {
    const record = shown[Math.max(0, Math.min(shown.length - 1, index))];
    if (!record) return;
    this.#selected = record.id;
    this.#rows.reveal(shown.indexOf(record));
    this.requestUpdate();
  }

  readonly #close = (): void => {
    this.#selected = undefined;
    this.requestUpdate();
    // What had the focus is going.
    this.renderRoot.querySelector<HTMLElement>('.scroll')?.focus();
  };

  #onClick({target}: Event, shown: readonly WireRecord[]): void {
    const row = (target as Element).closest<HTMLElement>('[data-place]');
    if (row) this.#select(shown, Number(row.dataset['place']) - 1);
  }

  #onKey(event: KeyboardEvent, shown: readonly WireRecord[]): void {
    const at = shown.findIndex(({id}) => id === this.#selected);
    const last = shown.length - 1;
    const from = at < 0 ? last + 1 : at;
    const {page} = this.#rows;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at < 0 ? last : at + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (next !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) this.#select(shown, next);
    else if (event.key === 'Escape' && at >= 0) this.#close();
    else return;
    event.preventDefault();
    // It is the list's own, not that of a drawer or dialog around it.
    event.stopPropagation();
  }

  #export(recording: Recording, records: readonly WireRecord[]): void {
    const at = new Date().toISOString().replace(/[:.]/g, '-');
    download(`session-frames-${at}.jsonl`, exportLines(recording, records, {withoutTexts: this.#withoutTexts}));
  }
}

/** What no socket tells: that the page waits, was refused, or wants no connection. */
function mark(store: SessionStore, recording: Recording): void {
  const {status, retryAt, reason} = store.connection;
  if (status === 'waiting') recording.mark({type: 'waiting', ms: Math.max(0, Math.round((retryAt ?? 0) - store.now))});
  else if (status === 'refused') recording.mark({type: 'refused', reason: reason ?? 'unknown'});
  else if (status === 'idle') recording.mark({type: 'idle'});
}

/** One of what there is, with how often. */
const picker = (
  name: string,
  all: string,
  chosen: string,
  options: readonly (readonly [value: string, count: number, label?: string])[],
  choose: (value: string) => void,
): TemplateResult =>
  html`<select aria-label=${name} @change=${({target}: Event) => choose((target as HTMLSelectElement).value)}>
    <option value="" ?selected=${!chosen}>${all}</option>
    ${chosen && !options.some(([value]) => value === chosen) ? html`<option value=${chosen} selected>${chosen}</option>` : nothing}
    ${repeat(
      options,
      ([value]) => value,
      ([value, count, label]) =>
        html`<option value=${value} ?selected=${value === chosen}>${label ?? value} (${count})</option>`,
    )}
  </select>`;

declare global {
  interface HTMLElementTagNameMap {
    'session-inspector': SessionInspector;
  }
}
