import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {realpathSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {ThreadEvent} from '../../src/model/events.ts';
import {RawPage} from '../server/page.ts';
import {folder, runToEnd, startServer} from '../server/process.ts';
import {withVariable} from './rig.ts';

const script = join(import.meta.dirname, '../support/acp-agent.mjs');

const texts = (events: readonly ThreadEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'message' && event.role === 'agent' ? [event.text] : []));

test('the real server with an agent as a process: an approval, SIGKILL of the server, and the session goes on', async (t) => {
  const data = folder(t);
  const run = randomUUID();
  // What an agent keeps of a session outlives the server.
  const command = `scripted=env ACP_TEST_STATE=${data} ACP_TEST_RUN=${run} ${process.execPath} ${script}`;
  const flags = ['--data', data, '--workspace', folder(t, 'workspace'), '--agent', command];
  const server = await startServer(t, flags);
  const page = await RawPage.open(t, server.url);
  const session = await page.start('edit\nwait');
  const asked = await page.event(session, 'approval-asked');
  assert.ok(asked.tool !== undefined);
  await page.command('answer', session, {approval: asked.id, option: 'option-2'});
  // The tool has ended, and what the agent said before that is stored.
  await page.event(session, 'tool-ended');
  await server.kill('SIGKILL');

  const again = await startServer(t, flags);
  const other = await RawPage.open(t, again.url, {channels: [{channel: `session:${session}`}]});
  await other.turnsEnded(session);
  await other.command('send', session, {text: 'recall'});
  await other.turnsEnded(session, 2);
  const events = other.events(session);
  assert.deepEqual(texts(events).at(-1), 'told 2 times');
  const ends = events.flatMap((event) => (event.kind === 'turn-ended' ? [event.outcome] : []));
  assert.deepEqual(ends, ['failed', 'finished']);
  assert.equal((await again.kill('SIGTERM')).code, 0);
  assert.deepEqual(await withVariable(`ACP_TEST_RUN=${run}`), []);
});

test('what a killed server has left behind, deaf to the end of its input, is ended by the next one on its data', async (t) => {
  const data = folder(t);
  const variable = `ACP_TEST_RUN=${randomUUID()}`;
  const command = `scripted=env ACP_TEST_STATE=${data} ${variable} ${process.execPath} ${script} --deaf`;
  const flags = ['--data', data, '--workspace', folder(t, 'workspace'), '--agent', command];
  const server = await startServer(t, flags);
  const page = await RawPage.open(t, server.url);
  const session = await page.start('command');
  await page.until(({type, kind}) => type === 'delta' && kind === 'tool-output');
  const before = await withVariable(variable);
  assert.equal(before.length, 2);
  await server.kill('SIGKILL');
  assert.deepEqual(await withVariable(variable), before);

  const again = await startServer(t, flags);
  const other = await RawPage.open(t, again.url, {channels: [{channel: `session:${session}`}]});
  await other.command('send', session, {text: 'recall'});
  const events = await other.turnsEnded(session, 2);
  assert.equal(texts(events).at(-1), 'told 2 times');
  const now = await withVariable(variable);
  assert.deepEqual(
    now.filter((pid) => before.includes(pid)),
    [],
  );
  await again.kill('SIGTERM');
  assert.deepEqual(await withVariable(variable), []);
});

test('users that are told apart have an agent and a home of their own, below the data of the server', async (t) => {
  const data = folder(t);
  const command = `scripted=env ACP_TEST_STATE=${data} ${process.execPath} ${script}`;
  const flags = ['--data', data, '--workspace', folder(t, 'workspace'), '--agent', command];
  const tokens = ['--token', 'one=ada', '--token', 'two=bob'];
  const server = await startServer(t, [...flags, ...tokens], {env: {HOME: '/of/the/server', SESSION_SECRET: 'x'}});
  const seen = [];
  for (const token of ['one', 'two']) {
    const page = await RawPage.open(t, server.url, {token});
    const {answer} = await page.ask('environment');
    const {HOME, SESSION_SECRET} = JSON.parse(answer) as Record<string, string>;
    assert.ok(HOME?.startsWith(join(realpathSync(data), 'agents')), HOME);
    assert.equal(SESSION_SECRET, undefined);
    seen.push(HOME);
  }
  assert.notEqual(seen[0], seen[1]);
  await server.kill('SIGTERM');
});

test('a wrong configuration is refused at the start', async (t) => {
  const data = folder(t);
  for (const [flag, message] of [
    ['mine', /has no command/],
    ['=x', /expected ID=COMMAND/],
    ['workspace=x', /two agents “workspace”/],
  ] as const) {
    const {code, stderr} = await runToEnd(['--port', '0', '--data', data, '--agent', flag]);
    assert.deepEqual([code, message.test(stderr)], [2, true], stderr);
  }
});
