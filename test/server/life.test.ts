import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import Database from 'libsql';
import {answerIn, RawPage, type Frame} from './page.ts';
import {folder, runToEnd, startServer} from './process.ts';

const list = {channels: [{channel: 'sessions'}]};

test('SIGTERM closes every client with 1012 and ends with 0, at work too', async (t) => {
  const data = folder(t);
  const server = await startServer(t, ['--data', data]);
  const pages = await Promise.all([1, 2, 3].map(() => RawPage.open(t, server.url, list)));
  const [page] = pages;
  assert.ok(page);
  const session = await page.start('/stream 1000000 1000');
  await page.until(({type}) => type === 'delta');
  const {code, signal} = await server.kill('SIGTERM');
  assert.deepEqual([code, signal], [0, null]);
  for (const {closed} of pages) assert.equal((await closed).code, 1012);

  const again = await startServer(t, ['--data', data]);
  const events = await (
    await RawPage.open(t, again.url, {channels: [{channel: `session:${session}`}]})
  ).turnsEnded(session);
  const end = events.find(({kind}) => kind === 'turn-ended');
  assert.ok(end?.kind === 'turn-ended');
  assert.deepEqual([end.outcome, end.error?.code], ['failed', 'server-restarted']);
});

test('a client that says nothing and a request that does not end do not hold it up', async (t) => {
  const server = await startServer(t, ['--data', folder(t)]);
  const silent = new RawPage(t, server.url);
  await new Promise((resolve) => silent.socket.once('open', resolve));
  // Deaf to the close, too.
  silent.socket.pause();
  await fetch(server.page);
  assert.equal((await server.kill('SIGTERM')).code, 0);
});

test('killed at any moment, it starts again with everything that it had acknowledged', async (t) => {
  const data = folder(t);
  const first = await startServer(t, ['--data', data]);
  const page = await RawPage.open(t, first.url, list);
  const {session: finished} = await page.ask('/echo before');
  const streaming = await page.start('/stream 1000000 500');
  await page.until(({type, at}) => type === 'delta' && Number(at) > 3000);
  await page.command('send', streaming, {text: '/echo queued'});
  await page.command('rename', finished, {title: 'Renamed'});
  // So many at once that some of them are surely under way when the end comes.
  const asked = Array.from({length: 300}, () => ({id: randomUUID(), session: randomUUID()}));
  for (const {id, session} of asked) page.send({type: 'command', op: 'start', id, session, text: '/echo burst'});
  await page.until(({type, command}) => type === 'ack' && command === asked[20]?.id);
  await first.kill('SIGKILL');
  await page.closed;
  const acks = new Map(page.frames.filter(({type}) => type === 'ack').map((frame) => [frame['command'], frame]));
  const streamed = page.streamed(streaming);

  const second = await startServer(t, ['--data', data]);
  const back = await RawPage.open(t, second.url, list);
  assert.equal(back.frames[0]?.['epoch'], page.frames[0]?.['epoch']);

  // Sent again, a command is answered as it was, and what was not acknowledged is obeyed now, once.
  for (const {id, session} of asked) {
    const answer = await back.command('start', session, {text: '/echo burst'}, id);
    assert.equal(answer.type, 'ack');
    if (acks.has(id)) assert.deepEqual(answer, acks.get(id));
  }
  for (const {session} of asked) {
    back.send({type: 'subscribe', channel: `session:${session}`});
    const events = await back.turnsEnded(session);
    assert.equal(events.filter((event) => event.kind === 'message' && event.role === 'user').length, 1);
    // A server follows only so many for one page.
    back.send({type: 'unsubscribe', channel: `session:${session}`});
  }

  for (const session of [finished, streaming]) back.send({type: 'subscribe', channel: `session:${session}`});
  assert.equal(answerIn(await back.turnsEnded(finished)), 'before');
  const named = back
    .events(finished)
    .filter((event) => event.kind === 'session-put')
    .at(-1);
  assert.ok(named?.kind === 'session-put' && named.session.title === 'Renamed');

  const events = await back.turnsEnded(streaming);
  const end = events.find((event) => event.kind === 'turn-ended');
  assert.ok(end?.kind === 'turn-ended');
  assert.deepEqual([end.outcome, end.error?.code], ['failed', 'server-restarted']);
  const cut = events.find((event) => event.kind === 'message' && event.role === 'agent');
  assert.ok(cut?.kind === 'message' && cut.cut);
  assert.ok(cut.text.length > 0 && (streamed.startsWith(cut.text) || cut.text.startsWith(streamed)));
  assert.ok(events.some((event) => event.kind === 'queued' && event.text === '/echo queued'));
  // The queue waits until a person says so.
  assert.equal((await back.command('continue', streaming)).type, 'ack');
  assert.ok(answerIn(await back.turnsEnded(streaming, 2)).endsWith('queued'));
});

