import type {
  Answer,
  Entry,
  ListQuery,
  Mark,
  Owed,
  QueuedMessage,
  Session,
  SessionRecord,
  Size,
  Storage,
  TextPiece,
} from '../core/storage.ts';
import {matches} from '../core/words.ts';
import {Undo} from './undo.ts';

/** What belongs to one session besides its record. */
class Shelf {
  readonly entries: Entry[] = [];
  readonly items = new Map<string, Entry>();
  readonly marks = new Map<string, Mark>();
  readonly queue = new Map<string, QueuedMessage>();
  readonly texts = new Map<string, TextPiece>();
  readonly title = new Set<string>();
  readonly messages = new Set<string>();
  owed: readonly Owed[] = [];
}

/**
 * A storage that lives as long as the process: for tests and for the simulation. It keeps the whole contract but survival;
 * a crash is played by making a new hub on the same storage.
 */
export function createMemoryStorage(options: {readonly epoch?: string} = {}): Storage {
  return new MemoryStorage(options.epoch ?? 'memory');
}

class MemoryStorage implements Storage {
  readonly epoch: string;
  readonly #undo = new Undo();
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #taken = new Map<string, true>();
  readonly #shelves = new Map<number, Shelf>();
  readonly #lists = new Map<string, readonly Entry[]>();
  readonly #listSeqs = new Map<string, number>();
  readonly #answers = new Map<string, Answer>();
  readonly #counters = new Map<string, number>();

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  transaction<T>(run: () => T): T {
    return this.#undo.transaction(run);
  }

  close(): void {
    // Nothing is held.
  }

