import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createMemoryStorage} from '../storage/memory.ts';
import {onEachStorage} from '../storage/testkit.ts';
import {createWorld, Page, settle, uuid, type World} from './testkit.ts';

const LIST = 'sessions';

/** A session whose one turn has ended, with so many calls of a tool in it. */
async function finished(world: World, page: Page, calls = 0): Promise<string> {
  const id = page.start('go');
  await settle();
  for (let i = 0; i < calls; i += 1) {
    const ref = String(i);
    world.puppet.last(id).say({type: 'tool-began', ref, name: 'dig', input: {i}});
    world.puppet.last(id).say({type: 'tool-ended', ref, outcome: 'completed'});
  }
  world.puppet.last(id).end();
  await world.clock.advance(60_000);
  return id;
}

onEachStorage('what was missed is replayed, on the list and on a session', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  // A list of one is shorter than the news of one.
  for (let i = 0; i < 5; i += 1) await finished(world, page);
  const id = await finished(world, page, 20);
  const channel = `session:${id}`;
  page.subscribe(channel);
  const {epoch} = page.one('welcome');
  const held = {list: page.channels.get(LIST)?.seq, session: page.channels.get(channel)?.seq};
  page.client.closed();
  const other = world.page([]);
  other.command('rename', id, {title: 'New'});
  const again = new Page(world.hub);
  again.hello(
    [
      {channel: LIST, after: held.list},
      {channel, after: held.session},
    ],
    {epoch},
  );
  assert.deepEqual(
    again.frames.map(({type}) => type),
    ['welcome', 'event', 'live', 'event', 'live'],
  );
  assert.deepEqual(again.problems, []);
});

onEachStorage('nothing missed costs nothing but live', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const id = await finished(world, page);
  const channel = `session:${id}`;
  page.subscribe(channel);
  const before = page.frames.length;
  page.subscribe(channel, {after: page.channels.get(channel)?.seq});
  assert.deepEqual(
    page.frames.slice(before).map(({type}) => type),
    ['live'],
  );
});

test('a snapshot is sent with no number, one beyond the last, another epoch, and when it is shorter', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = await finished(world, page, 250);
  const channel = `session:${id}`;
  const types = (more: object): string[] => {
    const before = page.frames.length;
    page.subscribe(channel, more);
    return page.frames.slice(before).map(({type}) => type);
  };
  assert.deepEqual(types({}), ['snapshot', 'live']);
  assert.deepEqual(types({after: 100_000}), ['snapshot', 'live']);
  assert.deepEqual(types({after: 1}), ['snapshot', 'live'], 'the newest 200 are shorter than all');
  const {seq = 0} = page.channels.get(channel) ?? {};
  assert.deepEqual(types({after: seq - 10}), [...Array(10).fill('event'), 'live']);
  const other = world.page([{channel, after: seq}], {epoch: 'another'});
  assert.deepEqual(
    other.frames.slice(1).map(({type}) => type),
    ['snapshot', 'live'],
  );
  const none = world.page([{channel, after: seq}]);
  assert.deepEqual(
    none.frames.slice(1).map(({type}) => type),
    ['snapshot', 'live'],
  );
});

test('a snapshot has the newest 200 events, what is open whatever its age, and the way to older ones', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = page.start('go');
  await settle();
  const run = world.puppet.last();
  run.say(
    {type: 'tool-began', ref: 'long', name: 'long', input: {}},
    {type: 'tool-updated', ref: 'long', title: 'still'},
  );
  for (let i = 0; i < 300; i += 1) run.say({type: 'notice', level: 'info', text: `${i}`});
  await world.clock.advance(10_000);
  page.command('send', id, {text: 'later'});
  page.subscribe(`session:${id}`);
  const {state, seq} = page.one('snapshot');
  assert.equal(state.events?.length, 200);
  assert.deepEqual(
    state.open?.map(({event}) => event.kind),
    ['turn-began', 'message', 'tool-began', 'tool-updated', 'queued'],
  );
  assert.equal(state.events?.at(-1)?.seq, seq);
  const seqs: number[] = state.events?.map((entry) => entry.seq) ?? [];
  let next = state.next;
  while (typeof next === 'number') {
    const older = page.query({channel: `session:${id}`, before: next, limit: 50});
    assert.equal(older.type, 'page');
    if (older.type !== 'page') return;
    seqs.unshift(...older.items.map((item) => ('seq' in item ? item.seq : 0)));
    next = older.next;
  }
  assert.deepEqual(
    seqs,
    Array.from({length: seq}, (_, i) => i + 1),
  );
});

