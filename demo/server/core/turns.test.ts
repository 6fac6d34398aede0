import assert from 'node:assert/strict';
import {onEachStorage} from '../storage/testkit.ts';
import {createWorld, settle, uuid, type Page} from './testkit.ts';

const follow = (page: Page, session: string): string => {
  page.subscribe(`session:${session}`);
  return session;
};

const texts = (page: Page, session: string): string[] =>
  page.thread(session).flatMap((event) => (event.kind === 'message' ? [event.text] : []));

onEachStorage('a start begins a turn, streams and finishes', async (storage) => {
  const {page: open, puppet, clock} = createWorld(storage);
  const page = open();
  const id = follow(page, page.start('Hello there\nsecond line'));
  await settle();
  assert.equal(page.status(id), 'running');
  assert.equal(page.sessions.get(id)?.title, 'Hello there');
  puppet.last().text('Hi');
  await settle();
  assert.deepEqual(page.streaming(id), ['Hi']);
  puppet.last().text(' you');
  await clock.advance(20);
  assert.deepEqual(page.streaming(id), ['Hi you']);
  puppet.last().end();
  await settle();
  assert.deepEqual(page.kinds(id), [
    'turn-began',
    'message',
    'put running',
    'message',
    'turn-ended finished',
    'put finished',
  ]);
  assert.equal(page.sessions.get(id)?.preview, 'Hi you');
  assert.equal(page.sessions.get(id)?.unread, true);
  assert.deepEqual(page.problems, []);
});

onEachStorage('the ack of a start names its message, and the message its command', (storage) => {
  const page = createWorld(storage).page();
  const session = uuid();
  const ack = page.command('start', session, {text: 'Hello'});
  follow(page, session);
  assert.equal(ack.type, 'ack');
  const message = page.channels.get(`session:${session}`)?.events.get(Number(ack.type === 'ack' && ack.seq));
  assert.equal(message?.event.kind, 'message');
  assert.equal(message?.command, ack.command);
  assert.equal(ack.type === 'ack' && ack.rev, page.sessions.get(session)?.rev);
});

onEachStorage(
  'messages sent during a turn wait, and begin one by one in the transaction that ends the last',
  async (storage) => {
    const {page: open, puppet} = createWorld(storage);
    const page = open();
    const id = follow(page, page.start('one'));
    page.command('send', id, {text: 'two'});
    page.command('send', id, {text: 'three'});
    assert.equal(page.sessions.get(id)?.queued, 2);
    await settle();
    puppet.last().end();
    await settle();
    const kinds = page.kinds(id);
    const ended = kinds.indexOf('turn-ended finished');
    assert.deepEqual(kinds.slice(ended, ended + 5), [
      'turn-ended finished',
      'turn-began',
      'message',
      'unqueued',
      'put running',
    ]);
    assert.equal(page.sessions.get(id)?.queued, 1);
    puppet.last().end();
    await settle();
    puppet.last().end();
    await settle();
    assert.deepEqual(texts(page, id), ['one', 'two', 'three']);
    assert.equal(puppet.turns.length, 3);
    assert.equal(page.status(id), 'finished');
    assert.equal(page.sessions.get(id)?.queued, undefined);
  },
);

onEachStorage(
  'a stop is stopping until the agent has ended, then stopped, and what came too late is dropped',
  async (storage) => {
    const {page: open, puppet} = createWorld(storage);
    const page = open();
    const id = follow(page, page.start('go'));
    await settle();
    const run = puppet.last();
    run.say({type: 'tool-began', ref: 't', name: 'dig', input: {}}, {type: 'text', text: 'half a sent'});
    await settle();
    const turn = page.sessions.get(id)?.turn;
    const ack = page.command('stop', id, {turn});
    assert.equal(ack.type === 'ack' && ack.result, 'stopping');
    assert.equal(page.status(id), 'stopping');
    run.text('more');
    await settle();
    assert.deepEqual(page.kinds(id).slice(3), [
      'tool-began',
      'put stopping',
      'tool-ended cancelled',
      'message',
      'turn-ended stopped',
      'put stopped',
    ]);
    const message = page.thread(id).findLast((event) => event.kind === 'message');
    assert.deepEqual(message?.kind === 'message' && [message.text, message.cut], ['half a sent', true]);
    assert.deepEqual(page.problems, []);
  },
);

onEachStorage('an agent that ignores the stop is killed after 5 s', async (storage) => {
  const {page: open, puppet, clock} = createWorld(storage);
  const page = open();
  puppet.deaf = true;
  const id = follow(page, page.start('go'));
  await settle();
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await clock.advance(4_999);
  assert.equal(page.status(id), 'stopping');
  await clock.advance(1);
  assert.equal(page.status(id), 'stopped');
  assert.deepEqual(puppet.disposed, [id]);
  const before = page.kinds(id).length;
  puppet.last().text('still here');
  await clock.advance(1_000);
  assert.equal(page.kinds(id).length, before);
});

