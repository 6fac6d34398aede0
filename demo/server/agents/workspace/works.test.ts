import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import type {AgentEvent} from '../../core/agent.ts';
import {createWorkspaceAgent} from './agent.ts';
import {defaultLimits} from './context.ts';
import {hurriedClock, textOf} from './testing.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
after(() => rmSync(top, {recursive: true}));
const root = join(top, 'project');
const put = (path: string, text: string | Buffer): void => {
  mkdirSync(join(root, path, '..'), {recursive: true});
  writeFileSync(join(root, path), text);
};
put('README.md', '# Title\n\nSome words.\n\n## Part\n');
put('docs/deep/note.txt', 'first\nThe NEEDLE is here\nlast');
put('docs/b.md', 'needle\n');
put('a b.txt', 'blank');
put('odd`name|.txt', '```\nfence\n```\n');
put('binary.bin', Buffer.from([1, 0, 2]));
put('empty.txt', '');
put('node_modules/pkg/index.js', 'needle');
put('.git/config', 'needle');
put('data/sessions.sqlite', 'needle of the data');
put('tokens', 'needle of a token');
writeFileSync(join(top, 'outside.txt'), 'needle outside');
mkdirSync(join(top, 'project-too'));
writeFileSync(join(top, 'project-too/x.txt'), 'needle beside');
symlinkSync(join(top, 'outside.txt'), join(root, 'leak.txt'));
symlinkSync(top, join(root, 'up'));
symlinkSync(join(root, 'data'), join(root, 'databack'));
symlinkSync('docs', join(root, 'inside'));
symlinkSync('.', join(root, 'docs/round'));
execFileSync('mkfifo', [join(root, 'pipe')]);

const place = {root, hidden: [join(root, 'data'), join(root, 'tokens')]};

const ask = async (text: string, limits = defaultLimits): Promise<{answer: string; events: AgentEvent[]}> => {
  const agent = createWorkspaceAgent({place, clock: hurriedClock(), limits});
  const events: AgentEvent[] = [];
  for await (const event of agent.run(
    {user: '', chosen: {}, session: 's', turn: 't', messages: [{text}]},
    new AbortController().signal,
  ))
    events.push(event);
  return {answer: textOf(events), events};
};
const ended = (events: readonly AgentEvent[]) => {
  const end = events.find((event) => event.type === 'tool-ended');
  assert.ok(end?.type === 'tool-ended');
  return end;
};

test('a command is a call of a tool, then an answer', async () => {
  const {events} = await ask('read README.md');
  assert.deepEqual(events[0], {
    type: 'tool-began',
    ref: 'read',
    name: 'read',
    title: 'Read README.md',
    category: 'read',
    input: {path: 'README.md'},
    locations: [{path: 'README.md'}],
  });
  const output = '# Title\n\nSome words.\n\n## Part\n';
  assert.deepEqual(events[1], {type: 'tool-output', ref: 'read', text: output});
  assert.deepEqual(events[2], {type: 'tool-ended', ref: 'read', outcome: 'completed', output});
  assert.ok(events.slice(3).every(({type}) => type === 'text'));
});

test('list shows what a folder holds, folders first', async () => {
  const {answer} = await ask('LIST');
  const names = [...answer.matchAll(/^\| (`+ ?.*?`+) \| (.*) \|$/gm)].map(([, name, what]) => `${name} ${what}`);
  assert.deepEqual(names, [
    '`.git/` folder',
    '`docs/` folder',
    '`node_modules/` folder',
    '`README.md` 30 bytes',
    '`a b.txt` 5 bytes',
    '`binary.bin` 3 bytes',
    '`databack` link',
    '`empty.txt` 0 bytes',
    '`inside` link',
    '`leak.txt` link',
    '``odd`name\\|.txt`` 14 bytes',
    '`pipe` no file',
    '`up` link',
  ]);
  assert.match((await ask('list ./docs//')).answer, /`docs` holds 3 entries:/);
  assert.match((await ask('list inside')).answer, /holds 3 entries:/);
  assert.match((await ask('list README.md')).answer, /is a file/);
});

test('read shows a file as it is', async () => {
  assert.equal(
    (await ask('read README.md')).answer,
    '`README.md`: 5 lines, 30 bytes\n\n```md\n# Title\n\nSome words.\n\n## Part\n```',
  );
  assert.match((await ask('read a b.txt')).answer, /^`a b.txt`: 1 line, 5 bytes\n\n```txt\nblank\n```$/);
  assert.match((await ask('read "a b.txt"')).answer, /blank/);
  assert.match((await ask('read odd`name|.txt')).answer, /\n````txt\n```\nfence\n```\n````$/);
  assert.equal((await ask('read empty.txt')).answer, '`empty.txt`: 0 lines, 0 bytes.');
  assert.match((await ask('read inside/b.md')).answer, /needle/);
  assert.match((await ask('read binary.bin')).answer, /is no text \(3 bytes\)/);
  assert.match((await ask('read docs')).answer, /is a folder/);
});

