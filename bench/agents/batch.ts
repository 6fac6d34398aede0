import {randomUUID} from 'node:crypto';
import {Page} from '../load/page.ts';
import type {Serving} from '../load/processes.ts';

/** Sessions of one agent that are told something at once. */
export class Sessions {
  readonly ids: readonly string[];
  readonly #page: Page;
  readonly #agent: string;

  private constructor(page: Page, agent: string, count: number) {
    this.#page = page;
    this.#agent = agent;
    this.ids = Array.from({length: count}, () => randomUUID());
  }

  /** Each has its first turn behind it then: a process that starts is not what is measured. */
  static async begin(serving: Serving, agent: string, count: number): Promise<Sessions> {
    const sessions = new Sessions(await Page.open(serving.url, [{channel: 'sessions'}]), agent, count);
    await sessions.#all((session) => sessions.#page.command('start', session, {text: '/echo begin', agent}));
    return sessions;
  }

  /** Sends the same to all, and waits until the list says of each that it is over. */
  say(text: string): Promise<void> {
    return this.#all((session) => this.#page.command('send', session, {text}));
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #all(send: (session: string) => Promise<void>): Promise<void> {
    const open = new Set(this.ids);
    const over = this.#page.next((frame) => {
      const {event} = frame as {event?: {kind: string; session: {id: string; status: string; error?: object}}};
      if (event?.kind !== 'session-put') return false;
      const {id, status, error} = event.session;
      if (error) throw new Error(`a turn of ${this.#agent} has failed: ${JSON.stringify(error)}`);
      if (status === 'finished') open.delete(id);
      return open.size === 0;
    });
    await Promise.all(this.ids.map(send));
    await over;
  }
}