  number(): number {
    const next = (this.#counters.get('number') ?? 0) + 1;
    this.#undo.set(this.#counters, 'number', next);
    return next;
  }

  session(user: string, id: string): SessionRecord | undefined {
    return this.#sessions.get(place(user, id));
  }

  putSession(record: SessionRecord): void {
    const at = place(record.user, record.session.id);
    this.#undo.set(this.#sessions, at, record);
    if (!this.#taken.has(at)) this.#undo.set(this.#taken, at, true);
    if (!this.#shelves.has(record.key)) this.#undo.set(this.#shelves, record.key, new Shelf());
  }

  removeSession(record: SessionRecord, answersUntil: number): void {
    const {user, session} = record;
    this.#undo.delete(this.#sessions, place(user, session.id));
    this.#undo.delete(this.#shelves, record.key);
    for (const [at, answer] of this.#answers) {
      if (answer.session !== session.id || answer.until !== undefined || !at.startsWith(place(user, ''))) continue;
      this.#undo.set(this.#answers, at, {...answer, until: answersUntil});
    }
  }

  taken(user: string, id: string): boolean {
    return this.#taken.has(place(user, id));
  }

  unfinished(): SessionRecord[] {
    return [...this.#sessions.values()].filter(
      ({turn, pending, key}) => turn ?? pending ?? this.#shelf(key).owed.length > 0,
    );
  }

  children(user: string, parent: string): SessionRecord[] {
    return [...this.#sessions.values()].filter((record) => record.user === user && record.session.parent === parent);
  }

  list(user: string, query: ListQuery): Session[] {
    const behind = (session: Session, {updated, id}: {updated: string; id: string}): boolean =>
      session.updated < updated || (session.updated === updated && session.id > id);
    return [...this.#sessions.values()]
      .filter((record) => record.user === user && this.#found(record.key, query.words ?? []))
      .map(({session}) => session)
      .filter(
        (session) =>
          (!query.after || behind(session, query.after)) &&
          (!query.othersAfter || session.archived === true || behind(session, query.othersAfter)) &&
          (!query.status || query.status.includes(session.status)) &&
          (query.archived === undefined || (session.archived ?? false) === query.archived) &&
          (query.parent === undefined || session.parent === query.parent),
      )
      .sort((a, b) => (a.updated === b.updated ? (a.id < b.id ? -1 : 1) : a.updated < b.updated ? 1 : -1))
      .slice(0, query.limit);
  }

  append(key: number, entry: Entry, item: string | undefined): void {
    const shelf = this.#shelf(key);
    this.#undo.push(shelf.entries, entry);
    if (item !== undefined) this.#undo.set(shelf.items, item, entry);
  }

  sizes(key: number, range: {after?: number; before?: number; limit: number; newest?: boolean}): Size[] {
    const {after = 0, before = Infinity, limit, newest = false} = range;
    const entries = this.#shelf(key).entries;
    // Entry number n stands at n - 1.
    const from = Math.min(after, entries.length);
    const to = Math.max(from, Math.min(before - 1, entries.length));
    return newest ? entries.slice(Math.max(from, to - limit), to) : entries.slice(from, Math.min(to, from + limit));
  }

  entries(key: number, from: number, to: number): Entry[] {
    return this.#shelf(key).entries.slice(from - 1, to);
  }

  entryOf(key: number, item: string): Entry | undefined {
    return this.#shelf(key).items.get(item);
  }

  mark(key: number, item: string, field: string, seq: number): void {
    this.#undo.set(this.#shelf(key).marks, `${item}\n${field}`, {item, field, seq});
  }

  unmark(key: number, item: string): void {
    const {marks} = this.#shelf(key);
    for (const [at, mark] of marks) if (mark.item === item) this.#undo.delete(marks, at);
  }

  marks(key: number): Mark[] {
    return [...this.#shelf(key).marks.values()].sort((a, b) => a.seq - b.seq);
  }

  appendList(user: string, entry: Entry, keep: number): void {
    const log = [...(this.#lists.get(user) ?? []), entry];
    this.#undo.set(this.#lists, user, log.length > keep * 1.1 ? log.slice(-keep) : log);
    this.#undo.set(this.#listSeqs, user, entry.seq);
  }

  listSeq(user: string): number {
    return this.#listSeqs.get(user) ?? 0;
  }

  listSizes(user: string, after: number): Size[] {
    return (this.#lists.get(user) ?? []).filter(({seq}) => seq > after);
  }

  listEntries(user: string, from: number, to: number): Entry[] {
    return (this.#lists.get(user) ?? []).filter(({seq}) => seq >= from && seq <= to);
  }

  enqueue(key: number, message: QueuedMessage): void {
    this.#undo.set(this.#shelf(key).queue, message.command, message);
  }

  dequeue(key: number, command: string): void {
    this.#undo.delete(this.#shelf(key).queue, command);
  }

  queue(key: number): QueuedMessage[] {
    return [...this.#shelf(key).queue.values()];
  }

  owe(key: number, owed: Owed): void {
    const shelf = this.#shelf(key);
    this.#undo.assign(shelf, 'owed', [...shelf.owed, owed]);
  }

  owed(key: number): Owed[] {
    return [...this.#shelf(key).owed];
  }

  forgive(key: number): void {
    this.#undo.assign(this.#shelf(key), 'owed', []);
  }

  waiting(key: number): {messages: number; bytes: number; callbacks: number} {
    const {queue, owed} = this.#shelf(key);
    const bytes = [...queue.values()].reduce((sum, message) => sum + message.bytes, 0);
    return {messages: queue.size, bytes, callbacks: owed.length};
  }

  saveText(key: number, piece: TextPiece): void {
    const {texts} = this.#shelf(key);
    const saved = texts.get(piece.item);
    this.#undo.set(texts, piece.item, saved ? {...piece, text: saved.text + piece.text} : piece);
  }

  texts(key: number): TextPiece[] {
    return [...this.#shelf(key).texts.values()];
  }

  dropText(key: number, item: string): void {
    this.#undo.delete(this.#shelf(key).texts, item);
  }

  answer(user: string, command: string): Answer | undefined {
    return this.#answers.get(place(user, command));
  }

  putAnswer(user: string, command: string, answer: Answer): void {
    this.#undo.set(this.#answers, place(user, command), answer);
  }

  sweep(now: number): void {
    for (const [at, {until}] of this.#answers)
      if (until !== undefined && until <= now) this.#undo.delete(this.#answers, at);
  }

  index(key: number, source: 'title' | 'messages', words: Iterable<string>): void {
    const shelf = this.#shelf(key);
    const kept = shelf[source];
    if (source === 'title') for (const word of [...kept]) this.#undo.remove(kept, word);
    for (const word of words) this.#undo.add(kept, word);
  }

  #shelf(key: number): Shelf {
    const shelf = this.#shelves.get(key);
    if (!shelf) throw new Error(`no session ${key}`);
    return shelf;
  }

  #found(key: number, query: readonly string[]): boolean {
    if (query.length === 0) return true;
    const {title, messages} = this.#shelf(key);
    return query.every((word) => matches(title, [word]) || matches(messages, [word]));
  }
}

/** Users' names may hold anything, so the separator is one that no id of a session holds. */
const place = (user: string, id: string): string => `${JSON.stringify(user)} ${id}`;