test('a long file is shown from its beginning, and a character is never cut', async () => {
  put('long.txt', 'ää☕😀'.repeat(100));
  const {answer} = await ask('read long.txt', {...defaultLimits, shownBytes: 1000});
  assert.match(answer, /^`long.txt`: the first 1.0 kB of 1.1 kB\n/);
  assert.ok(!answer.includes('\uFFFD'));
  rmSync(join(root, 'long.txt'));
});

test('search finds lines in whatever case, and where they stand', async () => {
  const {answer, events} = await ask('search Needle');
  assert.match(answer, /^2 lines in 2 files with `Needle` \(\d+ files searched\):\n/);
  assert.ok(answer.endsWith('\n- `docs/b.md:1` `needle`\n- `docs/deep/note.txt:2` `The NEEDLE is here`'));
  assert.equal(ended(events).output, 'docs/b.md:1: needle\ndocs/deep/note.txt:2: The NEEDLE is here\n');
  assert.match((await ask('search "needle"')).answer, /^Nothing holds `"needle"` \(/);
  assert.match((await ask('search .*')).answer, /^Nothing/);
  assert.match((await ask('search two\nlines')).answer, /within one line/);
});

test('count counts what lies below a folder', async () => {
  const {answer, events} = await ask('count docs');
  assert.match(answer, /`docs` holds \*\*2 files\*\* in 1 folder below it: 4 lines of text, 36 bytes\./);
  assert.match(answer, /\| `\.md` \| 1 \| 1 \| 7 bytes \|/);
  assert.equal(ended(events).output, 'files: 2\nfolders: 1\nlines: 4\nbytes: 36\n');
  const all = await ask('count');
  // What is hidden, what others wrote and what is only linked does not count.
  assert.match(all.answer, /^`\.` holds \*\*7 files\*\* in 2 folders/);
});

test('outline shows the headings of a Markdown file', async () => {
  put(
    'outline.md',
    'Over\n===\n\n# A `b` #\n\ntext\n---\n\n### deep\n\n```sh\n# no\n```\n\n- item\n---\n#no\n## B\n    # code\n',
  );
  const {answer} = await ask('outline outline.md');
  assert.equal(
    answer,
    '`outline.md` has 5 headings:\n\n- Over (line 1)\n- A `b` (line 4)\n  - text (line 6)\n    - deep (line 9)\n  - B (line 18)',
  );
  put('plain.md', 'nothing');
  assert.equal((await ask('outline plain.md')).answer, '`plain.md` has no headings.');
  assert.match((await ask('outline a b.txt')).answer, /reads Markdown files/);
  for (const name of ['outline.md', 'plain.md']) rmSync(join(root, name));
});

test('nothing outside is reached, in no way', async () => {
  const paths = [
    '../outside.txt',
    'docs/../../outside.txt',
    'docs/../README.md',
    '/etc/passwd',
    join(top, 'outside.txt'),
  ];
  paths.push('leak.txt', 'up/outside.txt', 'up/project-too/x.txt', '../project-too/x.txt', '~/x', '..', 'up', 'x\0y');
  for (const path of paths) {
    for (const command of ['read', 'list', 'count', 'outline']) {
      const {answer, events} = await ask(`${command} ${path}`);
      assert.doesNotMatch(answer, /needle|root:|holds/, `${command} ${path}`);
      assert.equal(ended(events).outcome, 'failed', `${command} ${path}`);
    }
  }
  for (const text of ['outside', 'beside']) assert.match((await ask(`search needle ${text}`)).answer, /^Nothing/);
});

test('what is hidden is not there', async () => {
  for (const path of [
    'data',
    'data/sessions.sqlite',
    'databack',
    'databack/sessions.sqlite',
    'tokens',
    'up/project/data',
  ]) {
    for (const command of ['read', 'list', 'count'])
      assert.equal((await ask(`${command} ${path}`)).answer, `There is no \`${path}\` in the workspace.`);
  }
  for (const text of ['of the data', 'of a token']) assert.match((await ask(`search ${text}`)).answer, /^Nothing/);
});

test('a pipe and a socket do not hold anybody up', async () => {
  const server = createServer().listen(join(root, 'socket'));
  for (const name of ['pipe', 'socket'])
    assert.match((await ask(`read ${name}`)).answer, /is neither a file nor a folder/);
  server.close();
});

test('a large workspace is worked on as far as the bounds go', async () => {
  const few = {...defaultLimits, files: 2, rows: 2, matches: 1};
  assert.match((await ask('count', few)).answer, /\*\*2 files\*\*[^]*more than was counted/);
  assert.match((await ask('search e', few)).answer, /^1 line in .*not all of the workspace/);
  assert.match((await ask('list', few)).answer, /11 more are not shown/);
  const folder = {...defaultLimits, entries: 3};
  assert.match((await ask('list', folder)).answer, /holds 3 entries[^]*more than can be listed/);
});

test('a stop ends a walk at its next step', async () => {
  const stop = new AbortController();
  const agent = createWorkspaceAgent({place, clock: hurriedClock()});
  const events: string[] = [];
  for await (const {type} of agent.run(
    {user: '', chosen: {}, session: 's', turn: 't', messages: [{text: 'search e'}]},
    stop.signal,
  )) {
    events.push(type);
    if (type === 'tool-output') stop.abort();
  }
  assert.deepEqual(events, ['tool-began', 'tool-output']);
});
