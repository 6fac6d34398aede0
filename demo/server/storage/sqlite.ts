import type {
  Answer,
  Entry,
  ListQuery,
  Mark,
  Owed,
  QueuedMessage,
  Range,
  Session,
  SessionRecord,
  Size,
  Storage,
  TextPiece,
  Waiting,
} from '../core/storage.ts';
import {closeDatabase, openDatabase, renewEpoch, type Db} from './database.ts';
import {listSql} from './list-sql.ts';
import {Statements} from './statements.ts';

/**
 * Opens the database of a server, or creates it. It belongs to this process until it ends. Throws a `StorageError` if it is
 * in use, not ours, or newer; the file is then as it was.
 */
export function openSqlite(file: string, options: {readonly newEpoch?: boolean} = {}): Storage {
  const db = openDatabase(file);
  if (options.newEpoch) renewEpoch(db);
  return new SqliteStorage(db);
}

const parse = <T>(json: unknown): T => JSON.parse(String(json)) as T;

class SqliteStorage implements Storage {
  readonly epoch: string;
  readonly #db: Db;
  readonly #sql: Statements;
  #open = true;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = new Statements(db);
    this.epoch = String(this.#sql.one(`SELECT value FROM meta WHERE name = 'epoch'`)?.['value']);
  }

  transaction<T>(run: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // A failed COMMIT may have rolled back already.
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    if (this.#open) closeDatabase(this.#db);
    this.#open = false;
  }

  number(): number {
    this.#sql.run(`INSERT INTO meta VALUES ('number', '1') ON CONFLICT DO UPDATE SET value = value + 1`);
    return Number(this.#sql.one(`SELECT value FROM meta WHERE name = 'number'`)?.['value']);
  }

  session(user: string, id: string): SessionRecord | undefined {
    const row = this.#sql.one('SELECT record FROM sessions WHERE user = ? AND id = ?', user, id);
    return row && parse(row['record']);
  }

  putSession(record: SessionRecord): void {
    const {key, user, session} = record;
    const fields = [session.status, session.archived ? 1 : 0, session.parent ?? null, session.updated];
    const unfinished = (record.turn ?? record.pending) ? 1 : 0;
    const changed = this.#sql.run(
      `UPDATE sessions SET status = ?, archived = ?, parent = ?, updated = ?, unfinished = ?, record = ? WHERE key = ?`,
      ...fields,
      unfinished,
      JSON.stringify(record),
      key,
    );
    if (changed > 0) return;
    this.#sql.run(
      `INSERT INTO sessions (status, archived, parent, updated, unfinished, record, key, user, id) VALUES (?,?,?,?,?,?,?,?,?)`,
      ...fields,
      unfinished,
      JSON.stringify(record),
      key,
      user,
      session.id,
    );
    this.#sql.run('INSERT INTO taken VALUES (?, ?)', user, session.id);
  }

