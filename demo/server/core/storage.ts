import type {Author, EventOf, SessionOption} from '../../../src/model/events.ts';

/** A session as it stands in the logs. */
export type Session = EventOf<'session-put'>['session'];

/**
 * What the core keeps, and how it asks for it. Everything is synchronous: a command is obeyed in one go, and the core never
 * sees a state that is half written.
 *
 * Contract, kept by every implementation (`storage.test.ts` plays it on each):
 * - writes happen inside of `transaction` only; when `run` throws, nothing of it has happened;
 * - when `transaction` returns, what was written survives the death of the process (the memory storage aside);
 * - `key` is the number the core gave to a session; it is never used for another one.
 */
export interface Storage {
  /** Names this store; another one after it was restored from a backup. */
  readonly epoch: string;
  transaction<T>(run: () => T): T;
  close(): void;
  /** A number that was never given before, growing. */
  number(): number;

  session(user: string, id: string): SessionRecord | undefined;
  putSession(record: SessionRecord): void;
  /** Everything of it goes, but its id stays taken and the answers of its commands stay until then. */
  removeSession(record: SessionRecord, answersUntil: number): void;
  /** Whether a session of this id exists or has existed. */
  taken(user: string, id: string): boolean;
  /** Sessions of all users with a turn that is open or pending, or that somebody owes a callback. */
  unfinished(): SessionRecord[];
  children(user: string, parent: string): SessionRecord[];
  list(user: string, query: ListQuery): Session[];

  /** The log of one session. */
  append(key: number, entry: Entry, item: string | undefined): void;
  /** Sizes of the entries between two numbers (both exclusive), the newest or the oldest `limit` of them, oldest first. */
  sizes(key: number, range: Range): Size[];
  /** From one number to another, both inclusive. */
  entries(key: number, from: number, to: number): Entry[];
  /** The last entry about an item (an approval, a question). */
  entryOf(key: number, item: string): Entry | undefined;

  /** What is not over, by item and field: the numbers of the entries that say so. */
  mark(key: number, item: string, field: string, seq: number): void;
  unmark(key: number, item: string): void;
  marks(key: number): Mark[];

  /** The log of a user's list. */
  appendList(user: string, entry: Entry, keep: number): void;
  listSeq(user: string): number;
  listSizes(user: string, after: number): Size[];
  listEntries(user: string, from: number, to: number): Entry[];

  enqueue(key: number, message: QueuedMessage): void;
  dequeue(key: number, command: string): void;
  queue(key: number): QueuedMessage[];
  owe(key: number, owed: Owed): void;
  owed(key: number): Owed[];
  forgive(key: number): void;
  waiting(key: number): Waiting;

  /** Text that streams: pieces are kept apart and joined when they are read. */
  saveText(key: number, piece: TextPiece): void;
  texts(key: number): TextPiece[];
  dropText(key: number, item: string): void;

  answer(user: string, command: string): Answer | undefined;
  putAnswer(user: string, command: string, answer: Answer): void;
  /** Forgets what may be forgotten at this time. */
  sweep(now: number): void;

  /** Words that a search for the session finds; `title` replaces the earlier ones of its kind, `messages` adds. */
  index(key: number, source: 'title' | 'messages', words: Iterable<string>): void;
}

/** An entry of a log. `json` is `{seq, time, command?, event}` as it is sent. */
export interface Entry {
  readonly seq: number;
  readonly json: string;
  readonly bytes: number;
}

export interface Size {
  readonly seq: number;
  readonly bytes: number;
}

export interface Range {
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  readonly newest?: boolean;
}

export interface Mark {
  readonly item: string;
  readonly field: string;
  readonly seq: number;
}

/** A session with what only the server knows of it. */
export interface SessionRecord {
  readonly key: number;
  readonly user: string;
  /** As it was last put into the logs. */
  readonly session: Session;
  /** The last number of its log. */
  readonly seq: number;
  readonly turn?: TurnRecord;
  readonly pending?: PendingTurn;
  /** How the last turn ended; none has, in a session that never began. */
  readonly last?: 'finished' | 'stopped' | 'failed';
  /** What waits does so until a person sends or continues: the last turn was stopped or failed. */
  readonly held: boolean;
  /** What the user has seen, and the last number worth seeing. */
  readonly seen: number;
  readonly notable: number;
  /** How many sessions stand above it. */
  readonly depth: number;
  /** What its agent wants to be given back. */
  readonly kept?: string;
  /** The options that a person has chosen. */
  readonly chosen?: Readonly<Record<string, SessionOption['value']>>;
  /** A person has given the title. */
  readonly named?: boolean;
}

export interface TurnRecord {
  readonly id: string;
  /** The `start` or `send` it answers. */
  readonly command?: string;
  /** How many sessions up are told when it ends: 1 is the parent, 2 the parent's parent after it, and so on. */
  readonly owes: number;
  readonly stopping: boolean;
  /** A `send` came while it was stopping: the queue does not wait. */
  readonly released: boolean;
  /** Approvals and questions that are open. */
  readonly asking: number;
  /** The number of the last thing the agent said. */
  readonly said?: number;
}

/** A turn that has its id but no room to begin. */
export interface PendingTurn {
  readonly turn: string;
  /** The earliest begins first. */
  readonly ticket: number;
  /** What would begin: a queued message, by its command, or callbacks. */
  readonly command?: string;
}

export interface QueuedMessage {
  readonly command: string;
  readonly text: string;
  readonly bytes: number;
  readonly author?: Author;
  readonly owes: number;
}

/** What a session has to be told of a child whose turn has ended. */
export interface Owed {
  readonly child: string;
  readonly title: string;
  /** For people. */
  readonly text: string;
  /** The last thing the child's agent said. */
  readonly lastText: string;
  readonly owes: number;
}

export interface Waiting {
  readonly messages: number;
  readonly bytes: number;
  readonly callbacks: number;
}

export interface TextPiece {
  readonly item: string;
  readonly turn: string;
  readonly kind: 'message' | 'thought' | 'tool-output';
  readonly text: string;
  /** Length of what the agent said, which may be more than was kept. */
  readonly full: number;
}

/** What a command was answered: the frame, and the epoch whose numbers it names. */
export interface Answer {
  readonly session: string;
  readonly epoch: string;
  readonly json: string;
  /** When it may be forgotten; undefined as long as the session exists. */
  readonly until?: number;
}

export interface ListQuery {
  readonly limit: number;
  /** Only what stands behind this place (`updated` falling, then `id`). */
  readonly after?: Place;
  /** Archived ones anywhere, others only behind this place. */
  readonly othersAfter?: Place;
  /** Each begins some word of the title or of the messages. */
  readonly words?: readonly string[];
  readonly status?: readonly string[];
  readonly archived?: boolean;
  readonly parent?: string;
}

export interface Place {
  readonly updated: string;
  readonly id: string;
}
