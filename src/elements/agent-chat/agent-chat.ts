import {signal} from '@lit-labs/signals';
import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {SessionScope} from '../../context/scope.ts';
import {ScopeConsumer} from '../../context/scope-consumer.ts';
import {english} from '../../context/strings.ts';
import {MessageSendEvent, SessionStartEvent, SessionStopEvent} from '../../events.ts';
import type {ThreadCell} from '../../store/cells.ts';
import {SignalTracker} from '../shared/signal-tracker.ts';
import {controls, tokens} from '../shared/styles.ts';
import {chatStyles} from './agent-chat.styles.ts';
import type {ChatActionEvent} from './chat-action.ts';
import type {ChatState} from './chat-state.ts';
import type {CompletionSource} from './completion-source.ts';
import {composerStyles} from './composer.styles.ts';
import {CurrentSession} from './current-session.ts';
import {emptyConversation, skeleton} from './furniture.ts';
import {extrasFor, type Extras} from './item-renderers.ts';
import {itemStyles} from './item.styles.ts';
import {ownTask} from '../shared/own-task.ts';
import {keepFocus} from './keep-focus.ts';
import {ScrollKeeper} from './scroll-keeper.ts';
import {ThreadItems} from './thread-items.ts';
import {keepIdentity, type Rendering, type ThreadView} from './thread-view.ts';

/**
 * One conversation with an agent: what was said and done, live, and a box to write in. Without `session-id` it shows the
 * session that its provider has selected; with none selected, what is sent begins a new one.
 *
 * @element agent-chat
 * @slot empty - What a new conversation shows, in place of its first words.
 * @fires {SessionStartEvent} session-start - A new session has been asked for.
 * @fires {MessageSendEvent} message-send - A person sends; prevented, the text stays in the box.
 * @fires {SessionStopEvent} session-stop - A person wants a session stopped; prevented, nothing is sent.
 * @fires {SessionSelectEvent} session-select - A person opens the session that a tool call has started. Cancelable.
 * @csspart log - The conversation, which scrolls.
 * @csspart message - A message; also `message-mine`, `message-agent` or `message-other`.
 * @csspart message-body - The text of a message.
 * @csspart tool - A tool call.
 * @csspart tool-group - What stands before many tool calls in a row.
 * @csspart thought - A thought of the agent.
 * @csspart approval - A question to be answered by a button.
 * @csspart question - A form of the agent.
 * @csspart plan - The plan that is at work, in a line above the box.
 * @csspart composer - The box with its buttons.
 * @csspart send - The button "Send".
 * @csspart stop - The button "Stop".
 * @cssprop [--session-column=46rem] - The widest that a line of the conversation gets.
 */
export class AgentChat extends LitElement {
  static override styles = [tokens, controls, chatStyles, itemStyles, composerStyles];

  /** The id of the provider, where it does not stand around this element. */
  @property() context = '';
  /** Fixes the session; without it the provider's selection is followed. */
  @property({attribute: 'session-id'}) sessionId: string | null | undefined;
  /** The id of the agent that new conversations are with, unless a person chooses another. */
  @property() agent = '';
  /** Nothing can be sent, stopped or answered. */
  @property({type: Boolean, reflect: true}) readonly = false;

  /** What the page draws in place of the element (`body`, `tools`), and whose images load unasked (`imageHosts`). */
  @property({attribute: false}) rendering: Rendering | undefined;

  /** What a person can choose from while writing, behind a character such as `/` or `@`. */
  @property({attribute: false}) completions: readonly CompletionSource[] = [];

  readonly #session = new CurrentSession(this, new ScopeConsumer(this));
  readonly #scroll = new ScrollKeeper(this);
  readonly #items = new ThreadItems();
  readonly #chosenAgent = signal('');
  #extras: Extras | undefined;
  #view: ThreadView | undefined;

  constructor() {
    super();
    new SignalTracker(this);
  }

  /** Puts the focus into the box; where there is none, onto the conversation. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(this.readonly ? '.scroller' : 'agent-chat-composer')?.focus(options);
  }

  /** Shows an empty conversation; what is sent next begins a session. */
  newConversation(): void {
    this.#session.open(undefined);
  }

