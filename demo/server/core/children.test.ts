import assert from 'node:assert/strict';
import {onEachStorage} from '../storage/testkit.ts';
import {createWorld, settle, type Page, type World} from './testkit.ts';

async function child(world: World, parent: string, text: string): Promise<string> {
  const made: (string | null)[] = [];
  world.puppet.last(parent).say({type: 'child', text, started: (id) => made.push(id)});
  await settle();
  const [id] = made;
  if (typeof id !== 'string') throw new Error('no child');
  return id;
}

async function ends(world: World, session: string, text = ''): Promise<void> {
  if (text !== '') world.puppet.last(session).text(text);
  world.puppet.last(session).end();
  await settle();
}

async function parent(world: World): Promise<{page: Page; id: string}> {
  const page = world.page();
  const id = page.start('parent');
  page.subscribe(`session:${id}`);
  await settle();
  return {page, id};
}

const callbacks = (page: Page, id: string): string[] =>
  page
    .thread(id)
    .flatMap((event) => (event.kind === 'message' && event.author?.kind === 'callback' ? [event.text] : []));

onEachStorage('a child is a session of its own, and its parent is called back when its turn ends', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'count');
  assert.equal(page.sessions.get(kid)?.parent, id);
  page.subscribe(`session:${kid}`);
  const first = page.thread(kid).find((event) => event.kind === 'message');
  assert.deepEqual(first?.kind === 'message' && first.author, {kind: 'agent', session: id, name: 'The puppet'});
  await ends(world, id);
  assert.equal(page.status(id), 'finished');
  await ends(world, kid, '42');
  assert.equal(page.status(id), 'running');
  const began = page.thread(id).findLast((event) => event.kind === 'turn-began');
  assert.deepEqual(began?.kind === 'turn-began' && [began.origin, began.children], ['callback', [kid]]);
  assert.deepEqual(callbacks(page, id), ['“count” has finished.\n\n42']);
  assert.deepEqual(world.puppet.last(id).turn.messages[0]?.child, {session: kid, title: 'count', lastText: '42'});
});

onEachStorage('callbacks come after the turn and after all of the queue, several in one turn', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const one = await child(world, id, 'one');
  const two = await child(world, id, 'two');
  await ends(world, one);
  page.command('send', id, {text: 'queued'});
  await ends(world, two);
  assert.equal(page.sessions.get(id)?.queued, 3);
  await ends(world, id);
  assert.deepEqual(callbacks(page, id), []);
  page.command('send', id, {text: 'later still'});
  await ends(world, id);
  assert.deepEqual(callbacks(page, id), []);
  await ends(world, id);
  assert.deepEqual(callbacks(page, id), ['“one” has finished.', '“two” has finished.']);
  assert.equal(page.sessions.get(id)?.queued, undefined);
});

onEachStorage('a turn that a person began in a child tells nobody', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'count');
  await ends(world, id);
  await ends(world, kid);
  await ends(world, id);
  page.command('send', kid, {text: 'again'});
  await settle();
  await ends(world, kid);
  assert.equal(callbacks(page, id).length, 1);
  assert.equal(page.status(id), 'finished');
});

onEachStorage('the callback turn of what a caused turn started tells the next one up', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'middle');
  const grandchild = await child(world, kid, 'deep');
  await ends(world, id);
  await ends(world, kid, 'Started.');
  await ends(world, id);
  assert.equal(callbacks(page, id).length, 1);
  await ends(world, grandchild, 'found');
  assert.equal(page.status(kid), 'running');
  await ends(world, kid, 'Child said: found');
  assert.deepEqual(callbacks(page, id).at(-1), '“middle” has finished.\n\nChild said: found');
});

onEachStorage('after a stop callbacks wait with the queue, until a person goes on', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'count');
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await settle();
  assert.equal(page.status(kid), 'running', 'a stop leaves children alone');
  await ends(world, kid);
  assert.equal(page.status(id), 'stopped');
  assert.equal(page.sessions.get(id)?.queued, 1);
  page.command('continue', id);
  assert.equal(page.status(id), 'running');
  assert.equal(callbacks(page, id).length, 1);
});

onEachStorage('stopped and failed children are told too', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const one = await child(world, id, 'one');
  const two = await child(world, id, 'two');
  page.command('stop', one, {turn: page.sessions.get(one)?.turn});
  world.puppet.last(two).fail(new Error('no luck'));
  await settle();
  await ends(world, id);
  assert.deepEqual(callbacks(page, id), ['“one” was stopped.', '“two” has failed (no luck).']);
});

onEachStorage(
  'deleting a child that is at work counts as its end, deleting an idle one tells nothing',
  async (storage) => {
    const world = createWorld(storage);
    const {page, id} = await parent(world);
    const one = await child(world, id, 'one');
    const two = await child(world, id, 'two');
    await ends(world, id);
    page.command('delete', one);
    assert.deepEqual(callbacks(page, id), ['“one” was deleted before it had ended.']);
    await settle();
    await ends(world, id);
    await ends(world, two);
    await ends(world, id);
    page.command('delete', two);
    assert.equal(callbacks(page, id).length, 2);
    assert.equal(page.status(id), 'finished');
  },
);

onEachStorage('deleting a parent leaves its children alive, without a parent', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'count');
  page.command('delete', id);
  assert.equal(page.sessions.get(kid)?.parent, undefined);
  assert.equal(page.status(kid), 'running');
  await ends(world, kid, 'done');
  assert.equal(page.status(kid), 'finished');
});

onEachStorage('pending callbacks can be stopped, and wait', async (storage) => {
  const world = createWorld(storage, {maxTurns: 2});
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'count');
  await ends(world, id);
  page.start('takes the room');
  page.start('next in line');
  await settle();
  await ends(world, kid);
  assert.equal(page.status(id), 'pending');
  const {turn} = page.sessions.get(id) ?? {};
  const ack = page.command('stop', id, {turn});
  assert.equal(ack.type === 'ack' && ack.result, 'stopping');
  assert.equal(page.status(id), 'finished');
  assert.equal(page.sessions.get(id)?.queued, 1);
  page.command('continue', id);
  assert.equal(page.status(id), 'pending');
  const before = page.sessions.get(id)?.turn;
  page.command('send', id, {text: 'me first'});
  assert.notEqual(page.sessions.get(id)?.turn, before, 'something else is pending now');
});

onEachStorage('children are bounded in number and depth', async (storage) => {
  const world = createWorld(storage, {limits: {childDepth: 1, childrenPerTurn: 1}});
  const {id} = await parent(world);
  const kid = await child(world, id, 'one');
  await assert.rejects(() => child(world, id, 'two'), /no child/);
  await assert.rejects(() => child(world, kid, 'deeper'), /no child/);
});

onEachStorage('seed 1: a callback turn is stopped as any other, by the turn that the page sees', async (storage) => {
  const world = createWorld(storage);
  const {page, id} = await parent(world);
  const kid = await child(world, id, 'count');
  await ends(world, id);
  await ends(world, kid, '42');
  assert.equal(page.status(id), 'running');
  const turn = page.sessions.get(id)?.turn ?? '';
  page.command('stop', id, {turn});
  await settle();
  assert.equal(page.status(id), 'stopped');
  const ended = page.thread(id).findLast((event) => event.kind === 'turn-ended');
  assert.deepEqual(ended?.kind === 'turn-ended' && [ended.turn, ended.outcome], [turn, 'stopped']);
});
