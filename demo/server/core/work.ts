import {LIST, type ListEvent} from '../../../src/backend/session-sync/frames.ts';
import type {Listener, News} from './audience.ts';
import {activeTurns, type Core} from './core.ts';
import {Draft} from './draft.ts';
import {eventFrame} from './frames-out.ts';
import type {SessionRecord} from './storage.ts';
import {utf8Bytes} from './text.ts';
import {messageOf} from './errors.ts';

interface Options {
  /** The command whose effect this is. */
  readonly command?: string | undefined;
  /** The session whose turn it is to leave the line: there is room for it. */
  readonly next?: number;
}

/** `depth`: how many sessions stand above it. */
interface NewSession extends Pick<SessionRecord['session'], 'id' | 'agent' | 'parent' | 'cwd'> {
  readonly depth: number;
}

/**
 * One transaction of one user: the sessions it changes, what it appends to their logs, and what is to happen once it is
 * durable. Nobody is told anything before that.
 */
export class Work {
  readonly core: Core;
  readonly user: string;
  readonly command: string | undefined;
  readonly time: string;
  readonly #next: number | undefined;
  readonly #drafts = new Map<string, Draft>();
  readonly #removed = new Map<string, Draft>();
  readonly #list: News[] = [];
  readonly #after: (() => void)[] = [];
  /** Turns that begin and end by it, as far as they count for the bound. */
  #begun = 0;
  #freed = 0;

  constructor(core: Core, user: string, options: Options) {
    this.core = core;
    this.user = user;
    this.command = options.command;
    this.#next = options.next;
    this.time = new Date(core.clock.now()).toISOString();
  }

  session(id: string): Draft | undefined {
    const known = this.#drafts.get(id);
    if (known) return known;
    if (this.#removed.has(id)) return undefined;
    const record = this.core.storage.session(this.user, id);
    return record && this.#adopt(record);
  }

  /** A session in which nothing has happened yet. */
  create({depth, ...face}: NewSession): Draft {
    const {storage} = this.core;
    const record: SessionRecord = {
      key: storage.number(),
      user: this.user,
      session: {rev: 0, title: '', status: 'pending', created: this.time, updated: this.time, ...face},
      seq: 0,
      held: false,
      seen: 0,
      notable: 0,
      depth,
    };
    storage.putSession(record);
    return this.#adopt(record);
  }

  remove(draft: Draft): void {
    const {storage, clock, limits} = this.core;
    this.#drafts.delete(draft.id);
    this.#removed.set(draft.id, draft);
    storage.removeSession(draft.record(), clock.now() + limits.answersMs);
    this.appendList({kind: 'session-removed', session: draft.id});
    this.after(() => this.core.line.delete(draft.key));
  }

  appendList(event: ListEvent): void {
    const {storage, limits} = this.core;
    const seq = storage.listSeq(this.user) + 1;
    const json = JSON.stringify({
      seq,
      time: this.time,
      ...(this.command !== undefined && {command: this.command}),
      event,
    });
    const entry = {seq, json, bytes: utf8Bytes(json)};
    storage.appendList(this.user, entry, limits.listEvents);
    this.#list.push({...entry, frame: eventFrame(LIST, entry)});
  }

  /** What happens once all is durable. */
  after(run: () => void): void {
    this.#after.push(run);
  }

  /** Whether a turn of this session can begin now; whoever waits in line comes first. */
  hasRoom(key: number): boolean {
    if (this.#next === key) return true;
    return this.core.line.size === 0 && activeTurns(this.core) + this.#begun - this.#freed < this.core.maxTurns;
  }

  began(): void {
    this.#begun += 1;
  }

  /** The turn of this session ends here. */
  ended(key: number): void {
    const run = this.core.runs.get(key);
    if (run && !run.waiting) this.#freed += 1;
  }

  /** The last of the transaction itself. */
  finish(): void {
    for (const draft of this.#drafts.values()) {
      draft.put();
      draft.save();
    }
  }

  /** After the commit. */
  announce(): void {
    for (const draft of this.#drafts.values()) this.#lineUp(draft);
    for (const listener of this.core.audience.of(this.user)) this.#safely('listener', () => this.#tell(listener));
    for (const run of this.#after) this.#safely('after-commit', run);
  }

  #tell(listener: Listener): void {
    for (const draft of this.#drafts.values()) if (draft.news.length > 0) listener.news(draft.channel, draft.news);
    if (this.#list.length > 0) listener.news(LIST, this.#list);
    for (const draft of this.#removed.values()) listener.removed(draft.channel);
  }

  /** It is durable now: what fails afterwards must not look as if it were not, nor keep the rest from happening. */
  #safely(event: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.core.log('error', event, {message: messageOf(error)});
    }
  }

  #adopt(record: SessionRecord): Draft {
    const draft = new Draft(this, record);
    this.#drafts.set(draft.id, draft);
    return draft;
  }

  #lineUp({key, id, state}: Draft): void {
    if (state.pending) this.core.line.set(key, {user: this.user, id});
    else this.core.line.delete(key);
  }
}

/** Runs one transaction; when it returns, all of it is durable and told. When it throws, nothing has happened. */
export function transact<T>(core: Core, user: string, options: Options, run: (work: Work) => T): T {
  const work = new Work(core, user, options);
  const result = core.storage.transaction(() => {
    const value = run(work);
    work.finish();
    return value;
  });
  work.announce();
  core.settle();
  return result;
}
