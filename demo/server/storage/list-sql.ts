import type {ListQuery, Place} from '../core/storage.ts';

type Value = string | number;

export interface Sql {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** The first text behind all that begin with `word`, in the order of SQLite, which is that of the code points. */
export function behindAll(word: string): string {
  const points = Array.from(word, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  // Nothing is behind what begins with the last of all characters but a text of more of them than a word has.
  if (last === undefined) return '\u{10ffff}'.repeat(200);
  // Surrogates are no characters: what follows the last one before them comes after them.
  points.push(last >= 0xd7ff && last < 0xdfff ? 0xe000 : last + 1);
  return String.fromCodePoint(...points);
}

/** How many times a user's sessions hold words that begin so, counted up to a bound. */
export const countSql = (user: string, word: string, most: number): Sql => ({
  sql: 'SELECT count(*) AS count FROM (SELECT 1 FROM words WHERE user = ? AND word >= ? AND word < ? LIMIT ?)',
  values: [user, word, behindAll(word), most],
});

/**
 * The statement that answers a query on the list, newest first, by time and then by id; undefined if nothing can match. It
 * goes through the sessions in their order, or through those that hold `through`, one of the words, where they are few.
 */
export function listSql(user: string, query: ListQuery, through?: string): Sql | undefined {
  const {status, archived} = query;
  const parts: Sql[] = [];
  for (const one of status ? new Set(status) : [undefined]) {
    for (const put of archived === undefined ? [false, true] : [archived]) {
      parts.push(part(user, query, {status: one, archived: put}, through));
    }
  }
  if (parts.length === 0) return undefined;
  // Each part is in order by its index; they are merged, and read only as far as is asked for.
  const all = parts.map(({sql}) => sql).join(' UNION ALL ');
  return {
    sql: `${all} ORDER BY updated DESC, id LIMIT ?`,
    values: [...parts.flatMap(({values}) => values), query.limit],
  };
}

/** Sessions of one status, archived or not. */
function part(
  user: string,
  query: ListQuery,
  only: {readonly status: string | undefined; readonly archived: boolean},
  through: string | undefined,
): Sql {
  const values: Value[] = [];
  const where: string[] = [];
  const add = (condition: string, ...more: readonly Value[]): void => {
    where.push(condition);
    values.push(...more);
  };
  // The first bound is what the index is entered by.
  const behind = ({updated, id}: Place): void =>
    add('s.updated <= ? AND (s.updated < ? OR s.id > ?)', updated, updated, id);
  let from = 'sessions s';
  if (through !== undefined) {
    // A cross join keeps its order: first the words, then the sessions that hold them.
    from =
      '(SELECT DISTINCT session FROM words WHERE user = ? AND word >= ? AND word < ?) f CROSS JOIN sessions s ON s.key = f.session';
    values.push(user, through, behindAll(through));
  }
  add('s.user = ?', user);
  add('s.archived = ?', only.archived ? 1 : 0);
  if (query.parent !== undefined) add('s.parent = ?', query.parent);
  // A session has few children: they are found by their parent and not (the plus says so) by their status.
  if (only.status !== undefined) add(`${query.parent === undefined ? '' : '+'}s.status = ?`, only.status);
  if (query.after) behind(query.after);
  if (query.othersAfter && !only.archived) behind(query.othersAfter);
  for (const word of query.words ?? []) {
    if (word === through) continue;
    add('EXISTS (SELECT 1 FROM words w WHERE w.session = s.key AND w.word >= ? AND w.word < ?)', word, behindAll(word));
  }
  return {
    sql: `SELECT s.record AS record, s.updated AS updated, s.id AS id FROM ${from} WHERE ${where.join(' AND ')}`,
    values,
  };
}