  removeSession(record: SessionRecord, answersUntil: number): void {
    this.#sql.run('DELETE FROM sessions WHERE key = ?', record.key);
    for (const table of ['events', 'marks', 'queue', 'owed', 'texts', 'words']) {
      this.#sql.run(`DELETE FROM ${table} WHERE session = ?`, record.key);
    }
    this.#sql.run(
      'UPDATE answers SET until = ? WHERE user = ? AND session = ? AND until IS NULL',
      answersUntil,
      record.user,
      record.session.id,
    );
  }

  taken(user: string, id: string): boolean {
    return this.#sql.one('SELECT 1 AS yes FROM taken WHERE user = ? AND id = ?', user, id) !== undefined;
  }

  unfinished(): SessionRecord[] {
    return this.#sql
      .all('SELECT record FROM sessions WHERE unfinished OR key IN (SELECT session FROM owed) ORDER BY key')
      .map((row) => parse(row['record']));
  }

  children(user: string, parent: string): SessionRecord[] {
    return this.#sql
      .all('SELECT record FROM sessions WHERE user = ? AND parent = ? ORDER BY key', user, parent)
      .map((row) => parse(row['record']));
  }

  list(user: string, query: ListQuery): Session[] {
    const {sql, values} = listSql(user, query);
    return this.#sql.all(sql, ...values).map((row) => parse<SessionRecord>(row['record']).session);
  }

  append(key: number, entry: Entry, item: string | undefined): void {
    this.#sql.run(
      'INSERT INTO events (session, seq, bytes, item, json) VALUES (?,?,?,?,?)',
      key,
      entry.seq,
      entry.bytes,
      item ?? null,
      entry.json,
    );
  }

  sizes(key: number, range: Range): Size[] {
    const rows = this.#sql.all(
      `SELECT seq, bytes FROM events WHERE session = ? AND seq > ? AND seq < ? ORDER BY seq ${range.newest ? 'DESC' : 'ASC'} LIMIT ?`,
      key,
      range.after ?? 0,
      range.before ?? Number.MAX_SAFE_INTEGER,
      range.limit,
    ) as unknown as Size[];
    return range.newest ? rows.reverse() : rows;
  }

  entries(key: number, from: number, to: number): Entry[] {
    return this.#sql.all(
      'SELECT seq, bytes, json FROM events WHERE session = ? AND seq BETWEEN ? AND ? ORDER BY seq',
      key,
      from,
      to,
    ) as unknown as Entry[];
  }

  entryOf(key: number, item: string): Entry | undefined {
    return this.#sql.one(
      'SELECT seq, bytes, json FROM events WHERE session = ? AND item = ? ORDER BY seq DESC LIMIT 1',
      key,
      item,
    ) as unknown as Entry | undefined;
  }

  mark(key: number, item: string, field: string, seq: number): void {
    this.#sql.run('INSERT OR REPLACE INTO marks VALUES (?,?,?,?)', key, item, field, seq);
  }

  unmark(key: number, item: string): void {
    this.#sql.run('DELETE FROM marks WHERE session = ? AND item = ?', key, item);
  }

  marks(key: number): Mark[] {
    return this.#sql.all(
      'SELECT item, field, seq FROM marks WHERE session = ? ORDER BY seq, item, field',
      key,
    ) as unknown as Mark[];
  }

  appendList(user: string, entry: Entry, keep: number): void {
    this.#sql.run(
      'INSERT INTO list_events (user, seq, bytes, json) VALUES (?,?,?,?)',
      user,
      entry.seq,
      entry.bytes,
      entry.json,
    );
    if (entry.seq % 100 === 0)
      this.#sql.run('DELETE FROM list_events WHERE user = ? AND seq <= ?', user, entry.seq - keep);
  }

  listSeq(user: string): number {
    return Number(this.#sql.one('SELECT coalesce(max(seq), 0) AS seq FROM list_events WHERE user = ?', user)?.['seq']);
  }

  listSizes(user: string, after: number): Size[] {
    return this.#sql.all(
      'SELECT seq, bytes FROM list_events WHERE user = ? AND seq > ? ORDER BY seq',
      user,
      after,
    ) as unknown as Size[];
  }

  listEntries(user: string, from: number, to: number): Entry[] {
    return this.#sql.all(
      'SELECT seq, bytes, json FROM list_events WHERE user = ? AND seq BETWEEN ? AND ? ORDER BY seq',
      user,
      from,
      to,
    ) as unknown as Entry[];
  }

  enqueue(key: number, message: QueuedMessage): void {
    this.#sql.run(
      'INSERT INTO queue (session, command, bytes, message) VALUES (?,?,?,?)',
      key,
      message.command,
      message.bytes,
      JSON.stringify(message),
    );
  }

  dequeue(key: number, command: string): void {
    this.#sql.run('DELETE FROM queue WHERE session = ? AND command = ?', key, command);
  }

  queue(key: number): QueuedMessage[] {
    return this.#sql
      .all('SELECT message FROM queue WHERE session = ? ORDER BY place', key)
      .map((row) => parse(row['message']));
  }

  owe(key: number, owed: Owed): void {
    this.#sql.run('INSERT INTO owed (session, owed) VALUES (?,?)', key, JSON.stringify(owed));
  }

  owed(key: number): Owed[] {
    return this.#sql
      .all('SELECT owed FROM owed WHERE session = ? ORDER BY place', key)
      .map((row) => parse(row['owed']));
  }

  forgive(key: number): void {
    this.#sql.run('DELETE FROM owed WHERE session = ?', key);
  }

  waiting(key: number): Waiting {
    const row = this.#sql.one(
      `SELECT count(*) AS messages, coalesce(sum(bytes), 0) AS bytes, (SELECT count(*) FROM owed WHERE session = ?1) AS callbacks
       FROM queue WHERE session = ?1`,
      key,
    );
    return {messages: Number(row?.['messages']), bytes: Number(row?.['bytes']), callbacks: Number(row?.['callbacks'])};
  }

  saveText(key: number, piece: TextPiece): void {
    this.#sql.run('INSERT INTO texts (session, item, piece) VALUES (?,?,?)', key, piece.item, JSON.stringify(piece));
  }

  texts(key: number): TextPiece[] {
    const joined = new Map<string, TextPiece>();
    for (const row of this.#sql.all('SELECT piece FROM texts WHERE session = ? ORDER BY place', key)) {
      const piece = parse<TextPiece>(row['piece']);
      const before = joined.get(piece.item);
      joined.set(piece.item, before ? {...piece, text: before.text + piece.text} : piece);
    }
    return [...joined.values()];
  }

  dropText(key: number, item: string): void {
    this.#sql.run('DELETE FROM texts WHERE session = ? AND item = ?', key, item);
  }

  answer(user: string, command: string): Answer | undefined {
    const row = this.#sql.one(
      'SELECT session, epoch, json, until FROM answers WHERE user = ? AND command = ?',
      user,
      command,
    );
    return row && {session: String(row['session']), epoch: String(row['epoch']), json: String(row['json'])};
  }

  putAnswer(user: string, command: string, answer: Answer): void {
    this.#sql.run(
      'INSERT OR REPLACE INTO answers (user, command, session, epoch, json, until) VALUES (?,?,?,?,?,?)',
      user,
      command,
      answer.session,
      answer.epoch,
      answer.json,
      answer.until ?? null,
    );
  }

  sweep(now: number): void {
    this.#sql.run('DELETE FROM answers WHERE until <= ?', now);
  }

  index(key: number, source: 'title' | 'messages', words: Iterable<string>): void {
    if (source === 'title') this.#sql.run(`DELETE FROM words WHERE session = ? AND source = 'title'`, key);
    for (const word of words) this.#sql.run('INSERT OR IGNORE INTO words VALUES (?,?,?)', key, word, source);
  }
}