onEachStorage('a second stop while stopping changes nothing', async (storage) => {
  const {page: open, puppet} = createWorld(storage);
  const page = open();
  puppet.deaf = true;
  const id = follow(page, page.start('go'));
  const {turn} = page.sessions.get(id) ?? {};
  page.command('stop', id, {turn});
  const before = page.kinds(id).length;
  const again = page.command('stop', id, {turn});
  assert.equal(again.type === 'ack' && again.result, 'stopping');
  assert.equal(page.kinds(id).length, before);
});

onEachStorage('a stop that names a turn that is over puts the view right and hits nothing', async (storage) => {
  const {page: open, puppet} = createWorld(storage);
  const page = open();
  const id = follow(page, page.start('one'));
  await settle();
  const {turn} = page.sessions.get(id) ?? {};
  puppet.last().end();
  await settle();
  page.command('send', id, {text: 'two'});
  const {rev = 0} = page.sessions.get(id) ?? {};
  const ack = page.command('stop', id, {turn});
  assert.equal(ack.type === 'ack' && ack.result, 'not-running');
  assert.equal(ack.type === 'ack' && ack.rev, rev + 1);
  assert.equal(page.sessions.get(id)?.rev, rev + 1);
  assert.equal(page.status(id), 'running');
});

onEachStorage('a stop by the id of a send stops its turn, or takes it back while it waits', async (storage) => {
  const {page: open} = createWorld(storage);
  const page = open();
  const session = follow(page, page.start('one'));
  const send = page.command('send', session, {text: 'two'});
  const taken = page.command('stop', session, {of: send.command});
  assert.equal(taken.type === 'ack' && taken.result, 'unqueued');
  const start = page.all('ack')[0]?.command;
  const stop = page.command('stop', session, {of: start});
  assert.equal(stop.type === 'ack' && stop.result, 'stopping');
  const nothing = page.command('stop', session, {});
  assert.equal(nothing.type === 'reject' && nothing.code, 'invalid');
});

onEachStorage('after a stop the queue waits for the next send, which goes behind it', async (storage) => {
  const {page: open, puppet} = createWorld(storage);
  const page = open();
  const id = follow(page, page.start('one'));
  page.command('send', id, {text: 'two'});
  await settle();
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await settle();
  assert.equal(page.status(id), 'stopped');
  assert.equal(page.sessions.get(id)?.queued, 1);
  page.command('send', id, {text: 'three'});
  assert.equal(page.status(id), 'running');
  await settle();
  puppet.last().end();
  await settle();
  puppet.last().end();
  await settle();
  assert.deepEqual(texts(page, id), ['one', 'two', 'three']);
  assert.equal(page.status(id), 'finished');
});

onEachStorage('a send while stopping releases the queue', async (storage) => {
  const {page: open, puppet, clock} = createWorld(storage);
  const page = open();
  puppet.deaf = true;
  const id = follow(page, page.start('one'));
  page.command('send', id, {text: 'two'});
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  page.command('send', id, {text: 'three'});
  await clock.advance(5_000);
  assert.deepEqual(texts(page, id), ['one', 'two']);
  assert.equal(page.status(id), 'running');
  const kinds = page.kinds(id);
  assert.equal(kinds[kinds.indexOf('turn-ended stopped') + 1], 'turn-began');
});

onEachStorage('continue begins a waiting queue, and says so when there is nothing', async (storage) => {
  const {page: open, puppet} = createWorld(storage);
  const page = open();
  const id = follow(page, page.start('one'));
  const open1 = page.command('continue', id);
  assert.equal(open1.type === 'ack' && open1.result, 'nothing-queued');
  page.command('send', id, {text: 'two'});
  await settle();
  puppet.last().fail(new Error('no luck'));
  await settle();
  assert.equal(page.status(id), 'failed');
  assert.deepEqual(page.sessions.get(id)?.error, {code: 'agent', message: 'no luck'});
  const ack = page.command('continue', id);
  assert.equal(ack.type === 'ack' && ack.result, undefined);
  assert.equal(page.status(id), 'running');
  assert.equal(page.sessions.get(id)?.error, undefined);
  const message = [...(page.channels.get(`session:${id}`)?.events.values() ?? [])].findLast(
    ({event}) => event.kind === 'message',
  );
  assert.notEqual(message?.command, ack.command, 'the message keeps the command that sent it');
});

onEachStorage('continue while stopping releases the queue', async (storage) => {
  const {page: open, puppet, clock} = createWorld(storage);
  const page = open();
  puppet.deaf = true;
  const id = page.start('one');
  page.command('send', id, {text: 'two'});
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  page.command('continue', id);
  await clock.advance(5_000);
  assert.equal(page.status(id), 'running');
});

