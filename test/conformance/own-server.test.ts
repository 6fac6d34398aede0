import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {main} from '../../src/conformance/cli.ts';
import {folder, startServer} from '../server/process.ts';
import {SCRIPT_FILE} from './in-process.ts';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'src/conformance-cli.ts');

/** Runs the command as a process of its own. */
const run = async (
  args: readonly string[],
  nodeFlags: readonly string[] = [],
): Promise<{code: number; out: string; err: string}> => {
  const child = spawn(process.execPath, [...nodeFlags, '--import', 'tsx', cli, ...args], {cwd: root});
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number];
  return {code, out, err};
};

/** The same in this process. */
const call = async (...args: readonly string[]): Promise<{code: number; out: string; err: string}> => {
  let out = '';
  let err = '';
  const code = await main(args, {out: (text) => (out += text), err: (text) => (err += text)});
  return {code, out, err};
};

const serve = (t: TestContext) =>
  startServer(t, [
    '--data',
    folder(t),
    '--token',
    'one=ann',
    '--token',
    'two=ben',
    '--workspace',
    folder(t, 'workspace'),
  ]);

test('the real server breaks none of the rules over real WebSockets, and all of them were looked at', async (t) => {
  const {url} = await serve(t);
  const args = [url, '--token', 'one', '--second-token', 'two', '--script', SCRIPT_FILE];
  const {code, out, err} = await run(args);
  assert.equal(code, 0, out + err);
  assert.match(out, /: \d+ passed, 0 broken, 0 not checked\n$/);
});

test('with the WebSocket of Node itself too', async (t) => {
  const {url} = await serve(t);
  const [major = 0] = process.versions.node.split('.').map(Number);
  const args = [
    url,
    '--token',
    'one',
    '--only',
    'welcome',
    '--only',
    'foreign origin',
    '--only',
    'bad frames',
    '--json',
  ];
  const {code, out, err} = await run(args, major < 22 ? ['--experimental-websocket'] : []);
  assert.equal(code, 0, out + err);
  const {verdicts} = JSON.parse(out) as {verdicts: {rule: string; outcome: string; sentence: string}[]};
  for (const rule of ['subprotocol', 'origin-refused', 'bad-frame', 'client-frame-size', 'hello-once']) {
    const verdict = verdicts.find((each) => each.rule === rule);
    assert.equal(verdict?.outcome, 'passed', `${rule}: ${out}`);
    assert.notEqual(verdict.sentence, '');
  }
});

test('a server that breaks a rule ends it with 1, and is told the sentence and the frames', async (t) => {
  const {url} = await startServer(t, ['--data', folder(t)]);
  // An agent that does something else than the script says.
  const script = join(folder(t), 'script.json');
  writeFileSync(script, JSON.stringify({actions: {fail: {text: '/echo fine'}, echo: {text: '/echo fine'}}}));
  const {code, out} = await call(url, '--script', script, '--only', 'a turn that fails');
  assert.equal(code, 1);
  assert.match(out, /✖ turn-closes: broken\n {2}section 4: “Before `turn-ended`/);
  assert.match(out, /the turn ended finished/);
  assert.match(out, /← \{"type":"event"/);
  assert.match(out, /, [1-9]\d* broken, \d+ not checked\n$/);
});

test('whoever asks for what cannot be done is told how it is written', async (t) => {
  const missing = join(folder(t), 'missing.json');
  for (const [args, problem] of [
    [[], 'One URL has to be given.'],
    [['http://127.0.0.1/'], 'is not a URL that begins with ws://'],
    [['ws://127.0.0.1/', '--wrong'], '--wrong'],
    [['ws://127.0.0.1/', '--only', 'nothing'], 'There is no rule or scenario “nothing”.'],
    [['ws://127.0.0.1/', '--timeout', 'soon'], '--timeout is a number of seconds'],
    [['ws://127.0.0.1/', '--script', missing], 'cannot be read'],
    [['ws://127.0.0.1/', '--script', join(root, 'package.json')], 'The script cannot be read at'],
  ] as const) {
    const {code, out, err} = await call(...args);
    assert.deepEqual([code, out], [2, ''], err);
    assert.ok(err.includes(problem) && err.includes('Usage: agent-session-conformance URL'), err);
  }
  const help = await call('--help');
  assert.deepEqual([help.code, help.err], [0, '']);
  assert.match(help.out, /^Usage/);
});

test('a server that cannot be reached, or does not let in, is said in one sentence', async (t) => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const {port} = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const nobody = await call(`ws://127.0.0.1:${port}/`);
  assert.equal(nobody.code, 2);
  assert.match(nobody.err, /^ws:\/\/127\.0\.0\.1:\d+\/ cannot be reached as session-sync\.v1: .*ECONNREFUSED.*\n$/);
  const {url} = await serve(t);
  const stranger = await call(url, '--token', 'wrong');
  assert.equal(stranger.code, 2);
  assert.match(stranger.err, /closes with 4401 “not authorised”\. Give a token that it knows\.\n$/);
});
