import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createMemoryStorage} from '../storage/memory.ts';
import {onEachStorage} from '../storage/testkit.ts';
import {createWorld, settle, type Page, type World} from './testkit.ts';

async function running(world: World): Promise<{page: Page; id: string}> {
  const page = world.page();
  const id = page.start('go');
  page.subscribe(`session:${id}`);
  await settle();
  return {page, id};
}

onEachStorage('whatever has a place closes the streaming item first', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await running(world);
  world.puppet
    .last()
    .say(
      {type: 'thought', text: 'hm'},
      {type: 'text', text: 'a'},
      {type: 'tool-began', ref: 't', name: 'dig', input: {deep: true}},
      {type: 'text', text: 'b'},
      {type: 'tool-ended', ref: 't', outcome: 'completed', output: 'gold'},
      {type: 'text', text: 'c'},
      {type: 'notice', level: 'info', text: 'n'},
      {type: 'text', text: 'd'},
    );
  await settle();
  assert.deepEqual(
    page.kinds(id).filter((kind) => !kind.startsWith('put')),
    [
      'turn-began',
      'message',
      'thought',
      'message',
      'tool-began',
      'message',
      'tool-ended completed',
      'message',
      'notice',
    ],
  );
  assert.deepEqual(page.problems, []);
});

test('a message that begins is another one than that before it', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  const turn = world.puppet.last();
  turn.say({type: 'text', text: 'a'}, {type: 'text', text: 'b'}, {type: 'text', text: 'c', begins: true});
  turn.end();
  await settle();
  const said = page.thread(id).filter((event) => event.kind === 'message' && event.role === 'agent');
  assert.deepEqual(
    said.map((event) => event.kind === 'message' && event.text),
    ['ab', 'c'],
  );
});

test('at most about 50 deltas a second', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  for (let i = 0; i < 1_000; i += 1) {
    world.puppet.last().text('x');
    await world.clock.advance(1);
  }
  assert.ok(page.all('delta').length <= 52, `${page.all('delta').length} deltas`);
  await world.clock.advance(20);
  assert.deepEqual(page.streaming(id), ['x'.repeat(1_000)]);
});

test('surrogate pairs are not split', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  world.puppet.last().text('a\ud83d');
  await world.clock.advance(50);
  assert.deepEqual(page.streaming(id), ['a']);
  world.puppet.last().text('\ude00b');
  await world.clock.advance(50);
  assert.deepEqual(page.streaming(id), ['a😀b']);
  const late = world.page([{channel: `session:${id}`}]);
  assert.deepEqual(late.streaming(id), ['a😀b']);
  const item = late.one('partial').item;
  const within = world.page([{channel: `session:${id}`, have: {[item]: 2}}], {epoch: late.one('welcome').epoch});
  assert.equal(within.one('partial').at, 1);
});

test('text beyond 512 KiB is cut, and says how long it was', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  const part = 'é'.repeat(64 * 1024);
  for (let i = 0; i < 6; i += 1) world.puppet.last().text(part);
  await world.clock.advance(1_000);
  world.puppet.last().end();
  await world.clock.advance(1_000);
  const message = page.thread(id).findLast((event) => event.kind === 'message');
  assert.equal(message?.kind === 'message' && message.text.length, 256 * 1024);
  assert.equal(message?.kind === 'message' && message.truncated, 6 * 64 * 1024);
  assert.deepEqual(page.problems, []);
});

test('text that escapes badly stays within a frame', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  for (let i = 0; i < 8; i += 1) world.puppet.last().text('\u0001'.repeat(64 * 1024));
  await world.clock.advance(1_000);
  world.puppet.last().end();
  await world.clock.advance(1_000);
  const message = page.thread(id).findLast((event) => event.kind === 'message');
  assert.equal(message?.kind === 'message' && message.truncated, 512 * 1024);
  assert.deepEqual(page.problems, []);
});

