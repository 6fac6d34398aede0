import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createMemoryStorage} from '../storage/memory.ts';
import type {Agent, AgentEvent} from './agent.ts';
import {createWorld, settle, type Page, type World} from './testkit.ts';

const agent = (run: Agent['run']): Agent => ({id: 'bad', title: 'Bad', run});

async function start(run: Agent['run'], options = {}): Promise<{world: World; page: Page; id: string}> {
  const world = createWorld(createMemoryStorage(), {agents: [agent(run)], ...options});
  const page = world.page();
  const id = page.start('go');
  page.subscribe(`session:${id}`);
  await settle();
  return {world, page, id};
}

test('an agent that throws before it begins fails its turn', async () => {
  const {page, id} = await start(() => {
    throw new Error('not today');
  });
  assert.equal(page.status(id), 'failed');
  assert.deepEqual(page.sessions.get(id)?.error, {code: 'agent', message: 'not today'});
});

test('an agent that throws what is no error fails its turn', async () => {
  const {page, id} = await start(async function* () {
    yield {type: 'text', text: 'a'};
    throw null;
  });
  assert.equal(page.status(id), 'failed');
  assert.deepEqual(page.kinds(id).slice(-3), ['message', 'turn-ended failed', 'put failed']);
});

test('an agent that throws what refuses to be a string fails its turn, and its iterator may fail to close', async () => {
  const {page, id} = await start(() => ({
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({done: false, value: {type: 'nonsense'} as unknown as AgentEvent}),
      return: () => {
        throw Object.create(null);
      },
    }),
  }));
  assert.equal(page.status(id), 'failed');
  const other = await start(() => {
    throw Object.create(null);
  });
  assert.equal(other.page.status(other.id), 'failed');
});

test('the log has no words of the conversation', async () => {
  const {world} = await start(async function* (turn) {
    yield {type: 'text', text: 'secret answer'};
    throw new Error(`secret ${turn.messages[0]?.text}`);
  });
  assert.ok(world.logs.some((line) => line.includes('agent-failed')));
  assert.ok(!world.logs.some((line) => line.includes('secret')));
});

test('an agent that yields what cannot be read fails its turn, and is logged', async () => {
  const nonsense: unknown[] = [
    null,
    {},
    {type: 'unknown'},
    {type: 'text', text: 7},
    {type: 'tool-began', ref: 't'},
    {type: 'tool-began', ref: 't', name: 'x', input: 1n},
    {type: 'tool-began', ref: 't', name: 'x', input: 1, content: 'no list'},
    {type: 'approval', title: 'x', options: [], answer: () => undefined},
    {
      type: 'approval',
      title: 'x',
      options: [
        {id: 'a', label: 'A', kind: 'allow'},
        {id: 'a', label: 'B', kind: 'reject'},
      ],
      answer: () => undefined,
    },
    {type: 'approval', title: 'x', options: [{id: 'a', label: 'A', kind: 'maybe'}], answer: () => undefined},
    {type: 'notice', level: 'loud', text: 'x'},
  ];
  for (const event of nonsense) {
    const {page, id, world} = await start(async function* () {
      yield event as AgentEvent;
    });
    assert.equal(
      page.status(id),
      'failed',
      JSON.stringify(event, (_, value: unknown) => String(value)),
    );
    assert.ok(world.logs.some((line) => line.includes('agent-failed')));
    assert.deepEqual(page.problems, []);
  }
});

test('names of tools that never began are left out and logged', async () => {
  const {page, id, world} = await start(async function* () {
    yield {type: 'tool-output', ref: 'x', text: 'a'};
    yield {type: 'tool-updated', ref: 'x', title: 'a', input: {}};
    yield {type: 'tool-ended', ref: 'x', outcome: 'completed'};
    yield {type: 'tool-began', ref: 't', name: 'dig', input: {}, parent: 'x'};
    yield {type: 'tool-began', ref: 't', name: 'dig', input: {}};
  });
  await settle();
  assert.equal(page.status(id), 'finished');
  assert.equal(page.kinds(id).filter((kind) => kind.startsWith('tool')).length, 2);
  assert.equal(world.logs.filter((line) => line.includes('agent-ref')).length, 5);
});

test('an agent that never pauses keeps nobody from anything', async () => {
  const {page, id, world} = await start(async function* (_, signal) {
    while (!signal.aborted) yield {type: 'text', text: 'blah '};
  });
  await world.clock.advance(200);
  assert.equal(page.status(id), 'running');
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await world.clock.advance(100);
  assert.equal(page.status(id), 'stopped');
});

test('an agent that floods after a stop is killed', async () => {
  const {page, id, world} = await start(async function* () {
    for (;;) yield {type: 'text', text: 'blah '};
  });
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  const before = page.frames.length;
  await world.clock.advance(4_900);
  assert.equal(page.frames.length, before);
  await world.clock.advance(200);
  assert.equal(page.status(id), 'stopped');
});

test('an agent that never answers at all can be stopped', async () => {
  const never = new Promise<never>(() => undefined);
  const {page, id, world} = await start(() => ({
    [Symbol.asyncIterator]: () => ({next: () => never, return: () => never}),
  }));
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await world.clock.advance(5_000);
  assert.equal(page.status(id), 'stopped');
});

test('callbacks and dispose that throw hurt nobody', async () => {
  const world = createWorld(createMemoryStorage(), {
    agents: [
      {
        ...agent(async function* () {
          yield {
            type: 'approval',
            title: 'x',
            options: [{id: 'a', label: 'A', kind: 'allow'}],
            answer: () => {
              throw new Error('no');
            },
          };
          await new Promise(() => undefined);
        }),
        dispose: () => {
          throw new Error('no');
        },
      },
    ],
  });
  const page = world.page();
  const id = page.start('go');
  await settle();
  page.command('stop', id, {turn: page.sessions.get(id)?.turn});
  await world.clock.advance(5_000);
  assert.equal(page.status(id), 'stopped');
  assert.ok(world.logs.some((line) => line.includes('agent-dispose')));
});

test('too many open tools fail the turn', async () => {
  const {page, id, world} = await start(
    async function* () {
      for (let i = 0; ; i += 1) yield {type: 'tool-began', ref: `${i}`, name: 'dig', input: {}};
    },
    {limits: {openTools: 10}},
  );
  await world.clock.advance(1_000);
  assert.equal(page.status(id), 'failed');
  assert.equal(page.kinds(id).filter((kind) => kind === 'tool-ended failed').length, 10);
});

test('a turn that cannot be ended for the storage is ended when it can', async () => {
  const storage = createMemoryStorage();
  const world = createWorld(storage);
  const page = world.page();
  const id = page.start('go');
  await settle();
  const {append} = storage;
  storage.append = () => {
    throw new Error('disk full');
  };
  world.puppet.last().text('x');
  world.puppet.last().end();
  await world.clock.advance(3_000);
  assert.equal(page.status(id), 'running');
  storage.append = append;
  await world.clock.advance(1_000);
  assert.equal(page.status(id), 'finished');
  assert.ok(world.logs.some((line) => line.includes('turn-not-ended')));
});
