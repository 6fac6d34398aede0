import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {DATABASE} from '../../demo/server/server.ts';
import type {Session} from '../../demo/server/core/storage.ts';
import {utf8Bytes} from '../../demo/server/core/text.ts';
import {openSqlite} from '../../demo/server/storage/sqlite.ts';

export interface Conversation {
  readonly session: string;
  /** How many messages it has. */
  readonly messages: number;
}

const LENGTH = 400;
const CODE = '```ts\nexport const total = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0);\n```\n\n';
const PROSE = `What it **finds** is kept until the session ends, see [the notes](https://example.org/notes) and \`load()\`.

- the first thing, with \`code\`
- the second thing, which goes on for a while so that it needs a second line on most screens

`;

/** A message of Markdown with its number, each fifth with code. */
export const textOf = (number: number): string =>
  `${`Message ${number}.\n\n${number % 5 === 0 ? CODE : ''}${PROSE.repeat(3)}`.slice(0, LENGTH - 1)}.`;

/** Writes conversations of so many messages as the server leaves them, a turn for each two; returns the smallest first. */
export function fill(data: string, sizes: readonly number[]): readonly Conversation[] {
  const storage = openSqlite(join(data, DATABASE));
  try {
    return sizes.map((messages) => {
      const session = randomUUID();
      storage.transaction(() => put(storage, session, messages));
      return {session, messages};
    });
  } finally {
    storage.close();
  }
}

function put(storage: ReturnType<typeof openSqlite>, id: string, messages: number): void {
  const key = storage.number();
  const time = new Date(Date.UTC(2026, 0, 1)).toISOString();
  const session: Session = {
    id,
    rev: 2,
    title: `${messages} messages`,
    status: 'finished',
    agent: 'workspace',
    created: time,
    updated: time,
  };
  let seq = 0;
  const append = (event: object): void => {
    const json = JSON.stringify({seq: ++seq, time, event});
    storage.append(key, {seq, json, bytes: utf8Bytes(json)}, undefined);
  };
  for (let number = 1; number < messages; number += 2) {
    const turn = randomUUID();
    append({kind: 'turn-began', turn, origin: 'user'});
    append({kind: 'message', id: randomUUID(), turn, role: 'user', text: textOf(number)});
    append({kind: 'message', id: randomUUID(), turn, role: 'agent', text: textOf(number + 1)});
    append({kind: 'turn-ended', turn, outcome: 'finished'});
  }
  append({kind: 'session-put', session});
  storage.putSession({key, user: '', session, seq, last: 'finished', held: false, seen: seq, notable: seq, depth: 0});
  const event = {kind: 'session-put', session};
  const listSeq = storage.listSeq('') + 1;
  const json = JSON.stringify({seq: listSeq, time, event});
  storage.appendList('', {seq: listSeq, json, bytes: utf8Bytes(json)}, 4_000);
}