/** All bytes of a folder. */
const contents = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'base64')]));

const refusal = async (args: string[]): Promise<string> => {
  const {code, stdout, stderr} = await runToEnd(['--port', '0', ...args]);
  assert.deepEqual([code, stdout], [1, ''], stderr);
  const [line, ...more] = stderr.trim().split('\n');
  assert.deepEqual(more, []);
  return (JSON.parse(line ?? '') as {message: string}).message;
};

test('a database that another server uses is refused, and that server goes on', async (t) => {
  const data = folder(t);
  const server = await startServer(t, ['--data', data]);
  const page = await RawPage.open(t, server.url);
  assert.match(await refusal(['--data', data]), /in use/);
  assert.equal((await page.ask('/echo still here')).answer, 'still here');
});

test('what is no database of this server is refused, unharmed', async (t) => {
  const text = folder(t);
  writeFileSync(join(text, 'sessions.sqlite'), 'a diary');
  const foreign = folder(t);
  const db = new Database(join(foreign, 'sessions.sqlite'));
  db.exec('CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1');
  db.close();
  for (const data of [text, foreign]) {
    const before = contents(data);
    assert.notEqual(await refusal(['--data', data]), '');
    assert.deepEqual(contents(data), before);
  }
});

test('a database of a newer server is refused, unharmed', async (t) => {
  const data = folder(t);
  const server = await startServer(t, ['--data', data]);
  await server.kill('SIGTERM');
  const db = new Database(join(data, 'sessions.sqlite'));
  db.exec('PRAGMA user_version = 9999');
  db.close();
  const before = readFileSync(join(data, 'sessions.sqlite'));
  assert.match(await refusal(['--data', data]), /newer/);
  assert.deepEqual(readFileSync(join(data, 'sessions.sqlite')), before);
});

test('after a backup was restored the operator says so, and the numbers start over', async (t) => {
  const data = folder(t);
  const epochs: unknown[] = [];
  for (const args of [[], [], ['--new-epoch']]) {
    const server = await startServer(t, ['--data', data, ...args]);
    const page = await RawPage.open(t, server.url, list);
    epochs.push(page.frames[0]?.['epoch']);
    if (epochs.length === 1) await page.ask('/echo kept');
    const {state} = (await page.until(({type}) => type === 'snapshot')) as Frame & {state: {sessions: unknown[]}};
    if (epochs.length > 1) assert.equal(state.sessions.length, 1);
    await server.kill('SIGTERM');
  }
  assert.equal(epochs[0], epochs[1]);
  assert.notEqual(epochs[1], epochs[2]);
});

test('data and tokens inside the workspace are not to be seen', async (t) => {
  const workspace = folder(t);
  mkdirSync(join(workspace, 'sub'));
  writeFileSync(join(workspace, 'sub/a.txt'), 'one\n');
  writeFileSync(join(workspace, 'tokens'), 'secret=ann\n');
  const at = (name: string): string => join(workspace, name);
  const server = await startServer(t, [
    ...['--data', at('data'), '--workspace', workspace, '--token-file', at('tokens')],
  ]);
  const page = await RawPage.open(t, server.url, {token: 'secret'});
  assert.doesNotMatch((await page.ask('list')).answer, /data|tokens/);
  assert.match((await page.ask('count')).answer, /\*\*1 file\*\*/);
  for (const path of ['data', 'data/sessions.sqlite', 'tokens'])
    assert.equal((await page.ask(`read ${path}`)).answer, `There is no \`${path}\` in the workspace.`);
  assert.match((await page.ask('search secret')).answer, /^Nothing/);
});
