import assert from 'node:assert/strict';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import type {ThreadEvent} from '../../src/model/events.ts';
import {answerIn, RawPage} from './page.ts';
import {folder, startServer} from './process.ts';

const open = async (t: TestContext): Promise<RawPage> => {
  const workspace = folder(t, 'workspace');
  mkdirSync(join(workspace, 'docs'));
  writeFileSync(join(workspace, 'README.md'), '# Title\n\nneedle\n\n## Part\n');
  writeFileSync(join(workspace, 'docs/a.txt'), 'one\ntwo needles\n');
  symlinkSync('/etc', join(workspace, 'etc'));
  const {url} = await startServer(t, ['--data', folder(t), '--workspace', workspace]);
  return RawPage.open(t, url, {channels: [{channel: 'sessions'}]});
};

const kinds = (events: readonly ThreadEvent[]): string[] =>
  events.map(({kind}) => kind).filter((kind) => kind !== 'session-put');

const outcome = (events: readonly ThreadEvent[]): unknown => {
  const end = events.find((event) => event.kind === 'turn-ended');
  return end?.kind === 'turn-ended' && [end.outcome, end.error?.message];
};

test('each command works on the files, with a tool that is seen at work', async (t) => {
  const page = await open(t);
  const cases: [string, string, RegExp][] = [
    ['list', 'list', /`docs\/` \| folder/],
    ['list docs', 'list', /`a\.txt` \| 16 bytes/],
    ['read README.md', 'read', /```md\n# Title\n/],
    ['search NEEDLE', 'search', /`README\.md:3`[^]*`docs\/a\.txt:2`/],
    ['count', 'count', /\*\*2 files\*\* in 1 folder/],
    ['count docs', 'count', /\*\*1 file\*\*/],
    ['outline README.md', 'outline', /- Title \(line 1\)\n  - Part \(line 5\)/],
  ];
  for (const [text, tool, pattern] of cases) {
    const {answer, events} = await page.ask(text);
    assert.match(answer, pattern, text);
    assert.deepEqual(
      kinds(events),
      ['turn-began', 'message', 'tool-began', 'tool-ended', 'message', 'turn-ended'],
      text,
    );
    const began = events.find((event) => event.kind === 'tool-began');
    const ended = events.find((event) => event.kind === 'tool-ended');
    assert.ok(began?.kind === 'tool-began' && ended?.kind === 'tool-ended');
    assert.deepEqual([began.name, began.id, ended.outcome], [tool, ended.id, 'completed'], text);
    assert.notEqual(ended.output, '');
  }
  for (const text of ['read ../x', 'read /etc/passwd', 'read etc/passwd', 'list etc', 'read nowhere']) {
    const {answer, events} = await page.ask(text);
    assert.match(answer, /There is no|not a path inside/, text);
    const ended = events.find((event) => event.kind === 'tool-ended');
    assert.ok(ended?.kind === 'tool-ended' && ended.outcome === 'failed');
    assert.deepEqual(outcome(events), ['finished', undefined]);
  }
  assert.match((await page.ask('what can you do?')).answer, /`search TEXT`/);
});

test('/echo, /stream, /wait, /deaf and /tools answer exactly', async (t) => {
  const page = await open(t);
  const words = Array.from({length: 200}, (_, index) => `w${index + 1}`).join(' ');
  for (const [text, answer] of [
    ['/echo Hello, *World*', 'Hello, *World*'],
    ['/stream 200 2000', words],
    ['/wait 0.1', 'Done.'],
    ['/deaf 0.1', 'Done.'],
    ['/tools 5', '5 calls made.'],
  ] as const)
    assert.equal((await page.ask(text)).answer, answer);
  const {events} = await page.ask('/tools 3');
  assert.equal(events.filter((event) => event.kind === 'tool-began' && event.name === 'count').length, 3);
});

test('a stream is seen piece by piece, and is what is stored', async (t) => {
  const page = await open(t);
  const {session, answer} = await page.ask('/stream 100 200');
  const pieces = page.frames.filter((frame) => frame.type === 'delta' && frame['channel'] === `session:${session}`);
  assert.ok(pieces.length > 3);
  const seen = page.streamed(session);
  // The end may come with the whole text at once.
  assert.ok(seen.length > answer.length / 2 && answer.startsWith(seen), seen);
});

test('/ask waits for a person', async (t) => {
  const page = await open(t);
  for (const [option, answer] of [
    ['allow', 'Allowed.'],
    ['reject', 'Rejected.'],
  ] as const) {
    const session = await page.start('/ask May I?');
    const asked = await page.event(session, 'approval-asked');
    assert.equal(asked.title, 'May I?');
    assert.deepEqual(
      asked.options.map(({id, label}) => [id, label]),
      [
        ['allow', 'Allow'],
        ['reject', 'Reject'],
      ],
    );
    assert.equal((await page.command('answer', session, {approval: asked.id, option})).type, 'ack');
    assert.equal(answerIn(await page.turnsEnded(session)), answer);
  }
});

test('/child calls back, and a child of a child twice', async (t) => {
  const page = await open(t);
  const one = await page.start('/child /echo x');
  assert.equal(answerIn(await page.turnsEnded(one, 2)), 'Started.Child said: x');

  const two = await page.start('/child /child /echo x');
  const events = await page.turnsEnded(two, 3);
  assert.equal(answerIn(events), 'Started.Child said: Started.Child said: Child said: x');

  const failed = await page.start('/child /fail broken');
  assert.match(answerIn(await page.turnsEnded(failed, 2)), /^Started\.Child said: .*failed/);
});

test('/fail fails with its text', async (t) => {
  const page = await open(t);
  const {events, answer} = await page.ask('/fail out of paper');
  assert.deepEqual(outcome(events), ['failed', 'out of paper']);
  assert.equal(answer, '');
});

test('a stop ends whatever it is at', async (t) => {
  const page = await open(t);
  for (const text of ['/wait 1000', '/stream 100000 10', '/ask May I?', '/tools 10000']) {
    const session = await page.start(text);
    const began = await page.event(session, 'turn-began');
    assert.equal((await page.command('stop', session, {turn: began.turn}))['result'], 'stopping', text);
    const events = await page.turnsEnded(session);
    assert.deepEqual(outcome(events), ['stopped', undefined], text);
    assert.equal(kinds(events).at(-1), 'turn-ended', text);
  }
});

test('what is deaf to a stop is stopped all the same', async (t) => {
  const page = await open(t);
  const session = await page.start('/deaf 1000');
  const began = await page.event(session, 'turn-began');
  await page.command('stop', session, {turn: began.turn});
  const events = await page.turnsEnded(session);
  assert.deepEqual(outcome(events), ['stopped', undefined]);
  assert.equal((await page.command('send', session, {text: '/echo again'})).type, 'ack');
  assert.equal(answerIn(await page.turnsEnded(session, 2)), 'again');
});
