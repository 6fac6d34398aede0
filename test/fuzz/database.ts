import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createHub} from '../../demo/server/core/hub.ts';
import type {Storage} from '../../demo/server/core/storage.ts';
import {StorageError} from '../../demo/server/storage/errors.ts';
import {openSqlite} from '../../demo/server/storage/sqlite.ts';
import {mustHold, Wrong, type Round, type Tally, type Target} from './hunt.ts';
import {Luck} from './luck.ts';

const NAME = 'sessions.sqlite';
/** Bytes, before the first 8 that are spoilt end behind the magic words. */
const HEAD = 16;
/** Of the main file, and how far the log of the database had come when it was told. */
interface Acked {
  readonly session: string;
  readonly command: string;
  readonly logBytes: number;
}

interface Template {
  readonly folder: string;
  /** In the order in which they were acknowledged, since the log of the database began anew. */
  readonly acked: readonly Acked[];
}

export type Harm =
  | {readonly do: 'nothing'}
  /** What a kill or a power cut leaves: the log ends somewhere. */
  | {readonly do: 'cut log' | 'spoil log' | 'cut main' | 'spoil main'; readonly at: number}
  | {
      readonly do:
        'lose log' | 'empty log' | 'empty main' | 'other program' | 'newer' | 'no database' | 'stray journal';
    };

export interface DatabaseDeed {
  readonly from: 'killed' | 'closed';
  readonly harm: Harm;
}

export type Open = typeof openSqlite;

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A server obeys, and its files are copied while it runs and after it has ended. */
function makeTemplates(): Readonly<Record<DatabaseDeed['from'], Template>> {
  const live = mkdtempSync(join(tmpdir(), 'fuzz-live-'));
  const file = join(live, NAME);
  const storage = openSqlite(file);
  const acked: Acked[] = [];
  const {client, hub} = serve(storage, (command) => {
    acked.push({command, session: uuid(Number(command.slice(-6)) + 1), logBytes: statSync(`${file}-wal`).size});
  });
  // Beyond the first checkpoint, so that there is something in the main file, and old frames in the log.
  for (let n = 0; n < 240; n += 2) {
    const text = n < 200 ? 'much '.repeat(4_000) : 'a few words';
    client.receive(JSON.stringify({type: 'command', op: 'start', id: uuid(n), session: uuid(n + 1), text}));
  }
  const copyOf = (kind: string): string => {
    const folder = mkdtempSync(join(tmpdir(), `fuzz-${kind}-`));
    for (const name of readdirSync(live)) copyFileSync(join(live, name), join(folder, name));
    return folder;
  };
  const killed = {folder: copyOf('killed'), acked: [...acked]};
  void hub.shutdown();
  storage.close();
  const closed = {folder: copyOf('closed'), acked: [...acked]};
  rmSync(live, {recursive: true});
  return {killed, closed};
}

function serve(storage: Storage, acked: (command: string) => void) {
  const faults: string[] = [];
  const hub = createHub({
    clock: {now: () => 1_800_000_000_000, timer: () => () => undefined},
    makeId: (
      (made) => () =>
        `id-${(made += 1)}`
    )(0),
    storage,
    authenticate: () => 'anonymous',
    log: (level, event, fields) => void (level === 'error' && faults.push(`${event} ${JSON.stringify(fields)}`)),
    agents: [{id: 'silent', title: 'Silent', run: async function* () {}}],
    limits: {commandBurst: 1e9, frameBurst: 1e9},
  });
  const client = hub.connect({
    send: (text) => {
      const {type, command = ''} = JSON.parse(text) as {type: string; command?: string};
      if (type === 'ack') acked(command);
    },
    ping: () => undefined,
    buffered: () => 0,
    close: () => undefined,
  });
  client.receive(JSON.stringify({type: 'hello', client: 'template', channels: []}));
  return {client, hub, faults};
}

let templates: ReturnType<typeof makeTemplates> | undefined;

class DatabaseRound implements Round<DatabaseDeed> {
  readonly #luck: Luck;
  readonly #tally: Tally;
  readonly #open: Open;

  constructor(seed: number, tally: Tally, open: Open) {
    this.#luck = new Luck(seed);
    this.#tally = tally;
    this.#open = open;
  }

  next(): DatabaseDeed {
    const luck = this.#luck;
    const from = luck.percent(75) ? 'killed' : 'closed';
    const at = luck.next();
    const harm = luck.pick<Harm>([
      {do: 'nothing'},
      ...(['cut log', 'cut log', 'cut log', 'spoil log', 'spoil log', 'cut main', 'spoil main'] as const).map(
        (name) => ({do: name, at}),
      ),
      ...(
        ['lose log', 'empty log', 'empty main', 'other program', 'newer', 'no database', 'stray journal'] as const
      ).map((name) => ({do: name})),
    ]);
    return {from, harm};
  }

