import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Storage} from '../core/storage.ts';
import {createMemoryStorage} from './memory.ts';
import {openSqlite} from './sqlite.ts';

/** Runs with a folder that is gone afterwards. */
export async function withFolder(run: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** One test for each storage: what holds on the one holds on the other. */
export function onEachStorage(title: string, run: (storage: Storage) => void | Promise<void>): void {
  test(`${title} (memory)`, () => run(createMemoryStorage()));
  test(`${title} (SQLite)`, () =>
    withFolder(async (folder) => {
      const storage = openSqlite(join(folder, 'sessions.db'));
      try {
        await run(storage);
      } finally {
        storage.close();
      }
    }));
}
