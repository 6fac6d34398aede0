import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {fill, type Strings} from '../../context/strings.ts';
import type {StoredEvent} from '../../model/events.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {icon} from '../shared/icons.ts';
import {groupOf} from './event-groups.ts';
import {eventContent} from './event-content.ts';
import {isBad, kindOf, summaryOf} from './event-summary.ts';

/** One event of the timeline: a line that opens to what it is about, and to all that the server stored. Its looks are the timeline's. */
export class SessionEventEntry extends LitElement {
  @property({attribute: false}) entry: StoredEvent | undefined;
  @property({attribute: false}) strings: Strings | undefined;
  @property({attribute: false}) clock: SessionStore | undefined;
  /** The name of the tool call that it is of. */
  @property({attribute: false}) tool = '';
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
        <span class="kind ${isBad(event) ? 'bad' : groupOf(event)}" part="event-kind">${kindOf(event)}</span>
        <span class="summary">${summaryOf(event, strings, this.tool)}</span>
        <session-time .time=${time} .clock=${this.clock}></session-time>
      </button>
      ${this.#open ? this.#details(entry, strings) : nothing}
    `;
  }

  #details(entry: StoredEvent, strings: Strings): TemplateResult {
    const {event, seq} = entry;
    const kind = kindOf(event);
    const content = eventContent(event, strings);
    const name = `${kind} ${seq}`;
    const stored = html`<pre part="event-details" dir="ltr" tabindex="0" role="group" aria-label=${name}>
${detailsOf(entry)}</pre>`;
    return html`<div class="details">
      ${
        content === undefined
          ? stored
          : html`<div class="content" part="event-content">${content}</div>
              <details>
                <summary>${strings.rawEvent}</summary>
                ${stored}
              </details>`
      }
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