  act({from, harm}: DatabaseDeed): void {
    // A log that is there may hold what a file lacks, and SQLite only finds out when it reads it.
    if (from === 'killed' && harm.do === 'cut main') return;
    templates ??= makeTemplates();
    const template = templates[from];
    const folder = mkdtempSync(join(tmpdir(), 'fuzz-db-'));
    try {
      for (const name of readdirSync(template.folder)) copyFileSync(join(template.folder, name), join(folder, name));
      const file = join(folder, NAME);
      const kept = strike(file, template, harm);
      const before = filesIn(folder);
      let storage: Storage;
      try {
        storage = this.#open(file);
      } catch (error) {
        if (!(error instanceof StorageError))
          throw new Wrong('a database is opened, or refused with a sentence', `${describe(harm)}: ${String(error)}`);
        this.#tally.count(`${from}, ${harm.do}: refused`);
        mustHold(
          'a refusal names the file',
          error.message.includes(file) && !error.message.includes('\n'),
          () => error.message,
        );
        mustHold(
          'what is not harmed is not refused',
          kept === undefined || kept.length === 0,
          () => `${describe(harm)}: ${error.message}`,
        );
        const after = filesIn(folder);
        const same = [...before].every(([name, bytes]) => after.get(name)?.equals(bytes));
        return mustHold(
          'a database that is refused is left as it is',
          same,
          () =>
            `${describe(harm)}: ${[...before].map(([n, b]) => `${n} ${b.length}`).join()} → ${[...after].map(([n, b]) => `${n} ${b.length}`).join()}`,
        );
      }
      try {
        this.#judge(storage, template, from, harm, kept);
      } finally {
        storage.close();
      }
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  }

  /** `kept`: what must be there; undefined: either everything, or a refusal. */
  #judge(storage: Storage, {acked}: Template, from: string, harm: Harm, kept: readonly Acked[] | undefined): void {
    const there = acked.map((one) => isThere(storage, one));
    const count = there.filter(Boolean).length;
    this.#tally.count(`${from}, ${harm.do}: opened, ${count === acked.length ? 'all is there' : 'some is there'}`);
    const firstGone = there.indexOf(false);
    const isPrefix = firstGone < 0 || there.slice(firstGone).every((is) => !is);
    mustHold(
      'what is there is what was told first',
      isPrefix,
      () => `${describe(harm)}: ${there.map(Number).join('')}`,
    );
    const must = kept ?? acked;
    mustHold(
      'what was acknowledged is there',
      count >= must.length,
      () => `${describe(harm)}: ${count} of ${must.length}`,
    );
    const {faults, client} = serve(storage, () => undefined);
    client.receive(JSON.stringify({type: 'subscribe', channel: 'sessions'}));
    mustHold('a database that was opened is of use', faults.length === 0, () => `${describe(harm)}: ${faults.join()}`);
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

const describe = (harm: Harm): string => JSON.stringify(harm);

const filesIn = (folder: string): Map<string, Buffer> =>
  // SQLite keeps nothing in the shared memory that the log does not say.
  new Map(
    readdirSync(folder)
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );

/** Whole: the session, its log from the first entry on, and the answer. */
function isThere(storage: Storage, {session, command}: Acked): boolean {
  const record = storage.session('', session);
  const answer = storage.answer('', command);
  mustHold('a session and the answer that told of it are there together', !record === !answer, () => session);
  if (!record || !answer) return false;
  const entries = storage.entries(record.key, 1, record.seq);
  const whole =
    entries.length === record.seq && entries.every(({json, seq}) => (JSON.parse(json) as {seq: number}).seq === seq);
  mustHold('a log has no holes', whole, () => `${entries.length} of ${record.seq} in ${session}`);
  return (JSON.parse(answer.json) as {type: string}).type === 'ack';
}

/** Does it; returns what must still be there (nothing: whatever comes before the harm), or undefined where a refusal is as good. */
function strike(file: string, {acked}: Template, harm: Harm): readonly Acked[] | undefined {
  const log = `${file}-wal`;
  const hasLog = existsSync(log);
  const place = (name: string): number => ('at' in harm ? Math.floor(harm.at * statSync(name).size) : 0);
  // Sizes only grow within one log, so those before the last time that it began anew do not count.
  const before = (bytes: number): readonly Acked[] =>
    acked.slice(0, acked.findLastIndex(({logBytes}, at) => logBytes <= bytes && isOfLastLog(acked, at)) + 1);
  switch (harm.do) {
    case 'nothing':
      return acked;
    case 'cut log':
    case 'spoil log': {
      if (!hasLog) return acked;
      const at = place(log);
      if (harm.do === 'cut log') truncateSync(log, at);
      else spoil(log, at);
      return before(at);
    }
    case 'lose log':
    case 'empty log':
      if (!hasLog) return acked;
      if (harm.do === 'lose log') rmSync(log);
      else truncateSync(log, 0);
      return undefined;
    case 'cut main':
      truncateSync(file, place(file));
      return undefined;
    case 'spoil main':
      // Its head only: SQLite has no sums over what is in it, and cannot know that a letter is another.
      spoil(file, Math.floor(harm.at * HEAD));
      return undefined;
    case 'empty main':
      truncateSync(file, 0);
      // Without a log it is like one that was never written.
      return hasLog ? undefined : [];
    case 'other program':
      writeFileSync(file, readFileSync(file).fill(7, 68, 72));
      return [];
    case 'newer':
      writeFileSync(file, readFileSync(file).fill(9, 60, 64));
      return [];
    case 'no database':
      writeFileSync(
        file,
        'not a database at all, but long enough to be taken for one by whoever looks at the length only',
      );
      return [];
    case 'stray journal':
      writeFileSync(`${file}-journal`, 'garbage'.repeat(100));
      return acked;
  }
}

const isOfLastLog = (acked: readonly Acked[], at: number): boolean =>
  acked.slice(at).every(({logBytes}, more, rest) => more === 0 || logBytes >= (rest[more - 1]?.logBytes ?? 0));

function spoil(file: string, at: number): void {
  const bytes = readFileSync(file);
  for (let offset = at; offset < Math.min(at + 8, bytes.length); offset += 1)
    bytes[offset] = (bytes[offset] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}

/** The files of the server's database, as a kill, a power cut, another program or a clumsy hand left them. */
export const database = (open: Open = openSqlite): Target<DatabaseDeed> => ({
  name: 'database',
  deeds: 40,
  begin: (seed, tally) => new DatabaseRound(seed, tally, open),
});
