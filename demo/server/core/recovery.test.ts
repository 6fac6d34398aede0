import assert from 'node:assert/strict';
import {onEachStorage} from '../storage/testkit.ts';
import {createWorld, settle} from './testkit.ts';

onEachStorage('after a restart an open turn has failed, with what was saved of it', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const id = page.start('go');
  page.command('send', id, {text: 'queued'});
  await settle();
  const run = world.puppet.last();
  run.say({type: 'tool-began', ref: 't', name: 'dig', input: {}}, {type: 'tool-output', ref: 't', text: 'dust'});
  run.say({
    type: 'approval',
    title: 'May I?',
    options: [{id: 'y', label: 'Yes', kind: 'allow'}],
    answer: () => undefined,
  });
  run.text('half ');
  run.text('a sentence');
  await world.clock.advance(1_000);
  const after = world.restart().page([{channel: 'sessions'}, {channel: `session:${id}`}]);
  assert.equal(after.status(id), 'failed');
  assert.deepEqual(after.sessions.get(id)?.error, {code: 'server-restarted', message: 'the server was restarted'});
  assert.equal(after.sessions.get(id)?.queued, 1);
  const kinds = after.kinds(id);
  assert.deepEqual(kinds.slice(-5), [
    'approval-answered',
    'tool-ended failed',
    'message',
    'turn-ended failed',
    'put failed',
  ]);
  const tool = after.thread(id).find((event) => event.kind === 'tool-ended');
  assert.equal(tool?.kind === 'tool-ended' && tool.output, 'dust');
  const message = after.thread(id).findLast((event) => event.kind === 'message');
  assert.deepEqual(message?.kind === 'message' && [message.text, message.cut], ['half a sentence', true]);
  after.command('continue', id);
  assert.equal(after.status(id), 'running');
  assert.deepEqual(after.problems, []);
});

onEachStorage('what was pending begins after a restart, in the old order', async (storage) => {
  const world = createWorld(storage, {maxTurns: 1});
  const page = world.page();
  const first = page.start('first');
  const second = page.start('second');
  const third = page.start('third');
  const next = world.restart();
  const after = next.page();
  await settle();
  assert.deepEqual(
    [first, second, third].map((id) => after.status(id)),
    ['failed', 'running', 'pending'],
  );
  next.puppet.last(second).end();
  await settle();
  assert.equal(after.status(third), 'running');
});

onEachStorage('what is owed survives a restart', async (storage) => {
  const world = createWorld(storage, {maxTurns: 2});
  const page = world.page();
  const id = page.start('parent');
  await settle();
  const made: (string | null)[] = [];
  world.puppet.last(id).say({type: 'child', text: 'child', started: (kid) => made.push(kid)});
  await settle();
  world.puppet.last(id).end();
  await settle();
  const next = world.restart();
  const after = next.page([{channel: 'sessions'}, {channel: `session:${id}`}]);
  assert.equal(after.status(made[0] ?? ''), 'failed');
  assert.equal(after.status(id), 'running');
  const message = after.thread(id).findLast((event) => event.kind === 'message');
  assert.match(message?.kind === 'message' ? message.text : '', /has failed \(the server was restarted\)/);
});

onEachStorage('a turn that was stopping when the server died has failed, and its queue waits', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  world.puppet.deaf = true;
  const id = page.start('go');
  await settle();
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  page.command('send', id, {text: 'next'});
  const after = world.restart().page();
  assert.equal(after.status(id), 'failed');
  assert.equal(after.sessions.get(id)?.queued, 1);
});

onEachStorage('a graceful end saves what streams', async (storage) => {
  const world = createWorld(storage);
  const page = world.page([{channel: 'sessions'}]);
  const id = page.start('go');
  await settle();
  world.puppet.last().text('just said');
  await settle();
  await world.hub.shutdown();
  const after = world.restart().page([{channel: `session:${id}`}]);
  const message = after.thread(id).findLast((event) => event.kind === 'message');
  assert.equal(message?.kind === 'message' && message.text, 'just said');
});

onEachStorage('a pending session whose agent is no more fails', async (storage) => {
  const world = createWorld(storage, {maxTurns: 1});
  const page = world.page();
  page.start('first');
  const id = page.start('second');
  const next = createWorld(storage, {agents: []});
  await settle();
  assert.equal(next.page().status(id), 'failed');
});
