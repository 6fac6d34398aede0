import type {Storage, TextPiece} from '../core/storage.ts';
import {parse, type Statements} from './statements.ts';

type TurnTables = Pick<
  Storage,
  'enqueue' | 'dequeue' | 'queue' | 'owe' | 'owed' | 'forgive' | 'waiting' | 'saveText' | 'texts' | 'dropText'
>;

/** What waits for a turn, and the text of those that are open. */
export const turnTables = (sql: Statements): TurnTables => ({
  enqueue(key, message) {
    sql.run(
      'INSERT INTO queue (session, command, bytes, message) VALUES (?,?,?,?)',
      key,
      message.command,
      message.bytes,
      JSON.stringify(message),
    );
  },

  dequeue(key, command) {
    sql.run('DELETE FROM queue WHERE session = ? AND command = ?', key, command);
  },

  queue(key) {
    return sql
      .all('SELECT message FROM queue WHERE session = ? ORDER BY place', key)
      .map((row) => parse(row['message']));
  },

  owe(key, owed) {
    sql.run('INSERT INTO owed (session, owed) VALUES (?,?)', key, JSON.stringify(owed));
  },

  owed(key) {
    return sql.all('SELECT owed FROM owed WHERE session = ? ORDER BY place', key).map((row) => parse(row['owed']));
  },

  forgive(key) {
    sql.run('DELETE FROM owed WHERE session = ?', key);
  },

  waiting(key) {
    const row = sql.one(
      `SELECT count(*) AS messages, coalesce(sum(bytes), 0) AS bytes, (SELECT count(*) FROM owed WHERE session = ?1) AS callbacks
       FROM queue WHERE session = ?1`,
      key,
    );
    return {messages: Number(row?.['messages']), bytes: Number(row?.['bytes']), callbacks: Number(row?.['callbacks'])};
  },

  saveText(key, piece) {
    sql.run('INSERT INTO texts (session, item, piece) VALUES (?,?,?)', key, piece.item, JSON.stringify(piece));
  },

  texts(key) {
    const joined = new Map<string, TextPiece>();
    for (const row of sql.all('SELECT piece FROM texts WHERE session = ? ORDER BY place', key)) {
      const piece = parse<TextPiece>(row['piece']);
      const before = joined.get(piece.item);
      joined.set(piece.item, before ? {...piece, text: before.text + piece.text} : piece);
    }
    return [...joined.values()];
  },

  dropText(key, item) {
    sql.run('DELETE FROM texts WHERE session = ? AND item = ?', key, item);
  },
});
