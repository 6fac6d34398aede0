import {QueryError, type Page, type Query} from '../backend/backend.ts';
import type {Command} from '../model/commands.ts';
import type {StoredEvent} from '../model/events.ts';

interface Surroundings {
  /** The part of this session's log that is held. */
  held(session: string): readonly StoredEvent[];
  /** Rejects with a `QueryError`. */
  read(query: Query & {readonly session: string}): Promise<Page>;
  found(command: Command, words: string | undefined): void;
}

/**
 * Words that a stop has taken out of the queue without knowing them: it named a turn that was pending. The log says which
 * they were; where its thread is not loaded it is asked for, again after each reconnect until there is an answer.
 */
export class TakenBack {
  readonly #surroundings: Surroundings;
  #wanted = new Map<string, Command>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  wants(id: string): boolean {
    return this.#wanted.has(id);
  }

  look(command: Command): void {
    this.#wanted.set(command.id, command);
    const words = wordsTaken(this.#surroundings.held(command.session), command.id);
    if (words === undefined) void this.#ask(command);
    else this.#answer(command, words);
  }

  /** There is a connection again: what was asked before was not answered. */
  again(): void {
    for (const command of this.#wanted.values()) void this.#ask(command);
  }

  /** Another user has come: what is not found yet waits for the one before in the records. */
  forget(): void {
    this.#wanted = new Map();
  }

  async #ask(command: Command): Promise<void> {
    const {id, session} = command;
    let log: readonly StoredEvent[] = [];
    for (let before: number | undefined; ;) {
      const page = await this.#read({session, ...(before !== undefined && {before})});
      // There is no connection; or another attempt, or another user, has taken over.
      if (page === 'later' || this.#wanted.get(id) !== command) return;
      if (!page) return this.#answer(command, undefined);
      log = [...page.events, ...log];
      const words = wordsTaken(log, id);
      if (words !== undefined || typeof page.next !== 'number') return this.#answer(command, words);
      before = page.next;
    }
  }

  /** Undefined: the server has no such log (any more). */
  async #read(query: Query & {readonly session: string}): Promise<Page | 'later' | undefined> {
    try {
      return await this.#surroundings.read(query);
    } catch (error) {
      const passing = error instanceof QueryError && (error.code === 'offline' || error.code === 'timeout');
      return passing ? 'later' : undefined;
    }
  }

  #answer(command: Command, words: string | undefined): void {
    this.#wanted.delete(command.id);
    this.#surroundings.found(command, words);
  }
}

/** The words that the command `by` took out of the queue, as far as this part of the log tells. */
function wordsTaken(log: readonly StoredEvent[], by: string): string | undefined {
  const taken = log.find(({command, event}) => command === by && event.kind === 'unqueued')?.event;
  if (taken?.kind !== 'unqueued') return undefined;
  const queued = log.find(({event}) => event.kind === 'queued' && event.command === taken.command)?.event;
  return queued?.kind === 'queued' ? queued.text : undefined;
}
