import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {WebSocket} from 'ws';
import {RawPage} from './page.ts';
import {folder, startServer, type ServerProcess} from './process.ts';

const serve = (t: TestContext, args: string[] = []): Promise<ServerProcess> =>
  startServer(t, ['--data', folder(t), ...args]);

const statusFor = (port: number, host: string, path = '/'): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({host: '127.0.0.1', port, path, headers: {host}}, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

/** The status that an upgrade is answered with: 101 if it succeeds. */
const upgradeFor = (t: TestContext, port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`, 'session-sync.v1', {headers: {host}});
    t.after(() => socket.terminate());
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('error', reject);
  });

test('a request must be meant for this server', async (t) => {
  const {port} = await serve(t, ['--origin', 'https://demo.example']);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'demo.example']) {
    assert.notEqual(await statusFor(port, host), 421, host);
    assert.equal(await upgradeFor(t, port, host), 101, host);
  }
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
    assert.equal(await statusFor(port, host), 421, host);
    assert.equal(await statusFor(port, host, '/sync'), 421, host);
    assert.equal(await upgradeFor(t, port, host), 421, host);
  }
});

test('a page must come from a place that the operator named', async (t) => {
  const {url, port} = await serve(t, ['--origin', 'https://demo.example']);
  for (const origin of [undefined, `http://127.0.0.1:${port}`, `http://localhost:${port}`, 'https://demo.example'])
    await RawPage.open(t, url, origin === undefined ? {} : {origin});
  for (const origin of ['null', 'https://evil.example', 'http://demo.example', `http://127.0.0.1:${port + 1}`]) {
    const page = new RawPage(t, url, origin);
    assert.equal((await page.closed).code, 4403, origin);
    assert.deepEqual(page.frames, [], origin);
  }
});

test('with tokens only with one of them', async (t) => {
  const file = join(folder(t, 'tokens'), 'tokens');
  writeFileSync(file, 'two===ben\n');
  const {url, stderr} = await startServer(t, ['--data', folder(t), '--token', 'one=ann', '--token-file', file], {
    env: {SESSION_TOKENS: 'three=eve'},
  });
  for (const [token, user] of [
    ['one', 'ann'],
    ['two==', 'ben'],
    ['three', 'eve'],
  ] as const) {
    const page = await RawPage.open(t, url, {token});
    assert.equal((page.frames[0]?.['user'] as {id: string}).id, user);
  }
  for (const token of [undefined, '', 'on', 'one=ann', 'ann']) {
    const page = new RawPage(t, url);
    await once(page.socket, 'open');
    page.send({type: 'hello', client: randomUUID(), ...(token !== undefined && {token}), channels: []});
    assert.equal((await page.closed).code, 4401, token);
    assert.ok(!page.frames.some(({type}) => type === 'welcome'));
  }
  assert.doesNotMatch(stderr(), /two==|three/);
});

test('without tokens everybody who is let in is nobody in particular', async (t) => {
  const {url} = await serve(t);
  const page = await RawPage.open(t, url, {token: 'whatever'});
  assert.equal(page.frames[0]?.['user'], undefined);
});

test('what cannot be read closes with 4400 and a reason', async (t) => {
  const {url} = await serve(t);
  const frames: (string | Buffer)[] = [
    'no json',
    '[]',
    '{"type":"command"}',
    Buffer.from('{}'),
    'x'.repeat(256 * 1024 + 1),
  ];
  for (const frame of frames) {
    const page = await RawPage.open(t, url);
    page.socket.send(frame);
    const {code, reason} = await page.closed;
    assert.equal(code, 4400, String(frame).slice(0, 20));
    assert.notEqual(reason, '');
  }
  // And the server is still there.
  await RawPage.open(t, url);
});

test('the client speaks first', async (t) => {
  const {url} = await serve(t);
  const page = new RawPage(t, url);
  await once(page.socket, 'open');
  page.send({type: 'ping', t: 1});
  assert.equal((await page.closed).code, 4400);
});

test('a user sees the own sessions only', async (t) => {
  const {url} = await serve(t, ['--token', 'one=ann', '--token', 'other=ann', '--token', 'two=ben']);
  const list = {channels: [{channel: 'sessions'}]};
  const ann = await RawPage.open(t, url, {token: 'one', ...list});
  const ben = await RawPage.open(t, url, {token: 'two', ...list});
  const {session} = await ann.ask('/echo mine');

  // Another token of the same user sees it.
  const also = await RawPage.open(t, url, {token: 'other', ...list});
  const snapshot = await also.until(({type, channel}) => type === 'snapshot' && channel === 'sessions');
  assert.deepEqual(
    (snapshot['state'] as {sessions: {id: string}[]}).sessions.map(({id}) => id),
    [session],
  );

  // For another user it does not exist, whatever is asked.
  const stranger = randomUUID();
  ben.send({type: 'subscribe', channel: `session:${session}`});
  const error = await ben.until(({type, channel}) => type === 'error' && channel === `session:${session}`);
  assert.equal(error['code'], 'not-found');
  for (const [op, fields] of [
    ['send', {text: '/echo yours'}],
    ['rename', {title: 'yours'}],
    ['delete', {}],
  ] as const) {
    const mine = await ben.command(op, session, fields);
    const none = await ben.command(op, stranger, fields);
    assert.deepEqual([mine.type, mine['code'], mine['message']], [none.type, none['code'], none['message']], op);
    assert.equal(mine['code'], 'not-found', op);
  }
  assert.equal((await ben.ask('/echo own')).answer, 'own');
  const seen = JSON.stringify(ben.frames.filter((frame) => frame['channel'] === 'sessions'));
  assert.ok(!seen.includes(session));
  assert.deepEqual(answerOf(ann, session), ['mine']);
});

const answerOf = (page: RawPage, session: string): string[] =>
  page.events(session).flatMap((event) => (event.kind === 'message' && event.role === 'agent' ? [event.text] : []));
