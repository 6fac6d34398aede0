import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import {english, fill, type Strings} from '../../context/strings.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {styles} from './connection-status.styles.ts';

/**
 * A badge that says whether the provider is connected, and lets a person connect.
 *
 * @element connection-status
 * @csspart status - The words.
 * @csspart button - "Reconnect" or "Connect".
 */
export class ConnectionStatus extends LitElement {
  static override styles = styles;

  /** The id of the `<session-context>` to use, if not the one around it. */
  @property() context = '';

  readonly #consumer: ScopeConsumer;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new SignalTracker(this);
    this.#consumer = new ScopeConsumer(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(): void {
    clearTimeout(this.#timer);
    const left = this.#left(this.#consumer.scope?.store);
    // At the next full second.
    if (left && this.isConnected) this.#timer = setTimeout(() => this.requestUpdate(), left % 1000 || 1000);
  }

  protected override render(): TemplateResult {
    const {scope} = this.#consumer;
    if (!scope) return html`<span class="word idle" part="status">${english().idle}</span>`;
    const {store, strings} = scope;
    const {status} = store.connection;
    const left = this.#left(store);
    const counting = left !== undefined;
    // The seconds are outside of what is announced: nobody wants to hear a countdown.
    return html`<span class=${counting ? 'hidden' : `word ${status}`} part="status" role="status"
        >${words(strings, store)}</span
      >${
        counting
          ? html`<span class="word waiting" part="status"
              >${fill(strings.offlineRetry, {seconds: Math.ceil(left / 1000)})}</span
            >`
          : nothing
      }${
        status === 'waiting' || status === 'idle'
          ? html`<button part="button" @click=${() => (status === 'idle' ? store.connect() : store.reconnect())}>
              ${status === 'idle' ? strings.connect : strings.reconnect}
            </button>`
          : nothing
      }`;
  }

  /** Milliseconds until it is tried again. */
  #left(store: SessionStore | undefined): number | undefined {
    const {status, retryAt} = store?.connection ?? {};
    return store && status === 'waiting' && retryAt !== undefined ? Math.max(0, retryAt - store.now) : undefined;
  }
}

function words(strings: Strings, {connection: {status, reason}}: SessionStore): string {
  switch (status) {
    case 'open':
      return strings.connected;
    case 'connecting':
      return strings.connecting;
    case 'waiting':
      return strings.offline;
    case 'refused':
      return reason === 'unauthorized' ? strings.signedOut : strings.refused;
    case 'idle':
      return strings.idle;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'connection-status': ConnectionStatus;
  }
}
