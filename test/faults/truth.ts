import type {Entry, SessionRecord} from '../../demo/server/core/storage.ts';
import type {EventOf, StoredEvent} from '../../src/model/events.ts';
import {must} from './broken.ts';
import type {Commit} from './journal.ts';
import {LogRules} from './log-rules.ts';

type Session = EventOf<'session-put'>['session'];

/** All that one session's log has said in one epoch. */
export interface Told {
  readonly user: string;
  readonly id: string;
  /** The session that started it. */
  readonly parent: string | undefined;
  readonly log: StoredEvent[];
  readonly json: string[];
  readonly puts: Map<number, Session>;
  /** The numbers of `message` and `queued`, by the command that caused them. */
  readonly sent: Map<string, number>;
  readonly rules: LogRules;
  removed: boolean;
}

export const newTold = (id: string, user: string, parent: string | undefined): Told => ({
  user,
  id,
  parent,
  log: [],
  json: [],
  puts: new Map(),
  sent: new Map(),
  rules: new LogRules(id),
  removed: false,
});

/** What the server has committed in one epoch: what every page is measured against. */
export class Truth {
  readonly #keys = new Map<unknown, Told>();
  readonly #sessions = new Map<string, Told>();
  readonly #streams = new Map<string, string>();

  get sessions(): Iterable<Told> {
    return this.#sessions.values();
  }

  /** Text that any page has seen streaming: what another one sees of it must begin in the same way. */
  streams(item: string, text: string): boolean {
    const seen = this.#streams.get(item) ?? '';
    if (text.length > seen.length) this.#streams.set(item, text);
    return text.startsWith(seen) || seen.startsWith(text);
  }

  session(id: string): Told | undefined {
    return this.#sessions.get(id);
  }

  add(commit: Commit): void {
    for (const {name, args} of commit) {
      if (name === 'putSession') this.#put(args[0] as SessionRecord);
      else if (name === 'removeSession') this.#remove(args[0] as SessionRecord);
      else if (name === 'append') this.#append(args[0], args[1] as Entry);
    }
  }

  #put({key, user, session: {id, parent}}: SessionRecord): void {
    if (this.#keys.has(key)) return;
    must('an id stays taken', !this.#sessions.has(id), () => `session ${id} is made again`);
    const told = newTold(id, user, parent);
    this.#keys.set(key, told);
    this.#sessions.set(id, told);
  }

  #remove({key}: SessionRecord): void {
    const told = this.#keys.get(key);
    if (told) told.removed = true;
  }

  #append(key: unknown, {json}: Entry): void {
    const told = this.#keys.get(key);
    must('a log belongs to a session', told !== undefined, () => `an entry of ${String(key)}`);
    if (!told) return;
    must('nothing follows a delete', !told.removed, () => `${json} in ${told.id}`);
    const stored = JSON.parse(json) as StoredEvent;
    const {event, command, seq} = stored;
    told.rules.next(stored);
    told.log.push(stored);
    told.json.push(json);
    if (event.kind === 'session-put') told.puts.set(event.session.rev, event.session);
    if (event.kind === 'queued' || (event.kind === 'message' && command !== undefined && event.role === 'user')) {
      told.sent.set(command ?? '', seq);
    }
  }
}
