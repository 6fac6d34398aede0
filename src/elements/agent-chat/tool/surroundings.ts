import type {ReactiveElement} from 'lit';
import {SessionSelectEvent} from '../../../events.ts';
import type {SessionView} from '../../../model/project.ts';
import type {CurrentSession} from '../current-session.ts';
import type {LocalText, Surroundings} from '../thread-view.ts';
import type {ToolRuns} from './tool-runs.ts';

/** Text flows until nothing more has come for so many milliseconds. */
const SILENCE = 1000;

/** For the entries of one chat: what they need besides themselves. */
export class ChatSurroundings implements Surroundings {
  readonly runs: ToolRuns;
  readonly #chat: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #local: LocalText;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(chat: ReactiveElement, session: CurrentSession, runs: ToolRuns, local: LocalText) {
    this.#chat = chat;
    this.#session = session;
    this.runs = runs;
    this.#local = local;
  }

  get clock(): {readonly serverTime: number} | undefined {
    return this.#session.scope?.store;
  }

  time(time: string): string {
    return this.#local.time(time);
  }

  number(number: number): string {
    return this.#local.number(number);
  }

  session(id: string): SessionView | undefined {
    return this.#session.scope?.store.session(id);
  }

  openSession(id: string): void {
    if (this.#chat.dispatchEvent(new SessionSelectEvent(id))) this.#session.open(id);
  }
  flow(): void {
    const column = this.#chat.renderRoot.querySelector<HTMLElement>('.items')?.dataset ?? {};
    column['flows'] ??= '';
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => delete column['flows'], SILENCE);
  }
}
