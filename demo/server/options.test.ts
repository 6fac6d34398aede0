import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {isLoopback, readOptions, UsageError, usageOf, type Options} from './options.ts';

const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'options-')));
after(() => rmSync(cwd, {recursive: true}));
mkdirSync(join(cwd, 'work'));
writeFileSync(join(cwd, 'tokens'), 'one=ann\r\n\n  two==ben  \n');
writeFileSync(join(cwd, 'empty'), '\n');
writeFileSync(join(cwd, 'wrong'), 'one=ann\nsecret\n');

const required = ['--port', '0', '--data', 'd'];
const read = (args: string[], env: Record<string, string> = {}): Options => {
  const options = readOptions([...required, ...args], {env, cwd});
  assert.notEqual(options, 'help');
  return options as Options;
};
const refused = (args: string[], pattern: RegExp, env: Record<string, string> = {}): void =>
  assert.throws(
    () => readOptions(args, {env, cwd}),
    (error) => error instanceof UsageError && pattern.test(error.message),
    args.join(' '),
  );

test('a port and a folder are enough', () => {
  assert.deepEqual(read([]), {
    port: 0,
    data: join(cwd, 'd'),
    host: '127.0.0.1',
    origins: [],
    tokens: [],
    workspace: cwd,
    newEpoch: false,
    secrets: [],
    agents: [],
  });
});

test('what is not said is as the caller has it, and what is said goes before', () => {
  const defaults = {port: '8137', data: '/kept'};
  const byDefault = readOptions([], {env: {}, cwd, defaults}) as Options;
  assert.deepEqual([byDefault.port, byDefault.data], [8137, '/kept']);
  const said = readOptions(['--port', '1', '--data', 'd'], {env: {}, cwd, defaults}) as Options;
  assert.deepEqual([said.port, said.data], [1, join(cwd, 'd')]);
  assert.match(usageOf('serve', defaults), /^Usage: serve \[options\]\n[^]*\(8137\)\n[^]*\(\/kept\)\n/);
  assert.match(usageOf('serve'), /^Usage: serve --port N --data DIR \[options\]\n/);
});

test('everything can be said', () => {
  const options = read([
    ...['--host', '0.0.0.0', '--origin', 'https://a.example', '--origin=http://b.example:80/', '--workspace', 'work'],
    ...['--token', 't=ann', '--token', 'u=ben', '--new-epoch'],
  ]);
  assert.deepEqual(options.origins, ['https://a.example', 'http://b.example']);
  assert.deepEqual(options.tokens, [
    {token: 't', user: 'ann'},
    {token: 'u', user: 'ben'},
  ]);
  assert.equal(options.workspace, join(cwd, 'work'));
  assert.ok(options.newEpoch);
  assert.equal(readOptions(['--help'], {env: {}, cwd}), 'help');
});

test('what is missing or wrong is said', () => {
  refused([], /--port/);
  refused(['--port', '0'], /--data/);
  refused(['--port', '0', '--data', ''], /--data/);
  for (const port of ['65536', '-1', 'x', '1.5', '']) refused([`--port=${port}`, '--data', 'd'], /--port/);
  refused([...required, '--nonsense'], /--nonsense/);
  refused([...required, 'more'], /more/);
  refused([...required, '--port', '1'], /twice/);
  refused([...required, '--workspace', 'nowhere'], /no folder/);
  refused([...required, '--workspace', 'tokens'], /no folder/);
  refused(['--port', '0', '--data', 'work', '--workspace', 'work'], /same folder/);
  refused([...required, '--host', 'a/b', '--token', 't=u'], /--host/);
  for (const origin of [
    '*',
    'null',
    'a.example',
    'https://a.example/path',
    'ws://a.example',
    'https://*.example',
    'https://u@a.example',
  ])
    refused([...required, '--origin', origin], /--origin/);
});

test('others come in with tokens only', () => {
  refused([...required, '--host', '0.0.0.0'], /token/);
  refused([...required, '--host', '192.168.1.5'], /token/);
  assert.equal(read(['--host', '::1']).host, '::1');
  assert.equal(read(['--host', '0.0.0.0'], {SESSION_TOKENS: 't=ann'}).tokens.length, 1);
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]']) assert.ok(isLoopback(host), host);
  for (const host of ['0.0.0.0', '::', '127.evil.example', '128.0.0.1', '']) assert.ok(!isLoopback(host), host);
});

test('tokens come from the command line, a file and the environment', () => {
  const options = read(['--token', 'zero=ann', '--token-file', 'tokens'], {SESSION_TOKENS: 'three=eve\nfour=ann'});
  assert.deepEqual(
    options.tokens.map(({token, user}) => `${token}:${user}`),
    ['zero:ann', 'one:ann', 'two=:ben', 'three:eve', 'four:ann'],
  );
  assert.deepEqual(options.secrets, [join(cwd, 'tokens')]);
  assert.deepEqual(read([], {SESSION_TOKENS: ''}).tokens, []);
});

test('agents come from flags and a file, each under an id of its own; the file may hold keys', () => {
  writeFileSync(join(cwd, 'agents.json'), '{"agents": [{"id": "a", "command": "x"},\n{"id": "b", "command": "y"}]}');
  const options = read(['--agent', 'c=z', '--agents', 'agents.json', '--agent', 'codex']);
  assert.deepEqual(
    options.agents.map(({id}) => id),
    ['c', 'codex', 'a', 'b'],
  );
  assert.deepEqual(options.secrets, [join(cwd, 'agents.json')]);
  refused([...required, '--agent', 'b=z', '--agents', 'agents.json'], /agents\.json, line 2: There are two agents “b”/);
  refused([...required, '--agent', 'c=z', '--agent', 'c=z'], /^--agent: There are two agents “c”/);
  refused([...required, '--agent', 'workspace=z'], /two agents “workspace”/);
  refused([...required, '--agents', 'nowhere'], /cannot be read/);
});

test('a wrong token is refused and never repeated', () => {
  refused([...required, '--token', 'secret'], /^--token: expected TOKEN=USER\.$/);
  refused([...required, '--token-file', 'wrong'], /^--token-file, line 2: expected TOKEN=USER\.$/);
  refused([...required, '--token-file', 'empty'], /no token/);
  refused([...required, '--token-file', 'nowhere'], /cannot be read/);
  refused(required, /^SESSION_TOKENS, line 1/, {SESSION_TOKENS: 'secret'});
  refused([...required, '--token', 'secret=ann', '--token', 'secret=ben'], /^(?!.*secret).*ann and ben/);
});

test('a link to the data folder is the data folder', () => {
  mkdirSync(join(cwd, 'data'));
  symlinkSync(join(cwd, 'data'), join(cwd, 'link'));
  refused(['--port', '0', '--data', 'data', '--workspace', 'link'], /same folder/);
});
