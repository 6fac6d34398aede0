/** A server that starts sessions without end, and says on its output what it has acknowledged: to be killed by a test. */
import {writeSync} from 'node:fs';
import {randomUUID} from 'node:crypto';
import {createHub} from '../core/hub.ts';
import {openSqlite} from './sqlite.ts';

const [, , file = ''] = process.argv;
const hub = createHub({
  clock: {now: () => Date.now(), timer: () => () => undefined},
  makeId: randomUUID,
  storage: openSqlite(file),
  authenticate: () => 'anonymous',
  log: () => undefined,
  agents: [
    {
      id: 'echo',
      title: 'Echo',
      run: async function* () {
        yield {type: 'text', text: 'Hello'};
      },
    },
  ],
  limits: {commandBurst: 1e9, frameBurst: 1e9},
  maxTurns: 8,
});
const sessions = new Map<string, string>();
const client = hub.connect({
  send: (text) => {
    const data = JSON.parse(text) as {type: string; command?: string};
    const {command = ''} = data;
    if (data.type === 'ack') writeSync(1, `${JSON.stringify({command, session: sessions.get(command)})}\n`);
  },
  ping: () => undefined,
  buffered: () => 0,
  close: () => undefined,
});
client.receive(JSON.stringify({type: 'hello', client: randomUUID(), channels: []}));
const next = (): void => {
  const id = randomUUID();
  const session = randomUUID();
  sessions.set(id, session);
  client.receive(JSON.stringify({type: 'command', op: 'start', id, session, text: 'Hello'}));
  setImmediate(next);
};
next();
