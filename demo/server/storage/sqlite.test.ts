import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {copyFileSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import Database from 'libsql';
import {StorageError} from './errors.ts';
import {SCHEMA_VERSION} from './schema.ts';
import {openSqlite} from './sqlite.ts';
import {withFolder} from './testkit.ts';

const refused = (code: StorageError['code']) => (error: unknown) =>
  error instanceof StorageError && error.code === code;

test('a file that is no database is refused unharmed', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    for (const content of ['hello', 'x'.repeat(10_000)]) {
      writeFileSync(file, content);
      assert.throws(() => openSqlite(file), refused('not-ours'));
      assert.equal(readFileSync(file, 'utf8'), content);
    }
  }));

test('the database of another program is refused unharmed', () =>
  withFolder((folder) => {
    for (const [name, sql] of [
      ['named.db', 'PRAGMA application_id = 7; CREATE TABLE t (a)'],
      ['nameless.db', 'CREATE TABLE t (a)'],
    ] as const) {
      const file = join(folder, name);
      const other = new Database(file);
      other.exec(sql);
      other.close();
      const before = readFileSync(file);
      assert.throws(() => openSqlite(file), refused('not-ours'));
      assert.deepEqual(readFileSync(file), before);
    }
  }));

test('a newer database is refused unharmed', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    openSqlite(file).close();
    const later = new Database(file);
    later.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    later.close();
    const before = readFileSync(file);
    assert.throws(() => openSqlite(file), refused('newer'));
    assert.deepEqual(readFileSync(file), before);
  }));

/** What SQLite says of how a database is built, in an order of its own. */
const builtOf = (file: string): {version: unknown; parts: unknown} => {
  const db = new Database(file);
  try {
    const parts = db.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name`);
    const columns = db.prepare(
      `SELECT t.name AS tbl, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' ORDER BY t.name, c.cid`,
    );
    return {version: db.pragma('user_version'), parts: [...parts.all(), ...columns.all()]};
  } finally {
    db.close();
  }
};

test('a database of version 1 is brought up to date with all that is in it', () =>
  withFolder((folder) => {
    const file = join(folder, 'old.db');
    const old = new Database(file);
    old.exec(readFileSync(join(import.meta.dirname, 'fixtures/version-1.sql'), 'utf8'));
    old.close();
    const storage = openSqlite(file);
    assert.equal(storage.epoch, '770dd167-95c9-4a97-a8b3-e184be4b79be');
    const found = (user: string, word: string): string[] =>
      storage.list(user, {limit: 9, words: [word]}).map(({title}) => title);
    assert.deepEqual(found('ada', 'øre'), ['rename the parser', 'Straße nach Süden']);
    assert.deepEqual(found('ada', 'süd'), ['Straße nach Süden']);
    assert.deepEqual(found('bob', 'rename'), ['rename nothing']);
    assert.deepEqual(found('bob', 'parser'), []);
    const [session] = storage.list('ada', {limit: 1, status: ['finished'], archived: false});
    const record = session && storage.session('ada', session.id);
    assert.ok(record);
    assert.equal(storage.entries(record.key, 1, 99).length, record.seq);
    storage.close();
    const fresh = join(folder, 'fresh.db');
    openSqlite(fresh).close();
    assert.deepEqual(builtOf(file), builtOf(fresh));
  }));

test('a newer database that was not closed is refused unharmed', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    const killed = join(folder, 'b.db');
    const storage = openSqlite(file);
    storage.transaction(() => storage.number());
    for (const end of ['', '-wal']) copyFileSync(file + end, killed + end);
    storage.close();
    writeFileSync(killed, readFileSync(killed).fill(9, 60, 64));
    const files = (): Buffer[] => ['', '-wal'].map((end) => readFileSync(killed + end));
    const before = files();
    assert.throws(() => openSqlite(killed), refused('newer'));
    assert.deepEqual(files(), before);
  }));

test('a database whose log is gone is refused unharmed, unless it is said to be a backup', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    const storage = openSqlite(file);
    storage.transaction(() => storage.number());
    // A file each: what was refused stays locked in this process for a while.
    const [gone, emptied, backup] = ['gone', 'emptied', 'backup'].map((name) => {
      copyFileSync(file, join(folder, name));
      return join(folder, name);
    }) as [string, string, string];
    storage.close();
    writeFileSync(`${emptied}-wal`, '');
    for (const killed of [gone, emptied]) {
      const before = readFileSync(killed);
      assert.throws(() => openSqlite(killed), refused('incomplete'));
      assert.deepEqual(readFileSync(killed), before);
    }
    openSqlite(backup, {newEpoch: true}).close();
    openSqlite(backup).close();
  }));

test('a database that was cut short is refused unharmed', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    openSqlite(file).close();
    truncateSync(file, 8_000);
    const before = readFileSync(file);
    assert.throws(() => openSqlite(file), refused('incomplete'));
    assert.deepEqual(readFileSync(file), before);
  }));

test('an emptied database beside which a log lies is refused unharmed', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    writeFileSync(file, '');
    writeFileSync(`${file}-wal`, 'x'.repeat(5_000));
    assert.throws(() => openSqlite(file), refused('incomplete'));
    assert.equal(readFileSync(`${file}-wal`).length, 5_000);
  }));

test('a database in use is refused, and can be opened once it is closed', () =>
  withFolder((folder) => {
    const file = join(folder, 'deep', 'a.db');
    const first = openSqlite(file);
    assert.throws(() => openSqlite(file), refused('in-use'));
    first.close();
    first.close();
    const second = openSqlite(file);
    assert.equal(second.epoch, first.epoch);
    second.close();
  }));

test('a new epoch is another name, kept from then on', () =>
  withFolder((folder) => {
    const file = join(folder, 'a.db');
    const first = openSqlite(file);
    first.close();
    const second = openSqlite(file, {newEpoch: true});
    second.close();
    const third = openSqlite(file);
    third.close();
    assert.notEqual(first.epoch, second.epoch);
    assert.equal(second.epoch, third.epoch);
  }));

test('killed at any moment, everything that was acknowledged is there', {timeout: 60_000}, () =>
  withFolder(async (folder) => {
    const file = join(folder, 'a.db');
    const acked = new Map<string, string>();
    for (const lines of [3, 40, 111]) {
      const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'kill-me.ts'), file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let left = lines;
      for await (const line of createInterface({input: child.stdout})) {
        const {session, command} = JSON.parse(line) as {session: string; command: string};
        acked.set(command, session);
        left -= 1;
        if (left === 0) child.kill('SIGKILL');
      }
      const storage = openSqlite(file);
      for (const [command, session] of acked) {
        assert.ok(storage.session('', session), `${session} is there`);
        const answer = storage.answer('', command);
        assert.equal(answer && JSON.parse(answer.json).type, 'ack');
      }
      storage.close();
    }
    assert.ok(acked.size >= 154);
  }),
);
