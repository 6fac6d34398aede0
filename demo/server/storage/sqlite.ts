import type {Storage} from '../core/storage.ts';
import {answerTable} from './answer-table.ts';
import {closeDatabase, openDatabase, renewEpoch} from './database.ts';
import {logTables} from './log-tables.ts';
import {sessionTables} from './session-tables.ts';
import {Statements} from './statements.ts';
import {turnTables} from './turn-tables.ts';

/**
 * Opens the database of a server, or creates it. It belongs to this process until it ends. Throws a `StorageError` if it is
 * in use, not ours, or newer; the file is then as it was.
 */
export function openSqlite(file: string, options: {readonly newEpoch?: boolean} = {}): Storage {
  const db = openDatabase(file, options.newEpoch ?? false);
  if (options.newEpoch) renewEpoch(db);
  const sql = new Statements(db);
  let open = true;
  return {
    epoch: String(sql.one(`SELECT value FROM meta WHERE name = 'epoch'`)?.['value']),

    transaction(run) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = run();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        // A failed COMMIT may have rolled back already.
        if (db.inTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },

    close() {
      if (open) closeDatabase(db);
      open = false;
    },

    number() {
      sql.run(`INSERT INTO meta VALUES ('number', '1') ON CONFLICT DO UPDATE SET value = value + 1`);
      return Number(sql.one(`SELECT value FROM meta WHERE name = 'number'`)?.['value']);
    },

    ...sessionTables(sql),
    ...logTables(sql),
    ...turnTables(sql),
    ...answerTable(sql),
  };
}
