import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {DATABASE} from '../../demo/server/server.ts';
import type {Session, Storage} from '../../demo/server/core/storage.ts';
import {utf8Bytes} from '../../demo/server/core/text.ts';
import {wordsOf} from '../../demo/server/core/words.ts';
import {openSqlite} from '../../demo/server/storage/sqlite.ts';

/** What a filled database is asked for. */
export interface Filled {
  readonly sessions: number;
  /** A session with so many events that the last 100 are a small part. */
  readonly long: string;
  readonly longSeq: number;
}

/** In exactly this many sessions, whatever their number. */
export const NEEDLES = 10;
const LONG_EVENTS = 500;
const VOCABULARY = 3_000;
const BATCH = 1_000;

/** The same numbers in every run. */
function* numbers(): Generator<number> {
  let state = 1;
  for (;;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    yield state >>> 8;
  }
}

/**
 * Writes sessions as the server leaves them after one turn each, the way it writes them: the storage is its own, only many
 * are put into one transaction.
 */
export function fill(data: string, sessions: number): Filled {
  const storage = openSqlite(join(data, DATABASE));
  const random = numbers();
  const word = (): string => {
    // Some words are frequent and most are rare, as in any language.
    const share = random.next().value % VOCABULARY;
    return `word${Math.floor((share * share) / VOCABULARY).toString(36)}`;
  };
  const step = Math.floor(sessions / NEEDLES);
  const long = randomUUID();
  try {
    for (let from = 0; from < sessions; from += BATCH) {
      storage.transaction(() => {
        for (let i = from; i < Math.min(sessions, from + BATCH); i += 1) {
          const text = `common ${Array.from({length: 8}, word).join(' ')}${i % step === 0 ? ' needle' : ''}`;
          const id = i === Math.floor(sessions / 2) ? long : randomUUID();
          put(storage, id, i, text, id === long ? LONG_EVENTS : 0);
        }
      });
    }
  } finally {
    storage.close();
  }
  return {sessions, long, longSeq: LONG_EVENTS + 6};
}

function put(storage: Storage, id: string, i: number, text: string, more: number): void {
  const key = storage.number();
  const turn = randomUUID();
  const command = randomUUID();
  const time = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
  const outcome = i % 20 === 7 ? 'failed' : i % 20 === 13 ? 'stopped' : 'finished';
  const answer = `The answer to number ${i}.`;
  const session: Session = {
    id,
    rev: 2,
    title: `Session ${i}`,
    status: outcome,
    agent: 'workspace',
    unread: true,
    created: time,
    updated: time,
    preview: answer,
    ...(i % 25 === 3 && {archived: true}),
  };
  const log: object[] = [
    {kind: 'turn-began', turn, origin: 'user'},
    {kind: 'message', id: randomUUID(), turn, role: 'user', text},
    {kind: 'session-put', session: {...session, rev: 1, status: 'running', turn}},
    ...Array.from({length: more}, (_, n) => ({kind: 'notice', id: `n${n}`, turn, level: 'info', text: `Step ${n}`})),
    {kind: 'message', id: randomUUID(), turn, role: 'agent', text: answer},
    {kind: 'turn-ended', turn, outcome},
    {kind: 'session-put', session},
  ];
  storage.putSession({
    key,
    user: '',
    session,
    seq: log.length,
    last: outcome,
    held: outcome !== 'finished',
    seen: 0,
    notable: log.length - 1,
    depth: 0,
  });
  for (const [at, event] of log.entries()) {
    const seq = at + 1;
    const json = JSON.stringify({seq, time, command, event});
    storage.append(key, {seq, json, bytes: utf8Bytes(json)}, undefined);
  }
  const seq = storage.listSeq('') + 1;
  const json = JSON.stringify({seq, time, command, event: {kind: 'session-put', session}});
  storage.appendList('', {seq, json, bytes: utf8Bytes(json)}, 4_000);
  storage.index(key, 'title', wordsOf(session.title));
  storage.index(key, 'messages', wordsOf(`${text} ${answer}`));
  const ack = JSON.stringify({type: 'ack', command, seq: 2, rev: 1});
  storage.putAnswer('', command, {session: id, epoch: storage.epoch, json: ack});
}
