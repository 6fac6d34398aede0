import {randomUUID} from 'node:crypto';
import {mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import Database from 'libsql';
import {StorageError} from './errors.ts';
import {logBytes, refuseFile} from './file-check.ts';
import {APPLICATION_ID, MIGRATIONS, SCHEMA, SCHEMA_VERSION} from './schema.ts';

export type Db = Database.Database;

/** The inner pages of the indexes of 100,000 sessions; it is only taken where there is so much to hold. */
const CACHE_KIB = 64 * 1024;

const pragma = (db: Db, name: string): number => {
  const [row] = db.pragma(name) as Record<string, unknown>[];
  return Number(row?.[name]);
};

/** Everything that can be refused is checked before the first write. */
function check(db: Db, file: string): 'ours' | 'empty' {
  const application = pragma(db, 'application_id');
  if (application === 0) {
    const row = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {tables: number};
    if (row.tables === 0) return 'empty';
  }
  if (application !== APPLICATION_ID) throw new StorageError('not-ours', `${file} is the database of another program.`);
  const version = pragma(db, 'user_version');
  if (version > SCHEMA_VERSION) {
    throw new StorageError(
      'newer',
      `${file} was written by a newer version of this server (${version}, this one knows ${SCHEMA_VERSION}).`,
    );
  }
  return 'ours';
}

/** In the file itself while the log beside it holds what was acknowledged. */
const LOGGED = 'logged';

/** A log that was begun and is gone took with it what was acknowledged last: better no server than one that has forgotten. */
function refuseWithoutLog(db: Db, file: string): void {
  const row = db.prepare('SELECT 1 AS yes FROM meta WHERE name = ?').get(LOGGED);
  if (!row) return;
  throw new StorageError(
    'incomplete',
    `${file} was in use when its server ended, and its log ${file}-wal is gone: put it back, or start with --new-epoch.`,
  );
}

/** From now on something is in the log, and the file itself says so. */
function beginLog(db: Db): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('BEGIN EXCLUSIVE');
  db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(LOGGED, 'yes');
  db.exec('COMMIT');
  db.pragma('wal_checkpoint(PASSIVE)');
}

/** All steps or none: whoever is killed at it finds the database as it was. */
function migrate(db: Db): void {
  const version = pragma(db, 'user_version');
  if (version === SCHEMA_VERSION) return;
  db.exec('BEGIN EXCLUSIVE');
  for (const step of MIGRATIONS.slice(version - 1)) db.exec(step);
  db.pragma(`user_version = ${SCHEMA_VERSION}`);
  db.exec('COMMIT');
}

function prepare(db: Db, file: string, logged: number, newEpoch: boolean): void {
  // Held for the life of the process and gone with it, however it ends; the first read takes it.
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('busy_timeout = 0');
  if (check(db, file) === 'empty') {
    // Created in the rollback journal, so that from its first moment the file itself says whose it is.
    db.exec('BEGIN EXCLUSIVE');
    db.exec(SCHEMA);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
    db.exec(`INSERT INTO meta VALUES ('epoch', '${randomUUID()}')`);
    db.exec('COMMIT');
  } else {
    if (logged === 0 && !newEpoch) refuseWithoutLog(db, file);
    migrate(db);
  }
  beginLog(db);
  db.pragma(`cache_size = -${CACHE_KIB}`);
}

/** Opens or creates the database; throws a `StorageError` if it must not be touched. `newEpoch`: it is known to be a backup. */
export function openDatabase(file: string, newEpoch: boolean): Db {
  refuseFile(file);
  const logged = logBytes(file);
  // What is in it was said in confidence.
  mkdirSync(dirname(file), {recursive: true, mode: 0o700});
  let db: Db | undefined;
  try {
    db = new Database(file, {timeout: 0});
    prepare(db, file, logged, newEpoch);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof StorageError) throw error;
    const code = (error as {code?: string}).code ?? '';
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
      throw new StorageError('in-use', `${file} is in use by another server.`, {cause: error});
    }
    throw new StorageError('unreadable', `${file} cannot be opened: ${(error as Error).message}`, {cause: error});
  }
}

/**
 * Lets go of the file. libsql keeps a closed connection until its statements are collected, and with it the lock; so the lock
 * is given back first, which a WAL that was opened exclusively allows only when it is left.
 */
export function closeDatabase(db: Db): void {
  db.prepare('DELETE FROM meta WHERE name = ?').run(LOGGED);
  db.pragma('journal_mode = DELETE');
  db.pragma('locking_mode = NORMAL');
  db.prepare('SELECT count(*) FROM meta').get();
  db.close();
}

/** A new name for the store: what clients know of its numbers counts no more. */
export function renewEpoch(db: Db): void {
  db.prepare(`UPDATE meta SET value = ? WHERE name = 'epoch'`).run(randomUUID());
}
