import {copyFileSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Database from 'libsql';
import {DATABASE} from '../../demo/server/server.ts';

/** An entry of a session's log as it lies in the database, read without any of the project's parsers. */
export interface Logged {
  readonly seq: number;
  readonly command?: string;
  readonly event: {readonly kind: string; readonly [field: string]: unknown};
}

export interface KnownSession {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly parent?: string;
  readonly queued?: number;
  readonly unread?: boolean;
  readonly log: readonly Logged[];
  /** What waits, oldest first. */
  readonly queue: readonly {readonly command: string; readonly text: string}[];
}

/** All that the server has stored, the session that was last at work first. */
export type Truth = readonly KnownSession[];

interface Row {
  readonly key: number;
  readonly record: string;
}

/**
 * Reads the database itself. The server holds its lock for life, so a copy of the files is read, as they are on the disk
 * at this moment; SQLite brings it to the last commit.
 */
export function readTruth(data: string): Truth {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'));
  const file = join(folder, DATABASE);
  for (const suffix of ['', '-wal']) {
    if (existsSync(join(data, DATABASE + suffix))) copyFileSync(join(data, DATABASE + suffix), file + suffix);
  }
  const db = new Database(file);
  try {
    const rows = db.prepare('SELECT key, record FROM sessions ORDER BY updated DESC, id').all() as Row[];
    const events = db.prepare('SELECT json FROM events WHERE session = ? ORDER BY seq');
    return rows.map(({key, record}) => {
      const {session} = JSON.parse(record) as {session: Omit<KnownSession, 'log' | 'queue'>};
      const log = (events.all(key) as {json: string}[]).map(({json}) => JSON.parse(json) as Logged);
      return {...session, log, queue: queueOf(log)};
    });
  } finally {
    db.close();
    rmSync(folder, {recursive: true});
  }
}

function queueOf(log: readonly Logged[]): KnownSession['queue'] {
  const queue = new Map<string, string>();
  for (const {event} of log) {
    if (event.kind === 'queued') queue.set(String(event['command']), String(event['text']));
    if (event.kind === 'unqueued') queue.delete(String(event['command']));
  }
  return [...queue].map(([command, text]) => ({command, text}));
}

const AT_REST: ReadonlySet<string> = new Set(['finished', 'stopped', 'failed', 'waiting']);

/** Nothing happens any more until a person does something. */
export const isAtRest = (truth: Truth): boolean => truth.every(({status}) => AT_REST.has(status));

/** Who said it: a person's own words have no author but a person. */
export const isPersons = ({event}: Logged): boolean =>
  event.kind === 'message' &&
  event['role'] === 'user' &&
  ['person', undefined].includes((event['author'] as {kind?: string} | undefined)?.kind);