onEachStorage('a queued message can be taken back, one that has begun cannot', (storage) => {
  const {page: open} = createWorld(storage);
  const page = open();
  const id = follow(page, page.start('one'));
  const begun = page.all('ack')[0]?.command;
  const {command: queued} = page.command('send', id, {text: 'two'});
  assert.equal(page.command('unqueue', id, {queued}).type, 'ack');
  assert.equal(page.sessions.get(id)?.queued, undefined);
  const again = page.command('unqueue', id, {queued});
  assert.equal(again.type === 'reject' && again.code, 'too-late');
  const late = page.command('unqueue', id, {queued: begun});
  assert.equal(late.type === 'reject' && late.code, 'too-late');
  const never = page.command('unqueue', id, {queued: uuid()});
  assert.equal(never.type === 'reject' && never.code, 'not-found');
});

onEachStorage('at most 100 messages and 512 KiB wait', (storage) => {
  const {page: open} = createWorld(storage);
  const page = open();
  const id = page.start('one');
  for (let i = 0; i < 100; i += 1) assert.equal(page.command('send', id, {text: `${i}`}).type, 'ack');
  const more = page.command('send', id, {text: 'one more'});
  assert.equal(more.type === 'reject' && more.code, 'too-many');
  const other = page.start('other');
  const text = 'x'.repeat(128 * 1024);
  for (let i = 0; i < 4; i += 1) assert.equal(page.command('send', other, {text}).type, 'ack');
  const large = page.command('send', other, {text: 'x'});
  assert.equal(large.type === 'reject' && large.code, 'too-many');
});

onEachStorage('beyond the bound of turns a start is pending, and begins when there is room', async (storage) => {
  const {page: open, puppet} = createWorld(storage, {maxTurns: 1});
  const page = open();
  const first = page.start('first');
  const second = follow(page, page.start('second'));
  assert.equal(page.status(second), 'pending');
  assert.equal(page.sessions.get(second)?.queued, 1);
  assert.deepEqual(page.kinds(second), ['queued', 'put pending']);
  const {turn} = page.sessions.get(second) ?? {};
  await settle();
  puppet.last(first).end();
  await settle();
  assert.equal(page.status(second), 'running');
  assert.equal(page.sessions.get(second)?.turn, turn);
  assert.deepEqual(page.kinds(second).slice(2), ['turn-began', 'message', 'unqueued', 'put running']);
});

onEachStorage('a turn that waits for a person takes no room', async (storage) => {
  const {page: open, puppet} = createWorld(storage, {maxTurns: 1});
  const page = open();
  const first = page.start('first');
  const second = page.start('second');
  await settle();
  puppet.last(first).say({
    type: 'approval',
    title: 'May I?',
    options: [{id: 'yes', label: 'Yes', kind: 'allow'}],
    answer: () => undefined,
  });
  await settle();
  assert.equal(page.status(first), 'waiting');
  assert.equal(page.status(second), 'running');
});

onEachStorage('a stop of a pending start keeps its words', (storage) => {
  const {page: open} = createWorld(storage, {maxTurns: 1});
  const page = open();
  page.start('first');
  const second = follow(page, page.start('second'));
  const ack = page.command('stop', second, {turn: page.sessions.get(second)?.turn});
  assert.equal(ack.type, 'ack');
  assert.equal(page.status(second), 'stopped');
  assert.deepEqual(page.kinds(second).slice(2), [
    'turn-began',
    'message',
    'unqueued',
    'turn-ended stopped',
    'put stopped',
  ]);
});

onEachStorage('an unqueue of a pending start is a stop of it', (storage) => {
  const {page: open} = createWorld(storage, {maxTurns: 1});
  const page = open();
  page.start('first');
  const second = follow(page, page.start('second'));
  const queued = page.all('ack').at(-1)?.command;
  assert.equal(page.command('unqueue', second, {queued}).type, 'ack');
  assert.equal(page.status(second), 'stopped');
  assert.deepEqual(texts(page, second), ['second']);
});

onEachStorage('a stop of a pending send takes it back, and what is pending next has a new turn', async (storage) => {
  const {page: open, puppet} = createWorld(storage, {maxTurns: 1});
  const page = open();
  const id = follow(page, page.start('one'));
  await settle();
  puppet.last().end();
  await settle();
  page.start('takes the room');
  page.command('send', id, {text: 'two'});
  page.command('send', id, {text: 'three'});
  assert.equal(page.status(id), 'pending');
  const {turn} = page.sessions.get(id) ?? {};
  const ack = page.command('stop', id, {turn});
  assert.equal(ack.type === 'ack' && ack.result, 'unqueued');
  assert.equal(page.status(id), 'pending');
  const next = page.sessions.get(id)?.turn;
  assert.notEqual(next, turn);
  const old = page.command('stop', id, {turn});
  assert.equal(old.type === 'ack' && old.result, 'not-running');
  page.command('stop', id, {turn: next});
  assert.equal(page.status(id), 'finished', 'with nothing pending left it is that of the last turn');
  assert.equal(page.sessions.get(id)?.turn, undefined);
});