test('a large snapshot comes in parts below 1 MiB, and open is never cut', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = page.start('go');
  await settle();
  for (let i = 0; i < 20; i += 1) {
    world.puppet.last().say({type: 'tool-began', ref: `${i}`, name: 'dig', input: 'z'.repeat(200 * 1024)});
  }
  await world.clock.advance(1_000);
  const late = world.page([{channel: `session:${id}`}]);
  const parts = late.all('snapshot');
  assert.ok(parts.length >= 4);
  assert.deepEqual(
    parts.map(({more}) => more),
    [...Array(parts.length - 1).fill(true), undefined],
  );
  const open = parts.flatMap(({state}) => state.open ?? []);
  assert.equal(open.filter(({event}) => event.kind === 'tool-began').length, 20);
  assert.deepEqual(late.problems, []);
});

onEachStorage('an answer has a partial for what streams, from what the page has', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const id = page.start('go');
  const channel = `session:${id}`;
  page.subscribe(channel);
  await settle();
  world.puppet.last().text('hello world');
  await settle();
  const {item} = page.one('delta');
  const at = (have: object): [number, string] => {
    page.subscribe(channel, {after: page.channels.get(channel)?.seq, have});
    const partial = page.one('partial');
    return [partial.at, partial.text];
  };
  assert.deepEqual(at({[item]: 5}), [5, ' world']);
  assert.deepEqual(at({[item]: 11}), [11, '']);
  assert.deepEqual(at({[item]: 12}), [0, 'hello world']);
  assert.deepEqual(at({}), [0, 'hello world']);
  assert.equal(page.frames.at(-2)?.type, 'partial');
  world.puppet.last().text('!');
  await world.clock.advance(100);
  assert.deepEqual(page.streaming(id), ['hello world!']);
  assert.deepEqual(page.problems, []);
});

test('what happens during an answer follows live, and the stream has no hole', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = page.start('go');
  await settle();
  for (let i = 0; i < 12; i += 1) {
    world.puppet.last().say({type: 'tool-began', ref: `${i}`, name: 'dig', input: 'z'.repeat(200 * 1024)});
  }
  world.puppet.last().text('first');
  await world.clock.advance(1_000);
  const slow = world.page([]);
  slow.stalled = true;
  slow.subscribe(`session:${id}`);
  assert.equal(slow.all('live').length, 0);
  world.puppet
    .last()
    .say({type: 'text', text: ' item'}, {type: 'notice', level: 'info', text: 'n'}, {type: 'text', text: 'second'});
  await world.clock.advance(1_000);
  page.command('rename', id, {title: 'New'});
  assert.equal(slow.all('event').length + slow.all('delta').length, 0);
  while (slow.all('live').length === 0) slow.read();
  const live = slow.frames.findIndex(({type}) => type === 'live');
  assert.equal(slow.frames[live - 1]?.type, 'partial');
  assert.equal(slow.one('partial').text, 'first item', 'stored meanwhile: the whole text');
  slow.read();
  assert.deepEqual(slow.kinds(id).slice(-3), ['put running', 'notice', 'put running']);
  assert.deepEqual(slow.streaming(id), ['second']);
  world.puppet.last().text(' go');
  await world.clock.advance(1_000);
  slow.read();
  assert.deepEqual(slow.streaming(id), ['second go']);
  assert.deepEqual(slow.problems, []);
});

