import type {ListQuery} from '../core/storage.ts';

type Value = string | number;

/** The statement that answers a query on the list: newest first, by time and then by id. */
export function listSql(user: string, query: ListQuery): {readonly sql: string; readonly values: readonly Value[]} {
  const where = ['s.user = ?'];
  const values: Value[] = [user];
  const add = (condition: string, ...more: readonly Value[]): void => {
    where.push(condition);
    values.push(...more);
  };
  const behind = '(s.updated < ? OR (s.updated = ? AND s.id > ?))';
  if (query.after) add(behind, query.after.updated, query.after.updated, query.after.id);
  if (query.othersAfter) {
    add(`(s.archived OR ${behind})`, query.othersAfter.updated, query.othersAfter.updated, query.othersAfter.id);
  }
  if (query.status) add(`s.status IN (${query.status.map(() => '?').join(',')})`, ...query.status);
  if (query.archived !== undefined) add('s.archived = ?', query.archived ? 1 : 0);
  if (query.parent !== undefined) add('s.parent = ?', query.parent);
  for (const word of query.words ?? []) {
    // What begins with `word` stands between it and itself followed by the last of all characters.
    add(
      'EXISTS (SELECT 1 FROM words w WHERE w.session = s.key AND w.word >= ? AND w.word < ?)',
      word,
      `${word}\u{10ffff}`,
    );
  }
  values.push(query.limit);
  return {
    sql: `SELECT s.record AS record FROM sessions s WHERE ${where.join(' AND ')} ORDER BY s.updated DESC, s.id LIMIT ?`,
    values,
  };
}
