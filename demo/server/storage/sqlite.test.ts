import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import Database from 'libsql';
import {StorageError} from './errors.ts';
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
    later.exec('PRAGMA user_version = 2');
    later.close();
    const before = readFileSync(file);
    assert.throws(() => openSqlite(file), refused('newer'));
    assert.deepEqual(readFileSync(file), before);
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
