import type {Entry, Mark, Size, Storage} from '../core/storage.ts';
import type {Statements} from './statements.ts';

type LogTables = Pick<
  Storage,
  | 'append'
  | 'sizes'
  | 'entries'
  | 'entryOf'
  | 'mark'
  | 'unmark'
  | 'marks'
  | 'appendList'
  | 'listSeq'
  | 'listSizes'
  | 'listEntries'
>;

/** The logs of the sessions and of the lists, and what of them is not over. */
export const logTables = (sql: Statements): LogTables => ({
  append(key, entry, item) {
    sql.run(
      'INSERT INTO events (session, seq, bytes, item, json) VALUES (?,?,?,?,?)',
      key,
      entry.seq,
      entry.bytes,
      item ?? null,
      entry.json,
    );
  },

  sizes(key, range) {
    const rows = sql.all(
      `SELECT seq, bytes FROM events WHERE session = ? AND seq > ? AND seq < ? ORDER BY seq ${range.newest ? 'DESC' : 'ASC'} LIMIT ?`,
      key,
      range.after ?? 0,
      range.before ?? Number.MAX_SAFE_INTEGER,
      range.limit,
    ) as unknown as Size[];
    return range.newest ? rows.reverse() : rows;
  },

  entries(key, from, to) {
    return sql.all(
      'SELECT seq, bytes, json FROM events WHERE session = ? AND seq BETWEEN ? AND ? ORDER BY seq',
      key,
      from,
      to,
    ) as unknown as Entry[];
  },

  entryOf(key, item) {
    return sql.one(
      'SELECT seq, bytes, json FROM events WHERE session = ? AND item = ? ORDER BY seq DESC LIMIT 1',
      key,
      item,
    ) as unknown as Entry | undefined;
  },

  mark(key, item, field, seq) {
    sql.run('INSERT OR REPLACE INTO marks VALUES (?,?,?,?)', key, item, field, seq);
  },

  unmark(key, item) {
    sql.run('DELETE FROM marks WHERE session = ? AND item = ?', key, item);
  },

  marks(key) {
    return sql.all(
      'SELECT item, field, seq FROM marks WHERE session = ? ORDER BY seq, item, field',
      key,
    ) as unknown as Mark[];
  },

  appendList(user, entry, keep) {
    sql.run(
      'INSERT INTO list_events (user, seq, bytes, json) VALUES (?,?,?,?)',
      user,
      entry.seq,
      entry.bytes,
      entry.json,
    );
    if (entry.seq % 100 === 0) sql.run('DELETE FROM list_events WHERE user = ? AND seq <= ?', user, entry.seq - keep);
  },

  listSeq(user) {
    return Number(sql.one('SELECT coalesce(max(seq), 0) AS seq FROM list_events WHERE user = ?', user)?.['seq']);
  },

  listSizes(user, after) {
    return sql.all(
      'SELECT seq, bytes FROM list_events WHERE user = ? AND seq > ? ORDER BY seq',
      user,
      after,
    ) as unknown as Size[];
  },

  listEntries(user, from, to) {
    return sql.all(
      'SELECT seq, bytes, json FROM list_events WHERE user = ? AND seq BETWEEN ? AND ? ORDER BY seq',
      user,
      from,
      to,
    ) as unknown as Entry[];
  },
});
