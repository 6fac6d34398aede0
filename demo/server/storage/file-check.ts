import {closeSync, openSync, readSync, statSync} from 'node:fs';
import {StorageError} from './errors.ts';
import {APPLICATION_ID} from './schema.ts';

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/** Where SQLite's file format keeps what is looked at here. */
const AT = {pageSize: 16, changes: 24, pages: 28, application: 68, countedAt: 92};

const sizeOf = (file: string): number => statSync(file, {throwIfNoEntry: false})?.size ?? 0;

/** Bytes of what was committed beside the database and may not be in it yet. */
export const logBytes = (file: string): number => sizeOf(`${file}-wal`);

/** Looks at the files without SQLite, which would already write to one that is not ours, or throw a part of it away. */
export function refuseFile(file: string): void {
  const size = sizeOf(file);
  if (size === 0) {
    // A database that was never written, unless something is left of it.
    if (logBytes(file) === 0) return;
    throw new StorageError('incomplete', `${file} is empty or missing, but its log ${file}-wal is there: put it back.`);
  }
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, 'r');
  const length = readSync(handle, header, 0, HEADER_BYTES, 0);
  closeSync(handle);
  if (length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new StorageError('not-ours', `${file} is not a database.`);
  }
  const application = header.readUInt32BE(AT.application);
  if (application !== 0 && application !== APPLICATION_ID) {
    throw new StorageError('not-ours', `${file} is the database of another program.`);
  }
  // What is missing may be in a log or a journal, from which SQLite puts it back.
  if (logBytes(file) > 0 || sizeOf(`${file}-journal`) > 0) return;
  const pageSize = header.readUInt16BE(AT.pageSize);
  const isCounted = header.readUInt32BE(AT.changes) === header.readUInt32BE(AT.countedAt);
  if (isCounted && size < header.readUInt32BE(AT.pages) * (pageSize === 1 ? 65_536 : pageSize)) {
    throw new StorageError('incomplete', `${file} has been cut short: restore it from a backup.`);
  }
}