test('a page that does not read is cut when what happens passes the bound, but never by answers', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = page.start('go');
  await settle();
  const slow = world.page([]);
  slow.stalled = true;
  for (let i = 0; i < 30; i += 1) {
    world.puppet.last().say({type: 'tool-began', ref: `${i}`, name: 'dig', input: 'z'.repeat(250 * 1024)});
  }
  await world.clock.advance(2_000);
  slow.subscribe(`session:${id}`);
  assert.equal(slow.closeCode(), undefined);
  assert.ok(slow.buffered() < 1.5 * 1024 * 1024);
  while (slow.all('live').length === 0) slow.read();
  slow.read();
  for (let i = 0; i < 30; i += 1) {
    world.puppet.last().say({type: 'tool-began', ref: `x${i}`, name: 'dig', input: 'z'.repeat(250 * 1024)});
  }
  await world.clock.advance(2_000);
  assert.equal(slow.closeCode(), 4408);
  assert.ok(slow.buffered() < 6 * 1024 * 1024);
  assert.deepEqual(slow.problems, []);
});

test('deltas are held back while a page is behind, and come as one', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = page.start('go');
  page.subscribe(`session:${id}`);
  await settle();
  page.stalled = true;
  world.puppet.last().text('x'.repeat(100 * 1024));
  await world.clock.advance(100);
  for (let i = 0; i < 50; i += 1) {
    world.puppet.last().text('y');
    await world.clock.advance(25);
  }
  assert.equal(page.all('delta').length, 1);
  page.read();
  assert.equal(page.all('delta').length, 2);
  assert.deepEqual(page.streaming(id), ['x'.repeat(100 * 1024) + 'y'.repeat(50)]);
  assert.deepEqual(page.problems, []);
});

onEachStorage(
  'the list names what is active and the 200 newest, and leads to the others, archived ones too',
  async (storage) => {
    const world = createWorld(storage, {limits: {snapshotRecent: 5}});
    const page = world.page();
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) ids.push(await finished(world, page));
    page.command('archive', ids[11] ?? '', {archived: true});
    page.command('archive', ids[2] ?? '', {archived: true});
    const late = world.page();
    const {state} = late.one('snapshot');
    assert.deepEqual(
      state.sessions?.map(({id}) => id),
      ids.slice(6, 11).reverse(),
    );
    const found: string[] = [];
    let cursor = state.next;
    while (typeof cursor === 'string') {
      const more = late.query({channel: LIST, cursor, limit: 3});
      assert.equal(more.type, 'page');
      if (more.type !== 'page') return;
      found.push(...more.items.map((item) => ('id' in item ? item.id : '')));
      cursor = more.next;
    }
    assert.deepEqual(found, [ids[11], ...ids.slice(0, 6).reverse()]);
  },
);

onEachStorage('queries narrow the list by words, status, archive and parent', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const first = page.start('Fix the parser', {title: 'Müller’s 100% "quoted" server.ts'});
  const second = page.start('Write tests for a_b');
  page.command('archive', second, {archived: true});
  const ids = (fields: object): string[] => {
    const answer = page.query({channel: LIST, ...fields});
    return answer.type === 'page' ? answer.items.map((item) => ('id' in item ? item.id : '')) : [answer.code];
  };
  assert.deepEqual(ids({text: 'pars'}), [first]);
  assert.deepEqual(ids({text: 'parser fix mül'}), [first]);
  assert.deepEqual(ids({text: 'arser'}), []);
  assert.deepEqual(ids({text: '%'}), []);
  assert.deepEqual(ids({text: '100%'}), [first]);
  assert.deepEqual(ids({text: '"quo'}), [first]);
  assert.deepEqual(ids({text: 'quo'}), [first]);
  assert.deepEqual(ids({text: 'ts'}), [first]);
  assert.deepEqual(ids({text: 'server.t'}), [first]);
  assert.deepEqual(ids({text: 'axb'}), []);
  assert.deepEqual(ids({text: 'a_b'}), [second]);
  assert.deepEqual(ids({text: '* OR NEAR('}), []);
  assert.deepEqual(ids({archived: true}), [second]);
  assert.deepEqual(ids({status: ['running', 'waiting'], archived: false}), [first]);
  assert.deepEqual(ids({status: 'finished'}), []);
  assert.deepEqual(ids({parent: first}), []);
  page.command('rename', first, {title: 'Other'});
  assert.deepEqual(ids({text: 'server'}), []);
  assert.deepEqual(ids({text: 'parser'}), [first], 'messages stay');
  assert.deepEqual(ids({cursor: 'nonsense'}), ['invalid']);
});

