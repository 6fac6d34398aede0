import type {ListQuery, SessionRecord, Storage} from '../core/storage.ts';
import {countSql, listSql} from './list-sql.ts';
import {parse, type Statements} from './statements.ts';

type SessionTables = Pick<
  Storage,
  'session' | 'putSession' | 'removeSession' | 'taken' | 'unfinished' | 'children' | 'list' | 'index'
>;

/** The sessions themselves, and the words by which they are found. */
export const sessionTables = (sql: Statements): SessionTables => ({
  session(user, id) {
    const row = sql.one('SELECT record FROM sessions WHERE user = ? AND id = ?', user, id);
    return row && parse(row['record']);
  },

  putSession(record) {
    const {key, user, session} = record;
    const fields = [session.status, session.archived ? 1 : 0, session.parent ?? null, session.updated];
    const unfinished = (record.turn ?? record.pending) ? 1 : 0;
    const changed = sql.run(
      `UPDATE sessions SET status = ?, archived = ?, parent = ?, updated = ?, unfinished = ?, record = ? WHERE key = ?`,
      ...fields,
      unfinished,
      JSON.stringify(record),
      key,
    );
    if (changed > 0) return;
    sql.run(
      `INSERT INTO sessions (status, archived, parent, updated, unfinished, record, key, user, id) VALUES (?,?,?,?,?,?,?,?,?)`,
      ...fields,
      unfinished,
      JSON.stringify(record),
      key,
      user,
      session.id,
    );
    sql.run('INSERT INTO taken VALUES (?, ?)', user, session.id);
  },

  removeSession(record, answersUntil) {
    sql.run('DELETE FROM sessions WHERE key = ?', record.key);
    for (const table of ['events', 'marks', 'queue', 'owed', 'texts', 'words']) {
      sql.run(`DELETE FROM ${table} WHERE session = ?`, record.key);
    }
    sql.run(
      'UPDATE answers INDEXED BY answers_by_session SET until = ? WHERE user = ? AND session = ? AND until IS NULL',
      answersUntil,
      record.user,
      record.session.id,
    );
  },

  taken: (user, id) => sql.one('SELECT 1 AS yes FROM taken WHERE user = ? AND id = ?', user, id) !== undefined,

  unfinished: () =>
    sql
      .all(
        `SELECT record FROM sessions
         WHERE key IN (SELECT key FROM sessions WHERE unfinished UNION SELECT session FROM owed) ORDER BY key`,
      )
      .map((row) => parse(row['record'])),

  children: (user, parent) =>
    sql
      .all('SELECT record FROM sessions WHERE user = ? AND parent = ? ORDER BY key', user, parent)
      .map((row) => parse(row['record'])),

  list(user, query) {
    const found = listSql(user, query, rareWord(sql, user, query));
    if (!found) return [];
    return sql.all(found.sql, ...found.values).map((row) => parse<SessionRecord>(row['record']).session);
  },

  index(key, source, words) {
    if (source === 'title') sql.run(`DELETE FROM words WHERE session = ? AND source = 'title'`, key);
    for (const word of words) {
      sql.run(
        `INSERT OR IGNORE INTO words (session, word, source, user) SELECT key, ?, ?, user FROM sessions WHERE key = ?`,
        word,
        source,
        key,
      );
    }
  },
});

/**
 * The word of a query by which its sessions are found faster than in the order of time. Of `all` sessions the page of a word
 * that `count` of them hold is full after `all × limit / count`, if they lie evenly; through the word all `count` are read and
 * sorted. The keys of sessions are counted up, so the highest is how many there are at most.
 */
function rareWord(sql: Statements, user: string, {words = [], limit}: ListQuery): string | undefined {
  if (words.length === 0) return undefined;
  const all = Number(sql.one('SELECT coalesce(max(key), 0) AS key FROM sessions')?.['key']);
  let most = Math.ceil(Math.sqrt(all * limit));
  let rare: string | undefined;
  for (const word of words) {
    const {sql: text, values} = countSql(user, word, most);
    const count = Number(sql.one(text, ...values)?.['count']);
    if (count >= most) continue;
    most = count;
    rare = word;
    if (count === 0) break;
  }
  return rare;
}
