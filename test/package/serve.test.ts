import assert from 'node:assert/strict';
import {execFile, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, test, type TestContext} from 'node:test';
import {promisify} from 'node:util';
import {RawPage} from '../server/page.ts';
import {folder, spawned, type Ended} from '../server/process.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Where somebody has installed the package, and nothing of this repository but what the package asks for. */
const site = realpathSync(mkdtempSync(join(tmpdir(), 'package-')));
const modules = join(site, 'node_modules');
const bin = join(modules, '.bin/agent-session-elements');
after(() => rmSync(site, {recursive: true}));

before(async () => {
  writeFileSync(join(site, 'package.json'), '{"private": true}');
  const {stdout} = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', site], {
    cwd: root,
    maxBuffer: 16 * 1024 * 1024,
  });
  const [{filename}] = JSON.parse(stdout) as [{filename: string}];
  const home = join(modules, 'agent-session-elements');
  mkdirSync(home, {recursive: true});
  await run('tar', ['-xzf', join(site, filename), '-C', home, '--strip-components', '1']);

  const {
    dependencies,
    optionalDependencies,
    bin: bins,
  } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    [field in 'dependencies' | 'optionalDependencies' | 'bin']: Record<string, string>;
  };
  for (const name of Object.keys({...dependencies, ...optionalDependencies})) {
    mkdirSync(dirname(join(modules, name)), {recursive: true});
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  // As npm does.
  const file = join(home, bins['agent-session-elements'] ?? '');
  chmodSync(file, 0o755);
  mkdirSync(dirname(bin));
  symlinkSync(file, bin);
});

interface Served {
  readonly page: string;
  readonly stdout: () => string;
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

const begin = (t: TestContext, command: string, args: readonly string[], env: Record<string, string> = {}) =>
  spawned(command, args, site, {HOME: folder(t, 'home'), npm_config_offline: 'true', ...env});

const toEnd = (t: TestContext, args: readonly string[]): Promise<Ended> => begin(t, bin, args).ended;

async function serve(t: TestContext, command: string, args: readonly string[], env = {}): Promise<Served> {
  const {child, ended, stdout} = begin(t, command, args, env);
  t.after(async () => {
    // Not SIGKILL: what npm has started would not hear of it.
    child.kill('SIGTERM');
    await ended;
  });
  const page = new Promise<string>((resolve) =>
    child.stdout.on('data', () => {
      const [, url] = /page is at (http:\S+)/.exec(stdout()) ?? [];
      if (url !== undefined && stdout().includes('are kept in')) resolve(url);
    }),
  );
  const early = ended.then((end) => Promise.reject(new Error(`It has ended with ${end.code}.\n${end.stderr}`)));
  return {page: await Promise.race([page, early]), stdout, child, ended};
}

const syncOf = (page: string): string => page.replace(/^http(.*)\/$/, 'ws$1/sync');

test('npx agent-session-elements serve: the page, the socket, and an agent', async (t) => {
  const data = join(folder(t), 'data');
  const script = join(root, 'test/support/acp-agent.mjs');
  const agent = `scripted=env ACP_TEST_STATE=${folder(t, 'state')} ${process.execPath} ${script}`;
  const flags = ['serve', '--port', '0', '--data', data, '--workspace', folder(t, 'workspace'), '--agent', agent];
  const {page, child, ended} = await serve(t, 'npx', ['--no-install', 'agent-session-elements', ...flags]);

  const html = await (await fetch(page)).text();
  assert.match(html, /<session-context>/);
  for (const [, file = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const {status} = await fetch(new URL(file, page));
    assert.equal(status, 200, file);
  }

  const client = await RawPage.open(t, syncOf(page));
  const {session, answer} = await client.ask('recall');
  assert.equal(answer, 'told 1 times');
  assert.ok(client.events(session).some(({kind}) => kind === 'turn-ended'));

  // npm may die without a word to what it has started.
  child.kill('SIGTERM');
  assert.equal((await client.closed).code, 1012);
  await ended;
});

test('without a folder it keeps what it knows where the person has such things, and says where', async (t) => {
  const place = folder(t, 'place');
  const {page, stdout, child, ended} = await serve(t, bin, ['serve', '--port', '0'], {XDG_DATA_HOME: place});
  const data = join(place, 'agent-session-elements');
  assert.ok(stdout().includes(`Conversations are kept in ${data}.`), stdout());
  assert.ok(existsSync(join(data, 'sessions.sqlite')));
  const client = await RawPage.open(t, syncOf(page));
  child.kill('SIGINT');
  assert.equal((await client.closed).code, 1012);
  const {code, stderr} = await ended;
  assert.deepEqual([code, stderr], [0, '']);
});

test('a port in use is said in one sentence', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const {port} = other.address() as {port: number};
  const {code, stdout, stderr} = await toEnd(t, ['serve', '--port', String(port), '--data', folder(t)]);
  assert.deepEqual([code, stdout], [1, '']);
  assert.equal(stderr, `Port ${port} is already in use. Another one can be given with --port.\n`);
});

test('what is wrong is said, with the usage, and ends with 2', async (t) => {
  for (const [args, pattern] of [
    [[], /^Say what is to be done\.\n\nUsage: agent-session-elements serve/],
    [['server'], /^There is no command “server”\.\n\nUsage: agent-session-elements serve/],
    [['serve', '--nonsense'], /--nonsense[^]*\n\nUsage: agent-session-elements serve \[options\]\n/],
    [['serve', '--agent', 'mine'], /“mine” has no command/],
    [['serve', '--host', '0.0.0.0'], /token/],
  ] as const) {
    const {code, stdout, stderr} = await toEnd(t, args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, pattern);
  }
  for (const args of [['--help'], ['serve', '--help']]) {
    const {code, stdout, stderr} = await toEnd(t, args);
    assert.deepEqual([code, stderr], [0, ''], args.join(' '));
    assert.match(stdout, /^Usage: agent-session-elements serve \[options\]\n/);
  }
});

test('without the database, which is optional, the elements are there and the server says what is missing', async (t) => {
  const libsql = join(modules, 'libsql');
  rmSync(libsql);
  t.after(() => symlinkSync(join(root, 'node_modules/libsql'), libsql));
  const {code, stdout, stderr} = await toEnd(t, ['serve', '--port', '0', '--data', folder(t)]);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(
    stderr,
    /^The server keeps its conversations with libsql, which is not installed here .*: npm install libsql\n$/,
  );
  await run(process.execPath, ['--input-type=module', '--eval', `await import('agent-session-elements')`], {cwd: site});
});
