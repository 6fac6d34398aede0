import assert from 'node:assert/strict';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {once} from 'node:events';
import {join} from 'node:path';
import {test} from 'node:test';
import {RawPage} from './page.ts';
import {folder, runToEnd, startServer} from './process.ts';

test('one line of JSON when it is ready, and nothing else on standard output', async (t) => {
  const data = join(folder(t), 'a/b');
  const server = await startServer(t, ['--data', data]);
  assert.deepEqual(JSON.parse(server.stdout()), {
    url: `ws://127.0.0.1:${server.port}/sync`,
    page: `http://127.0.0.1:${server.port}/`,
  });
  assert.equal(statSync(data).mode & 0o777, 0o700);
  const {code, stdout, stderr} = await server.kill('SIGTERM');
  assert.equal(code, 0);
  assert.match(stdout, /^[^\n]+\n$/);
  for (const line of stderr.trim().split('\n')) assert.equal(typeof JSON.parse(line), 'object');
});

test('npm run serve is the same, and passes on the word to end', async (t) => {
  const server = await startServer(t, ['--data', folder(t)], {npm: true});
  assert.equal((await fetch(server.page)).headers.get('x-content-type-options'), 'nosniff');
  const page = await RawPage.open(t, server.url);
  const {stdout} = await server.kill('SIGTERM');
  assert.equal((await page.closed).code, 1012);
  assert.match(stdout, /^\{"url":"ws:[^\n]+\}\n$/);
});

test('what is wrong is said, with the usage, and ends with 2', async (t) => {
  const data = folder(t);
  const cases: [string[], RegExp][] = [
    [[], /--port is missing/],
    [['--port', '0'], /--data is missing/],
    [['--port', 'x', '--data', data], /not a port/],
    [['--port', '0', '--data', data, '--nonsense'], /--nonsense/],
    [['--port', '0', '--data', data, '--host', '0.0.0.0'], /token/],
    [['--port', '0', '--data', data, '--token', 'secret'], /TOKEN=USER/],
    [['--port', '0', '--data', data, '--workspace', join(data, 'nowhere')], /no folder/],
    [['--port', '0', '--data', data, '--origin', 'null'], /--origin/],
  ];
  for (const [args, pattern] of cases) {
    const {code, stdout, stderr} = await runToEnd(args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, pattern);
    assert.match(stderr, /^Usage: /m);
    assert.doesNotMatch(stderr, /secret|\n\s+at /);
  }
});

test('--help says how', async () => {
  const {code, stdout, stderr} = await runToEnd(['--help']);
  assert.deepEqual([code, stderr], [0, '']);
  for (const flag of [
    '--port',
    '--data',
    '--host',
    '--origin',
    '--token',
    '--token-file',
    '--workspace',
    '--new-epoch',
  ])
    assert.ok(stdout.includes(flag), flag);
});

/** The one line that says why a server did not start. */
const problem = (stderr: string): string => {
  const lines = stderr.trim().split('\n');
  assert.equal(lines.length, 1, stderr);
  return (JSON.parse(lines[0] ?? '') as {message: string}).message;
};

test('a port in use is said in one sentence', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const {port} = other.address() as {port: number};
  const {code, stdout, stderr} = await runToEnd(['--port', String(port), '--data', folder(t)]);
  assert.deepEqual([code, stdout], [1, '']);
  assert.equal(problem(stderr), `Port ${port} is already in use.`);
});

test('a data folder that is none is said in one sentence', async (t) => {
  const file = join(folder(t), 'file');
  writeFileSync(file, 'mine');
  for (const data of [file, join(file, 'below')]) {
    const {code, stderr} = await runToEnd(['--port', '0', '--data', data]);
    assert.equal(code, 1);
    assert.match(problem(stderr), /cannot be used/);
  }
  assert.equal(readFileSync(file, 'utf8'), 'mine');
});

test('an address that is not there is said in one sentence', async (t) => {
  const args = ['--port', '0', '--data', folder(t), '--host', '192.0.2.1', '--token', 't=ann'];
  const {code, stderr} = await runToEnd(args);
  assert.equal(code, 1);
  assert.match(problem(stderr), /cannot listen on 192\.0\.2\.1/);
});

test('beyond loopback with tokens, under the names that were given', async (t) => {
  const server = await startServer(t, [
    ...['--data', folder(t), '--host', '0.0.0.0', '--origin', 'http://demo.example:8000', '--token', 't=ann'],
  ]);
  assert.equal(server.url, `ws://127.0.0.1:${server.port}/sync`);
});
