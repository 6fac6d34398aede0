import {signal} from '@lit-labs/signals';
import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import type {Strings} from '../../../context/strings.ts';
import type {StartOptions} from '../../../store/session-store.ts';
import {visible} from '../../shared/output/visible.ts';
import {ChatActionEvent} from '../chat-action.ts';
import type {CurrentSession} from '../current-session.ts';
import type {LocalText} from '../thread-view.ts';
import {contextMeter} from './context-meter.ts';
import {sessionOptions} from './session-options.ts';

/**
 * What the agent of a session offers besides its conversation: options, how full its context is, folders for a new one; and
 * the answers to its questions. What it does not offer is not shown.
 */
export class AgentOffers {
  readonly #session: CurrentSession;
  readonly #folder = signal('');

  constructor(chat: ReactiveElement, session: CurrentSession) {
    this.#session = session;
    chat.renderRoot.addEventListener('chat-action', this.#act);
  }

  /** For a new conversation with this agent. */
  start(agent: string): StartOptions {
    const cwd = this.#chosen(agent);
    return cwd === undefined ? {} : {cwd};
  }

  /** Below the box; `agent` is whom a new conversation is with. */
  template(agent: string, local: LocalText): unknown {
    const {scope, id, view, thread} = this.#session;
    if (!scope) return nothing;
    const {store, strings} = scope;
    if (id === undefined) {
      const folders = this.#folders(agent);
      return folders.length ? row(strings, this.#folderChoice(folders, agent, strings)) : nothing;
    }
    const options = store.can('options') ? (thread?.state.options ?? []) : [];
    if (!options.length && !view?.usage && view?.cwd === undefined) return nothing;
    return row(strings, [
      view?.cwd === undefined ? nothing : html`<span class="folder" dir="ltr">${visible(view.cwd)}</span>`,
      options.length ? sessionOptions(options, view?.wished ?? {}, strings, store.can('set-option')) : nothing,
      view?.usage ? contextMeter(view.usage, strings, local) : nothing,
    ]);
  }

  #folders(agent: string): readonly string[] {
    return this.#session.scope?.store.agents.find(({id}) => id === agent)?.folders ?? [];
  }

  /** An agent that works in folders works in the first, unless a person chooses another. */
  #chosen(agent: string): string | undefined {
    const folders = this.#folders(agent);
    const wanted = this.#folder.get();
    return folders.includes(wanted) ? wanted : folders[0];
  }

  #folderChoice(folders: readonly string[], agent: string, strings: Strings): TemplateResult {
    const [only, ...more] = folders;
    if (!more.length) return html`<span class="folder" dir="ltr">${visible(only ?? '')}</span>`;
    const chosen = this.#chosen(agent);
    return html`<label class="option">
      <span aria-hidden="true">${strings.folder}</span>
      <select
        aria-label=${strings.folder}
        autocomplete="off"
        @change=${({currentTarget}: Event) => {
          const folder = folders[(currentTarget as HTMLSelectElement).selectedIndex];
          if (folder !== undefined) this.#folder.set(folder);
        }}
      >
        ${folders.map((folder) => html`<option .selected=${folder === chosen}>${visible(folder)}</option>`)}
      </select>
    </label>`;
  }

  readonly #act = (event: Event): void => {
    const {scope, id} = this.#session;
    if (!scope || id === undefined || !(event instanceof ChatActionEvent)) return;
    const {action} = event;
    if (action.do === 'answer-question') scope.store.answerQuestion(id, action.question, action.values);
    else if (action.do === 'set-option') scope.store.setOption(id, action.option, action.value);
  };
}

const row = (strings: Strings, content: unknown): TemplateResult =>
  html`<div class="offers" role="group" aria-label=${strings.options}>${content}</div>`;
