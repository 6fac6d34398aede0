import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createMemoryStorage} from '../storage/memory.ts';
import {createWorld, Page, uuid} from './testkit.ts';

const world = (options = {}): ReturnType<typeof createWorld> => createWorld(createMemoryStorage(), options);

test('welcome names the epoch, the time, the agents and what the server can', () => {
  const welcome = world({heartbeatMs: 1}).page().one('welcome');
  assert.equal(welcome.heartbeat_ms, 5_000);
  assert.equal(welcome.time, '2026-01-02T03:04:05.000Z');
  assert.deepEqual(welcome.agents, [{id: 'puppet', title: 'The puppet'}]);
  assert.deepEqual(welcome.capabilities, [
    ...['continue', 'unqueue', 'answer', 'rename', 'archive', 'seen', 'delete'],
    ...['queue', 'approvals', 'search', 'find', 'thoughts', 'children'],
  ]);
  assert.equal(welcome.user, undefined);
});

test('no hello in 10 s', async () => {
  const {hub, clock} = world();
  const page = new Page(hub);
  await clock.advance(9_999);
  assert.equal(page.closeCode(), undefined);
  await clock.advance(1);
  assert.equal(page.closeCode(), 4408);
});

test('a wrong token is not authorised', () => {
  const page = new Page(world().hub);
  page.give({type: 'hello', client: uuid(), channels: [], token: 'wrong'});
  assert.equal(page.closeCode(), 4401);
  assert.deepEqual(page.frames, []);
});

test('what cannot be read closes with 4400', () => {
  const bad = (...frames: (object | string)[]): number | undefined => {
    const page = new Page(world().hub);
    for (const data of frames) page.client.receive(typeof data === 'string' ? data : JSON.stringify(data));
    return page.closeCode();
  };
  const hello = {type: 'hello', client: uuid(), channels: []};
  assert.equal(bad({type: 'ping', t: 1}), 4400);
  assert.equal(bad('{'), 4400);
  assert.equal(bad('[]'), 4400);
  assert.equal(bad(hello, hello), 4400);
  assert.equal(bad(hello, {type: 'subscribe'}), 4400);
  assert.equal(bad(hello, {type: 'command', op: 'start'}), 4400);
  assert.equal(bad(hello, `{"type":"ping","t":1,"x":"${'x'.repeat(256 * 1024)}"}`), 4400);
  assert.equal(bad({...hello, channels: Array(65).fill({channel: 'sessions'})}), 4400);
  assert.equal(bad(hello, {type: 'something-new'}, {type: 'ping', t: 1, more: true}), undefined);
});

test('a command whose id can be read is rejected alone', () => {
  const page = world().page();
  page.give({type: 'command', id: 'x', op: 'start'});
  assert.deepEqual([page.one('reject').command, page.one('reject').code], ['x', 'invalid']);
  assert.equal(page.closeCode(), undefined);
});

test('the reason of a close fits into its frame', () => {
  const page = world().page();
  page.give({type: 'subscribe', channel: 'sessions', have: {['long '.repeat(1_000)]: 'x'}});
  assert.equal(page.closeCode(), 4400);
  assert.ok(Buffer.byteLength(page.closedWith?.reason ?? '') <= 123);
});

test('a socket that throws is closed alone', () => {
  const {page: open} = world();
  const broken = open();
  const page = open();
  broken.send = () => {
    throw new Error('gone');
  };
  page.start('go');
  assert.equal(broken.closeCode(), 1011);
  assert.equal(page.sessions.size, 1);
});

test('a silent client is closed after three heartbeats, one that answers pings is not', async () => {
  const {page: open, clock} = world();
  const answering = open();
  const silent = open();
  silent.ping = () => undefined;
  await clock.advance(60_000);
  assert.equal(silent.closeCode(), 4408);
  assert.equal(answering.closeCode(), undefined);
  assert.equal(answering.pings, 5);
});

test('too many commands', () => {
  const page = world({limits: {commandBurst: 5}}).page();
  const session = page.start('go');
  for (let i = 0; i < 5; i += 1) page.give({type: 'command', id: uuid(), op: 'rename', session, title: `${i}`});
  assert.equal(page.closeCode(), 4429);
});

test('too many answers that wait', () => {
  const page = world().page();
  page.start('go');
  page.stalled = true;
  const channel = `session:${[...page.sessions.keys()][0]}`;
  for (let i = 0; i < 2_000 && !page.closedWith; i += 1) page.subscribe(channel, {have: {['x'.repeat(2_000)]: 1}});
  assert.equal(page.closeCode(), 4429);
  assert.ok(page.buffered() < 1024 * 1024);
});

test('shutdown closes all with 1012', async () => {
  const {hub, page: open} = world();
  const page = open();
  await hub.shutdown();
  assert.equal(page.closeCode(), 1012);
  assert.equal(new Page(hub).closeCode(), 1012);
});