  /** Not in the task that loads the page's scripts or changes the page: the first time is the longest. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    super.scheduleUpdate();
  }

  protected override update(changed: PropertyValues<this>): void {
    keepFocus(
      this,
      () => super.update(changed),
      () => this.renderRoot.querySelector('.scroller'),
    );
  }

  protected override updated(): void {
    this.#scroll.open(this.#session.thread);
  }

  protected override render(): TemplateResult {
    const {scope, thread, state, wasBusy} = this.#session;
    if (!scope) return html`<p class="empty">${english().notConnected}</p>`;
    const {strings} = scope;
    this.#extras ??= extrasFor(this, this.#session, this.#scroll, this.#items);
    return html`
      ${this.#extras?.head}
      <div class="scroller" part="log" role="log" aria-label=${strings.conversation} aria-live="off" tabindex="0">
        <div class="column">${this.#conversation(scope, thread, state)}</div>
      </div>
      <div class="hidden" role="status" aria-atomic="false">
        <p>${state.busy !== 'no' || wasBusy ? strings[state.sentence] : ''}</p>
        ${this.#extras?.spoken}
      </div>
      <div class="over">${this.#extras?.over}</div>
      <div class="foot" @chat-action=${this.#act}>
        <div>
          ${this.#extras?.aboveBox}
          ${this.readonly ? nothing : [this.#composer(scope, state), this.#extras?.belowBox(this.#agent(scope))]}
        </div>
      </div>
    `;
  }

  #conversation(scope: SessionScope, thread: ThreadCell | undefined, state: ChatState): unknown {
    const {store, strings} = scope;
    if (!thread)
      return emptyConversation(
        strings,
        store.agents.find(({id}) => id === this.#agent(scope)),
      );
    if (state.isLoading && !thread.keys.length) return skeleton(strings);
    const isAtWork = state.busy !== 'no' && state.sentence !== 'notConfirmed';
    const doing = isAtWork ? html`<span dir="auto" aria-hidden="true">${strings[state.sentence]}</span>` : nothing;
    const parts = [doing, this.#extras?.duration];
    return html`${this.#items.show(this.#threadView(scope, thread))}
      <p class="working ${isAtWork ? state.sentence : 'over'}">${parts}</p>`;
  }

  #threadView({store, strings}: SessionScope, thread: ThreadCell): ThreadView {
    const agent = this.#session.view?.agent;
    return (this.#view = keepIdentity(this.#view, {
      strings,
      local: this.#extras?.localText,
      thread,
      user: store.user?.id,
      agentTitle: store.agents.find(({id}) => id === agent)?.title ?? strings.agent,
      readonly: this.readonly || this.#session.state.isGone,
      rendering: this.rendering,
      canRemove: store.can('unqueue'),
    }));
  }

  #composer(scope: SessionScope, state: ChatState): TemplateResult {
    const {store, strings} = scope;
    const {id} = this.#session;
    return html`<agent-chat-composer
      .strings=${strings}
      .conversation=${id ?? ''}
      .text=${store.draft(id)}
      .busy=${state.busy}
      .stopAll=${this.#extras?.stopAll}
      .open=${!state.isGone && !this.#extras?.isTooLong}
      .agents=${id === undefined ? store.agents : []}
      .agent=${this.#agent(scope)}
    ></agent-chat-composer>`;
  }

  /** Whom a new conversation is with. */
  #agent({store: {agents}}: SessionScope): string {
    const wanted = this.#chosenAgent.get() || this.agent;
    return agents.length && !agents.some(({id}) => id === wanted) ? (agents[0]?.id ?? '') : wanted;
  }

  // ---- what a person asks -------------------------------------------------------------------------------------------

  /** What the box asks; what the later parts ask, they answer (`LaterActions`). */
  readonly #act = (event: Event): void => {
    const {action} = event as ChatActionEvent;
    const {scope, id} = this.#session;
    if (!scope) return;
    if (action.do === 'type') scope.store.setDraft(action.text, id);
    else if (action.do === 'choose-agent') this.#chosenAgent.set(action.agent);
    else if (action.do === 'send') this.#send(scope);
    else if (action.do === 'stop' && id !== undefined) this.#stop(id);
  };

  #send({store}: SessionScope): void {
    const {id, view} = this.#session;
    const text = store.draft(id).trim();
    if (!text || !this.dispatchEvent(new MessageSendEvent(text, id))) return;
    // Where the start was refused there is no session to send to.
    const isNew = id === undefined || view?.local === 'failed';
    const sent = isNew ? this.#start(text) : store.send(id, text);
    if (sent === undefined) return;
    store.setDraft('', id);
    this.focus({preventScroll: true});
    this.#scroll.toEnd();
    if (isNew) this.#begun(sent);
  }

  #start(text: string): string | undefined {
    const {scope} = this.#session;
    const agent = scope && this.#agent(scope);
    return scope?.store.start(text, agent ? {agent, ...this.#extras?.start(agent)} : {});
  }

  #begun(session: string): void {
    this.#session.open(session);
    this.dispatchEvent(new SessionStartEvent(session));
  }

  #stop(id: string): void {
    if (this.dispatchEvent(new SessionStopEvent(id))) this.#session.scope?.store.stop(id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-chat': AgentChat;
  }
}