onEachStorage('tool output streams beside the message and ends in its tool', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await running(world);
  const run = world.puppet.last();
  run.say({type: 'tool-began', ref: 't', name: 'dig', input: {}}, {type: 'text', text: 'see '});
  run.say({type: 'tool-output', ref: 't', text: 'line 1\n'}, {type: 'text', text: 'there'});
  await world.clock.advance(100);
  assert.deepEqual(page.streaming(id).sort(), ['line 1\n', 'see there']);
  run.say({type: 'tool-output', ref: 't', text: 'line 2\n'}, {type: 'tool-ended', ref: 't', outcome: 'completed'});
  await world.clock.advance(100);
  const ended = page.thread(id).findLast((event) => event.kind === 'tool-ended');
  assert.equal(ended?.kind === 'tool-ended' && ended.output, 'line 1\nline 2\n');
  assert.deepEqual(page.problems, []);
});

test('a tool is updated at most 4 times a second, and the last one always', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  const run = world.puppet.last();
  run.say({type: 'tool-began', ref: 't', name: 'dig', input: {}});
  for (let i = 0; i < 100; i += 1) {
    run.say({type: 'tool-updated', ref: 't', title: `at ${i} %`});
    await world.clock.advance(10);
  }
  const updates = page.thread(id).filter((event) => event.kind === 'tool-updated');
  assert.ok(updates.length <= 4, `${updates.length} in a second`);
  run.say({type: 'tool-ended', ref: 't', outcome: 'completed'});
  await settle();
  const last = page.thread(id).findLast((event) => event.kind === 'tool-updated');
  assert.equal(last?.kind === 'tool-updated' && last.title, 'at 99 %');
  assert.equal(page.kinds(id).at(-1), 'tool-ended completed');
});

test('large input and content of tools are cut', async () => {
  const world = createWorld(createMemoryStorage());
  const {page, id} = await running(world);
  const text = 'y'.repeat(300 * 1024);
  world.puppet.last().say({type: 'tool-began', ref: 't', name: 'dig', input: {text}, content: [{type: 'text', text}]});
  await settle();
  const began = page.thread(id).findLast((event) => event.kind === 'tool-began');
  assert.ok(began?.kind === 'tool-began' && typeof began.input === 'string' && began.input.length <= 256 * 1024);
  assert.ok((began.truncated ?? 0) > 300 * 1024);
  assert.ok(JSON.stringify(began.content).length <= 256 * 1024);
  assert.deepEqual(page.problems, []);
});

onEachStorage('approvals make the session wait, and the first answer wins', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await running(world);
  const answers: (string | null)[] = [];
  world.puppet.last().say({
    type: 'approval',
    title: 'May I?',
    options: [{id: 'yes', label: 'Yes', kind: 'allow'}],
    answer: (option) => answers.push(option),
  });
  await settle();
  assert.equal(page.status(id), 'waiting');
  const asked = page.thread(id).find((event) => event.kind === 'approval-asked');
  const approval = asked?.kind === 'approval-asked' ? asked.id : '';
  const wrong = page.command('answer', id, {approval, option: 'maybe'});
  assert.equal(wrong.type === 'reject' && wrong.code, 'invalid');
  assert.equal(page.command('answer', id, {approval, option: 'yes'}).type, 'ack');
  assert.deepEqual(answers, ['yes']);
  assert.equal(page.status(id), 'running');
  const late = page.command('answer', id, {approval, option: 'yes'});
  assert.equal(late.type === 'reject' && late.code, 'too-late');
  const none = page.command('answer', id, {approval: 'x', option: 'yes'});
  assert.equal(none.type === 'reject' && none.code, 'not-found');
  const question = page.command('answer', id, {question: 'x', values: null});
  assert.equal(question.type === 'reject' && question.code, 'unsupported');
});

onEachStorage('a stop withdraws what is asked', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await running(world);
  const answers: (string | null)[] = [];
  world.puppet.last().say({
    type: 'approval',
    title: 'May I?',
    options: [{id: 'yes', label: 'Yes', kind: 'allow'}],
    answer: (option) => answers.push(option),
  });
  await settle();
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await settle();
  assert.deepEqual(answers, [null]);
  assert.deepEqual(page.kinds(id).slice(-4), [
    'put stopping',
    'approval-answered',
    'turn-ended stopped',
    'put stopped',
  ]);
});

onEachStorage('tools left open by a turn that ends go on without it', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await running(world);
  world.puppet.last().say({type: 'tool-began', ref: 't', name: 'dig', input: {}});
  world.puppet.last().end();
  await settle();
  assert.deepEqual(page.kinds(id).slice(-3), ['tool-ended detached', 'turn-ended finished', 'put finished']);
});
