import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {fill, type Strings} from '../../context/strings.ts';
import type {StoredEvent} from '../../model/events.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {icon} from '../shared/icons.ts';
import {groupOf} from './event-groups.ts';
import {kindOf, summaryOf} from './event-summary.ts';

/** One event of the timeline: a line that opens to all that the server stored. Its looks are the timeline's. */
export class SessionEventEntry extends LitElement {
  @property({attribute: false}) entry: StoredEvent | undefined;
  @property({attribute: false}) strings: Strings | undefined;
  @property({attribute: false}) clock: SessionStore | undefined;
  /** What the timeline says of all of them; a person may still turn each one. */
  @property({attribute: false}) expanded = false;
  #open = false;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('expanded')) this.#open = this.expanded;
  }

  protected override render(): TemplateResult | typeof nothing {
    const {entry, strings} = this;
    if (!entry || !strings) return nothing;
    const {event, time} = entry;
    return html`
      <button
        class="quiet line"
        part="event-summary"
        aria-expanded=${this.#open}
        @click=${() => {
          this.#open = !this.#open;
          this.requestUpdate();
        }}
      >
        ${icon('chevron')}
        <span class="kind ${groupOf(event)}" part="event-kind">${kindOf(event)}</span>
        <span class="summary">${summaryOf(event, strings)}</span>
        <session-time .time=${time} .clock=${this.clock}></session-time>
      </button>
      ${this.#open ? this.#details(entry, strings) : nothing}
    `;
  }

  #details(entry: StoredEvent, strings: Strings): TemplateResult {
    const {event, seq} = entry;
    const kind = kindOf(event);
    return html`<div class="details">
      <pre part="event-details" tabindex="0" role="group" aria-label="${kind} ${seq}">${detailsOf(entry)}</pre>
      ${copyButton({
        text: () => (event.kind === 'message' ? event.text : detailsOf(entry)),
        label: strings.copy,
        name: fill(strings.copyEvent, {kind, seq}),
        strings,
      })}
    </div>`;
  }
}

/** As it was stored; of an unknown kind all that came with it. */
function detailsOf({event, ...place}: StoredEvent): string {
  return JSON.stringify({...place, event: event.kind === 'unknown' ? event.data : event}, null, 2);
}

declare global {
  interface HTMLElementTagNameMap {
    'session-event': SessionEventEntry;
  }
}
