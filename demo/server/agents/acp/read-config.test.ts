import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {splitCommand} from './command-line.ts';
import {readAgentFlag, readAgentsFile} from './read-config.ts';

test('a command is split as a shell would, and nothing in it is expanded', () => {
  for (const [text, words] of [
    ['a b  c', ['a', 'b', 'c']],
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`a ''  "" `, ['a', '', '']],
    [`a "\\"$HOME\\" \\n" '\\'`, ['a', '"$HOME" \\n', '\\']],
    ['a $X `b` * ; | &', ['a', '$X', '`b`', '*', ';', '|', '&']],
    ['', []],
  ] as const)
    assert.deepEqual(splitCommand(text), words, text);
  for (const text of [`a 'b`, 'a "b', 'a \\']) assert.equal(splitCommand(text), undefined, text);
});

test('--agent: an id with a command, or that of a preset', () => {
  const own = readAgentFlag(`mine=/opt/agent --mode "x y"`);
  assert.deepEqual([own.id, own.title, own.command, own.args], ['mine', 'mine', '/opt/agent', ['--mode', 'x y']]);
  const known = readAgentFlag('gemini');
  assert.deepEqual([known.command, known.args, known.canLoad], ['gemini', ['--acp'], false]);
  assert.match(known.install ?? '', /npm i -g @google\/gemini-cli@\d/);
  const elsewhere = readAgentFlag('codex=node /agents/codex.js');
  assert.deepEqual(
    [elsewhere.title, elsewhere.args, elsewhere.env['NO_BROWSER']],
    ['Codex', ['/agents/codex.js'], '1'],
  );
  for (const text of ['', '=x', 'mine', 'mine=', 'mine=  ', 'mine="x', 'Mine=x', '../x=y'])
    assert.throws(() => readAgentFlag(text), /^Error: --agent: /, text);
  // What comes after the = may hold a key.
  assert.throws(() => readAgentFlag('Mine=x --key secret'), /^Error: (?!.*secret).*“Mine”/);
});

function file(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'agents-'));
  t.after(() => rmSync(folder, {recursive: true}));
  const path = join(folder, 'agents.json');
  writeFileSync(path, text);
  return path;
}

test('--agents: a file of JSON, with folders relative to it', (t) => {
  const path = file(
    t,
    JSON.stringify({
      agents: [
        {id: 'mine', title: 'Mine', command: 'x', args: ['y'], env: {A: 'b', C: true}, folders: ['.'], idle_minutes: 2},
        {id: 'claude', process: 'shared', limit: 3},
      ],
    }),
  );
  const [mine, claude] = readAgentsFile(path);
  assert.deepEqual(mine, {
    id: 'mine',
    title: 'Mine',
    command: 'x',
    args: ['y'],
    env: {A: 'b', C: true},
    folders: [join(path, '..')],
    process: 'per-session',
    idleMs: 120_000,
    limit: 8,
    canLoad: true,
  });
  assert.deepEqual([claude?.command, claude?.process, claude?.limit], ['claude-agent-acp', 'shared', 3]);
});

test('what is wrong in it is named with its line', (t) => {
  const lines = (...all: string[]): string => file(t, all.join('\n'));
  const first = '{"agents": [{"id": "a", "command": "x"},';
  assert.throws(
    () => readAgentsFile(lines(first, '{"id": "b",', '"limit": 0}]}')),
    /line 3: agents\.1\.limit: expected >=1\.$/,
  );
  assert.throws(
    () => readAgentsFile(lines(first, '{"id": "b", "colour": "red"}]}')),
    /line 2: agents\.1\.colour: there is no such field\.$/,
  );
  assert.throws(
    () => readAgentsFile(lines(first, '', '{"command": "b"}]}')),
    /line 3: agents\.1\.id: it is missing\.$/,
  );
  assert.throws(() => readAgentsFile(lines(first, '{"id": "B"}]}')), /line 2: agents\.1\.id: expected an id of [^"]*$/);
  const key = lines(first, '{"id": "b", "command": "x",', '"env": "KEY=secret"}]}');
  assert.throws(() => readAgentsFile(key), /^(?!.*secret).*line 3: agents\.1\.env: expected Object\.$/);
  const own = (...rest: string[]) => lines(first, '', '{"id": "other"', ...rest);
  assert.throws(() => readAgentsFile(own('}]}')), /line 3: “other” has no command/);
  assert.throws(() => readAgentsFile(own(',"command": "x",', '"folders": ["none"]}]}')), /line 5: There is no folder /);
  assert.throws(
    () => readAgentsFile(lines(first, '{"command": "x",', '"id": "a"}]}')),
    /line 3: There are two agents “a”/,
  );
  assert.throws(() => readAgentsFile(lines(first.replace(/,$/, ']}')), ['b', 'a']), /line 1: There are two agents “a”/);
  assert.throws(() => readAgentsFile('/no/such/file'), /cannot be read/);
});

test('where it stops being JSON is named too', (t) => {
  for (const [text, line] of [
    ['{"agents": [\n{"id": ]}\n\n', 2],
    ['{"agents":\n\nx,\n\n[]}', 3],
    ['{"agents": []\n,}\n', 2],
    ['{"agents": [\n"b\n"]}', 2],
    ['{"agents": [\n1.5e3, -0, true,\n"\\u00e9\\n",\nnull, 01]}\n\n', 4],
    ['{"agents": [] // none\n}', 1],
    ['{"agents": []}\n\n{}', 3],
    ['{"agents": [\n\n', 3],
    ['', 1],
  ] as const)
    assert.throws(() => readAgentsFile(file(t, text)), new RegExp(`, line ${line}: not JSON`), text);
});
