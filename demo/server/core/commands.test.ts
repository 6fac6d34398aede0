import assert from 'node:assert/strict';
import {onEachStorage} from '../storage/testkit.ts';
import {createWorld, Page, Puppet, settle, uuid} from './testkit.ts';

onEachStorage('a repeated command is answered again and has no second effect', (storage) => {
  const page = createWorld(storage).page();
  const session = uuid();
  const id = uuid();
  const first = page.command('start', session, {text: 'Hello'}, id);
  const again = page.command('start', session, {text: 'Hello'}, id);
  assert.deepEqual(again, first);
  const reject = page.command('start', session, {text: 'Hello'});
  assert.equal(reject.type === 'reject' && reject.code, 'exists');
  assert.deepEqual(page.command('rename', session, {title: 'x'}, reject.command), reject, 'a reject is final');
  page.subscribe(`session:${session}`);
  assert.equal(page.kinds(session).filter((kind) => kind === 'message').length, 1);
});

onEachStorage('an answer given in another epoch names no numbers', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const session = uuid();
  const first = page.command('start', session, {text: 'Hello'});
  await settle();
  Object.defineProperty(storage, 'epoch', {value: 'restored'});
  const after = world.restart().page();
  assert.deepEqual(after.command('start', session, {text: 'Hello'}, first.command), {
    type: 'ack',
    command: first.command,
  });
});

onEachStorage('rename, archive and seen', async (storage) => {
  const {page: open, puppet} = createWorld(storage);
  const page = open();
  const id = page.start('go');
  await settle();
  puppet.last().end();
  await settle();
  const {updated} = page.sessions.get(id) ?? {};
  const rename = page.command('rename', id, {title: '  A new\n title '});
  assert.equal(page.sessions.get(id)?.title, 'A new title');
  assert.equal(rename.type === 'ack' && rename.rev, page.sessions.get(id)?.rev);
  assert.equal(page.one('event').command, rename.command);
  page.command('rename', id, {title: 'x'.repeat(300)});
  assert.equal(page.sessions.get(id)?.title.length, 256);
  const empty = page.command('rename', id, {title: ' '});
  assert.equal(empty.type === 'reject' && empty.code, 'invalid');
  page.command('archive', id, {archived: true});
  assert.equal(page.sessions.get(id)?.archived, true);
  page.command('archive', id, {archived: false});
  assert.equal(page.sessions.get(id)?.archived, undefined);
  assert.equal(page.sessions.get(id)?.unread, true);
  page.command('seen', id, {seq: 1});
  assert.equal(page.sessions.get(id)?.unread, true);
  page.command('seen', id, {seq: 10_000});
  assert.equal(page.sessions.get(id)?.unread, undefined);
  assert.equal(page.sessions.get(id)?.updated, updated);
  const before = page.frames.length;
  page.command('seen', id, {seq: 10_000});
  assert.deepEqual(
    page.frames.slice(before).map(({type}) => type),
    ['ack'],
  );
});

onEachStorage('a deleted session is gone at once, its id stays taken and its answers stay', async (storage) => {
  const world = createWorld(storage);
  const page = world.page();
  const session = uuid();
  const start = page.command('start', session, {text: 'go'});
  page.subscribe(`session:${session}`);
  await settle();
  const run = world.puppet.last();
  const remove = page.command('delete', session);
  assert.deepEqual(remove, {type: 'ack', command: remove.command});
  assert.equal(page.sessions.has(session), false);
  const error = page.all('error').at(-1);
  assert.deepEqual([error?.code, error?.channel], ['not-found', `session:${session}`]);
  assert.equal(run.signal.aborted, true);
  const before = page.frames.length;
  run.text('more');
  await world.clock.advance(6_000);
  assert.deepEqual(
    page.frames.slice(before).filter(({type}) => type !== 'pong'),
    [],
  );
  assert.deepEqual(world.puppet.disposed, [session]);
  assert.deepEqual(page.command('start', session, {text: 'go'}, start.command), start);
  assert.deepEqual(page.command('delete', session, {}, remove.command), remove);
  const again = page.command('start', session, {text: 'go'});
  assert.equal(again.type === 'reject' && again.code, 'exists');
  const send = page.command('send', session, {text: 'go'});
  assert.equal(send.type === 'reject' && send.code, 'not-found');
  page.subscribe(`session:${session}`);
  assert.equal(page.one('error').code, 'not-found');
  await world.clock.advance(8 * 24 * 3_600_000);
  assert.equal(storage.answer('', start.command), undefined);
});

