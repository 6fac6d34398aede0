import assert from 'node:assert/strict';
import {test} from 'node:test';
import Database from 'libsql';
import type {ListQuery} from '../core/storage.ts';
import {listSql, type Sql} from './list-sql.ts';
import {SCHEMA} from './schema.ts';

const PLACE = {updated: '2026', id: 'a'};

/** What SQLite is going to do, a line a step. */
function planOf({sql, values}: Sql): string[] {
  const db = new Database(':memory:');
  try {
    db.exec(SCHEMA);
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...values]) as {detail: string}[];
    return rows.map(({detail}) => detail);
  } finally {
    db.close();
  }
}

test('a list is read in the order of an index and from its place on, whatever it is narrowed to', () => {
  const queries: Omit<ListQuery, 'limit'>[] = [
    {},
    {archived: true},
    {after: PLACE},
    {othersAfter: PLACE, after: PLACE},
    {status: ['finished', 'failed'], after: PLACE},
    {status: ['finished'], archived: false},
    {parent: 'p', after: PLACE},
    {parent: 'p', status: ['finished', 'failed']},
    {words: ['one', 'two'], after: PLACE},
  ];
  for (const query of queries) {
    const found = listSql('ada', {...query, limit: 200});
    assert.ok(found);
    const plan = planOf(found);
    const what = `${JSON.stringify(query)}\n${plan.join('\n')}`;
    const index = query.parent ? 'sessions_by_parent' : query.status ? 'sessions_by_status' : 'sessions_by_time';
    const reads = plan.filter((step) => step.includes(' s USING'));
    assert.ok(reads.length > 0, what);
    for (const step of reads) {
      assert.ok(step.includes(index), what);
      if (query.after) assert.match(step, /updated<\?/, what);
    }
    assert.ok(!plan.some((step) => step.includes('ORDER BY')), what);
  }
});

test('through a word that few sessions hold, only these are read', () => {
  const found = listSql('ada', {words: ['one', 'two'], status: ['finished'], limit: 200}, 'two');
  assert.ok(found);
  const plan = planOf(found).join('\n');
  assert.match(plan, /words_of_user \(user=\? AND word>\? AND word<\?\)/);
  assert.match(plan, /s USING INTEGER PRIMARY KEY/);
});