onEachStorage('a query with text on a session finds its events', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const id = page.start('Look for gold');
  await settle();
  world.puppet
    .last()
    .say(
      {type: 'tool-began', ref: 't', name: 'dig', input: {where: 'riverbed'}},
      {type: 'text', text: 'No gold here.'},
    );
  world.puppet.last().end();
  await settle();
  const found = (text: string): string[] => {
    const answer = page.query({channel: `session:${id}`, text});
    return answer.type === 'page'
      ? answer.items.map((item) => ('event' in item ? item.event.kind : ''))
      : [answer.code];
  };
  assert.deepEqual(found('gold'), ['message', 'message']);
  assert.deepEqual(found('river'), ['tool-began']);
  assert.deepEqual(found('silver'), []);
});

test('a ninth open query is refused', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = await finished(world, page, 300);
  page.stalled = true;
  while (page.buffered() < 256 * 1024) page.give({type: 'query', id: uuid(), channel: `session:${id}`});
  const before = page.frames.length;
  for (let i = 0; i < 9; i += 1) page.give({type: 'query', id: `q${i}`, channel: LIST});
  assert.deepEqual(
    page.frames.slice(before).map((data) => data.type === 'error' && [data.id, data.code]),
    [['q8', 'rate-limited']],
  );
  page.read();
  assert.equal(page.all('page').filter(({id: name}) => name.startsWith('q')).length, 8);
});

test('an unsubscribed channel says nothing more', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page();
  const id = page.start('go');
  page.subscribe(`session:${id}`);
  page.give({type: 'unsubscribe', channel: `session:${id}`});
  const before = page.all('event').filter(({channel}) => channel === `session:${id}`).length;
  page.command('rename', id, {title: 'New'});
  assert.equal(page.all('event').filter(({channel}) => channel === `session:${id}`).length, before);
  page.give({type: 'ping', t: 1});
  assert.deepEqual(Object.keys(page.one('pong').seqs), [LIST]);
});

test('each of many subscriptions is answered once, in order', async () => {
  const world = createWorld(createMemoryStorage());
  const page = world.page([]);
  const a = page.start('a');
  const b = page.start('b');
  page.stalled = true;
  const wanted = [`session:${a}`, `session:${b}`, `session:${a}`, 'session:none', LIST, `session:${a}`];
  for (const channel of wanted) page.subscribe(channel);
  page.read();
  assert.deepEqual(
    page.frames.flatMap((data) => (data.type === 'live' || data.type === 'error' ? [data.channel] : [])),
    wanted,
  );
});

test('what happens between live and the next look at the log is not lost', async () => {
  const world = createWorld(createMemoryStorage(), {limits: {answerBytes: 1}});
  const page = world.page();
  const id = page.start('go');
  await settle();
  const slow = world.page([]);
  slow.stalled = true;
  slow.read();
  slow.subscribe(`session:${id}`);
  page.command('rename', id, {title: 'during the answer'});
  while (slow.all('live').length === 0) slow.read();
  page.command('rename', id, {title: 'after live'});
  for (let i = 0; i < 9; i += 1) slow.read();
  assert.deepEqual(
    slow.thread(id).flatMap((event) => (event.kind === 'session-put' ? [event.session.title] : [])),
    ['go', 'during the answer', 'after live'],
  );
  assert.deepEqual(slow.problems, []);
});