onEachStorage('an agent that is deaf to a deletion is let go after 5 s, and takes room until then', async (storage) => {
  const world = createWorld(storage, {maxTurns: 1});
  const page = world.page();
  world.puppet.deaf = true;
  const id = page.start('go');
  const other = page.start('other');
  await settle();
  page.command('delete', id);
  assert.equal(page.status(other), 'pending');
  await world.clock.advance(5_000);
  assert.equal(page.status(other), 'running');
});

onEachStorage('another user’s session is answered exactly as one that does not exist', (storage) => {
  const world = createWorld(storage);
  const ada = world.page([{channel: 'sessions'}], {token: 'ada'});
  const bob = world.page([{channel: 'sessions'}], {token: 'bob'});
  const session = ada.start('secret');
  const answers = (id: string): object[] => {
    const before = bob.frames.length;
    bob.command('send', id, {text: 'x'});
    bob.command('continue', id);
    bob.command('unqueue', id, {queued: uuid()});
    bob.command('stop', id, {turn: 't'});
    bob.command('answer', id, {approval: 'a', option: 'o'});
    bob.command('rename', id, {title: 'x'});
    bob.command('archive', id, {archived: true});
    bob.command('seen', id, {seq: 1});
    bob.command('delete', id);
    bob.subscribe(`session:${id}`);
    bob.query({channel: `session:${id}`});
    return bob.frames.slice(before).map((data) => {
      const {command: _, channel: _channel, id: _id, ...rest} = data as unknown as Record<string, unknown>;
      return rest;
    });
  };
  assert.deepEqual(answers(session), answers(uuid()));
  assert.equal(bob.command('start', session, {text: 'mine'}).type, 'ack', 'ids are per user');
  assert.equal(bob.sessions.size, 1);
  assert.notEqual(ada.one('welcome').epoch, bob.one('welcome').epoch);
  assert.deepEqual(ada.one('welcome').user, {id: 'ada', name: 'Mx ada'});
});

onEachStorage('what cannot be obeyed is rejected with the reason', (storage) => {
  const puppet = new Puppet('puppet', ['/srv/site']);
  const page = createWorld(storage, {}, puppet).page();
  const code = (op: string, session: string, fields: object): string | undefined => {
    const answer = page.command(op, session, fields);
    return answer.type === 'reject' ? answer.code : undefined;
  };
  const id = page.start('go');
  assert.equal(code('start', uuid(), {text: 'x', agent: 'none'}), 'invalid');
  assert.equal(code('start', uuid(), {text: 'x', cwd: '/srv/site/below'}), undefined);
  assert.equal(code('start', uuid(), {text: 'x', cwd: '/srv/site/../there'}), 'invalid');
  assert.equal(code('start', uuid(), {text: 'x', cwd: '/srv/sites'}), 'invalid');
  assert.equal(code('start', uuid(), {text: 'x'.repeat(128 * 1024 + 1)}), 'too-large');
  assert.equal(code('send', id, {text: 'é'.repeat(64 * 1024 + 1)}), 'too-large');
  assert.equal(code('start', uuid(), {text: ''}), 'invalid');
  assert.equal(code('start', 'no-uuid', {text: 'x'}), 'invalid');
  assert.equal(code('set-option', id, {option: 'a', value: 'b'}), 'unsupported');
  assert.equal(code('answer', id, {}), 'invalid');
  assert.equal(code('dance', id, {}), 'unsupported');
  assert.deepEqual(page.problems, []);
});

onEachStorage('if nothing can be stored nothing is answered, and the page may send again', (storage) => {
  const world = createWorld(storage);
  const page = new Page(world.hub);
  page.hello();
  const {putAnswer} = storage;
  storage.putAnswer = () => {
    throw new Error('disk full');
  };
  const session = uuid();
  const id = uuid();
  page.give({type: 'command', op: 'start', session, id, text: 'go'});
  assert.equal(page.closeCode(), 1011);
  assert.equal(page.all('ack').length + page.all('reject').length + page.all('event').length, 0);
  storage.putAnswer = putAnswer;
  const again = world.page();
  assert.equal(again.sessions.size, 0);
  assert.equal(again.command('start', session, {text: 'go'}, id).type, 'ack');
});
