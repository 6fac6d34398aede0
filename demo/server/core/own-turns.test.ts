import assert from 'node:assert/strict';
import {onEachStorage} from '../storage/testkit.ts';
import type {AgentTurn} from './agent.ts';
import type {Storage} from './storage.ts';
import {createWorld, PuppetTurn, settle, type Page, type World} from './testkit.ts';

/** What came of it. */
class Begun {
  events: PuppetTurn | undefined;
  refused = false;
}

/** A session whose first turn is open. */
async function scene(storage: Storage, maxTurns = 8): Promise<{world: World; page: Page; id: string}> {
  const world = createWorld(storage, {maxTurns});
  const page = world.page();
  const id = page.start('go');
  page.subscribe(`session:${id}`);
  await settle();
  return {world, page, id};
}

/** The agent begins by itself. */
function beginOwn({puppet}: World, session: string): Begun {
  const begun = new Begun();
  const {turn} = puppet.last();
  puppet.host?.begin(
    {session, user: turn.user},
    {
      events: (signal) => (begun.events = new PuppetTurn({...turn, messages: []} as AgentTurn, signal, false)).events(),
      refused: () => (begun.refused = true),
    },
  );
  return begun;
}

const shape = (page: Page, id: string): string[] =>
  page.thread(id).flatMap((event) => {
    if (event.kind === 'turn-began') return [`began by ${event.origin}`];
    if (event.kind === 'turn-ended') return [event.outcome];
    return event.kind === 'message' ? [event.text] : event.kind === 'session-put' ? [] : [event.kind];
  });

onEachStorage('a turn that the agent begins: at once in a session that rests, and as any other', async (storage) => {
  const {world, page, id} = await scene(storage);
  world.puppet.last().end();
  await settle();
  const {events} = beginOwn(world, id);
  events?.text('by itself');
  await settle();
  assert.equal(page.command('send', id, {text: 'wait for it'}).type, 'ack');
  events?.end();
  await settle();
  world.puppet.last().end();
  await settle();
  assert.deepEqual(shape(page, id), [
    ...['began by user', 'go', 'finished'],
    ...['began by agent', 'queued', 'by itself', 'finished'],
    ...['began by user', 'wait for it', 'unqueued', 'finished'],
  ]);
  assert.deepEqual(page.problems, []);
});

onEachStorage('one that comes before the end of another begins after it; a stop is a stop', async (storage) => {
  const {world, page, id} = await scene(storage);
  const begun = beginOwn(world, id);
  world.puppet.last().end();
  await settle();
  begun.events?.text('after it');
  await settle();
  const opened = page.thread(id).findLast((event) => event.kind === 'turn-began');
  assert.equal(page.command('stop', id, {turn: opened?.turn}).type, 'ack');
  await settle();
  assert.equal(begun.events?.signal.aborted, true);
  assert.deepEqual(shape(page, id).slice(-3), ['began by agent', 'after it', 'stopped']);
});

onEachStorage('it is refused where something waits, without room and without a session', async (storage) => {
  const {world, page, id} = await scene(storage, 1);
  assert.equal(page.command('send', id, {text: 'first'}).type, 'ack');
  const behind = beginOwn(world, id);
  const other = page.start('no room');
  page.subscribe(`session:${other}`);
  assert.equal(beginOwn(world, other).refused, true, 'its own turn is pending');
  assert.equal(beginOwn(world, 'none').refused, true);
  world.puppet.last().end();
  await settle();
  assert.equal(behind.refused, true);
  assert.equal(page.command('delete', id).type, 'ack');
  await settle();
  assert.equal(beginOwn(world, id).refused, true);
  assert.deepEqual(page.problems, []);
});

onEachStorage('with its session deleted or the server ended, nothing begins', async (storage) => {
  const {world, page, id} = await scene(storage);
  const begun = beginOwn(world, id);
  page.command('delete', id);
  await settle();
  assert.ok(begun.refused && !begun.events);
  await world.hub.shutdown();
  assert.equal(beginOwn(world, id).refused, true);
});
