import {randomUUID} from 'node:crypto';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import Database from 'libsql';
import {median} from '../kit/numbers.ts';

const COMMITS = 100;

/** Milliseconds of one commit of one row, as durable as the server's: what the disk alone costs. */
export function commitMs(folder: string): number {
  const file = join(folder, `${randomUUID()}.db`);
  const db = new Database(file);
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)');
    const insert = db.prepare('INSERT INTO t (b) VALUES (?)');
    const times = Array.from({length: COMMITS}, (_, i) => {
      const from = performance.now();
      insert.run(`row ${i} ${'x'.repeat(500)}`);
      return performance.now() - from;
    });
    return median(times);
  } finally {
    db.close();
    rmSync(file, {force: true});
  }
}
