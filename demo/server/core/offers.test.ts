import assert from 'node:assert/strict';
import type {EventOf, SessionOption, ThreadEvent} from '../../../src/model/events.ts';
import {onEachStorage} from '../storage/testkit.ts';
import type {Offer} from './agent.ts';
import type {Storage} from './storage.ts';
import {createWorld, Puppet, settle, type Page, type World} from './testkit.ts';

const ALL: readonly Offer[] = ['plans', 'options', 'commands', 'questions'];

interface Scene {
  readonly world: World;
  readonly page: Page;
  readonly id: string;
  /** Events of a kind, in order. */
  all<K extends ThreadEvent['kind']>(kind: K): EventOf<K>[];
}

/** A session with its first turn open. */
async function begin(storage: Storage): Promise<Scene> {
  const puppet = new Puppet();
  puppet.offers = ALL;
  const world = createWorld(storage, {}, puppet);
  const page = world.page();
  const id = page.start('go');
  page.subscribe(`session:${id}`);
  await settle();
  return {
    world,
    page,
    id,
    all: <K extends ThreadEvent['kind']>(kind: K) =>
      page.thread(id).filter((event): event is EventOf<K> => event.kind === kind),
  };
}

/** Another page that has seen nothing yet. */
const fresh = (world: World, id: string): Page => world.page([{channel: 'sessions'}, {channel: `session:${id}`}]);

const opened = (page: Page): unknown[] => {
  const {state} = page.one('snapshot');
  return 'open' in state ? state.open.map(({event}) => event.kind) : [];
};

const model = (value: string): SessionOption => ({
  id: 'model',
  label: 'Model',
  type: 'select',
  value,
  choices: [
    {value: 'small', label: 'Small'},
    {value: 'large', label: 'Large', description: 'slower'},
  ],
});

onEachStorage('capabilities name what some agent has, and nothing else', (storage) => {
  const plain = createWorld(storage).page().one('welcome').capabilities;
  assert.deepEqual(
    [...ALL, 'set-option'].filter((name) => plain.includes(name)),
    [],
  );
  const puppet = new Puppet();
  puppet.offers = ['options', 'plans'];
  const {capabilities} = createWorld(storage, {}, puppet).page().one('welcome');
  assert.deepEqual(capabilities.slice(-3), ['set-option', 'options', 'plans']);
});

onEachStorage('a plan is told whole, stands behind what was said, and is open as long as its turn', async (storage) => {
  const {world, page, id, all} = await begin(storage);
  const run = world.puppet.last();
  run.text('First ');
  run.say({type: 'plan', entries: [{text: 'one', status: 'pending'}]});
  run.say({type: 'plan', entries: [{text: 'one', status: 'pending'}]});
  run.text('then');
  run.say({type: 'plan', entries: [{text: 'one', status: 'done', priority: 'high'}]});
  await settle();
  assert.deepEqual(placed(page, id).slice(-4), ['message', 'plan', 'message', 'plan'], 'the same plan is no news');
  assert.deepEqual(all('plan').at(-1)?.entries, [{text: 'one', status: 'done', priority: 'high'}]);
  const other = fresh(world, id);
  assert.deepEqual(opened(other), ['turn-began', 'message', 'plan']);
  run.end();
  await settle();
  assert.deepEqual(opened(fresh(world, id)), []);
  assert.deepEqual([...page.problems, ...other.problems], []);
});

onEachStorage('an option is as the person wants it at once, and as the agent says in the end', async (storage) => {
  const {world, page, id, all} = await begin(storage);
  const {puppet} = world;
  puppet.last().say({type: 'options', options: [model('small')]});
  await settle();
  const answer = page.command('set-option', id, {option: 'model', value: 'large'});
  assert.equal(all('options').at(-1)?.options[0]?.value, 'large');
  assert.equal(answer.type === 'ack' && answer.seq, page.one('event').seq);
  await settle();
  assert.deepEqual(
    puppet.wishes.map(({option, value}) => [option, value]),
    [['model', 'large']],
  );
  for (const [option, value, code] of [
    ['model', 'huge', 'invalid'],
    ['model', true, 'invalid'],
    ['mood', 'good', 'not-found'],
  ]) {
    const refused = page.command('set-option', id, {option, value});
    assert.equal(refused.type === 'reject' && refused.code, code);
  }
  puppet.last().end();
  await settle();
  assert.deepEqual(opened(fresh(world, id)), ['options'], 'it is in force whether a turn is open or not');
  const after = world.restart();
  const page2 = after.page();
  page2.command('send', id, {text: 'again'});
  await settle();
  assert.deepEqual(after.puppet.last().turn.chosen, {model: 'large'});
  after.puppet.last().say({type: 'options', options: [model('small')]});
  await settle();
  after.puppet.last().end();
  page2.command('send', id, {text: 'once more'});
  await settle();
  assert.deepEqual(after.puppet.last().turn.chosen, {model: 'small'}, 'the agent has the last word');
  assert.deepEqual([...page.problems, ...page2.problems], []);
});

onEachStorage('a wish that the agent refuses is followed by the old value and the reason', async (storage) => {
  const {world, page, id, all} = await begin(storage);
  const {puppet} = world;
  puppet.last().say({type: 'options', options: [model('small')]});
  await settle();
  puppet.refused = 'not with this key.';
  page.command('set-option', id, {option: 'model', value: 'large'});
  await settle();
  assert.deepEqual(
    all('options').map(({options}) => options[0]?.value),
    ['small', 'large', 'small'],
  );
  assert.match(all('notice').at(-1)?.text ?? '', /Model.*not with this key/);
  assert.deepEqual(page.problems, []);
});

onEachStorage('commands are stored when they change, cut, and in force until the next', async (storage) => {
  const {world, page, id, all} = await begin(storage);
  const many = Array.from({length: 400}, (_, i) => ({name: `c${i}`, description: 'x'.repeat(1_500), hint: 'a file'}));
  world.puppet.last().say({type: 'commands', commands: many}, {type: 'commands', commands: many});
  await settle();
  const [event, ...more] = all('commands');
  assert.equal(more.length, 0);
  assert.equal(event?.commands.length, 200);
  assert.equal(event?.commands[7]?.description?.length, 200);
  world.puppet.last().end();
  await settle();
  assert.deepEqual(opened(fresh(world, id)), ['commands']);
  assert.deepEqual(page.problems, []);
});

/** Without what the list is told. */
const placed = (page: Page, id: string): string[] => page.kinds(id).filter((kind) => !kind.startsWith('put'));

const form = {
  type: 'question' as const,
  text: 'Which?',
  fields: [
    {id: 'name', label: 'Name', type: 'text' as const, required: true},
    {id: 'size', label: 'Size', type: 'number' as const},
    {id: 'kind', label: 'Kind', type: 'choice' as const, options: [{value: 'a', label: 'A'}]},
    {id: 'tags', label: 'Tags', type: 'choices' as const, options: [{value: 't', label: 'T'}]},
    {id: 'sure', label: 'Sure?', type: 'boolean' as const},
  ],
};

onEachStorage('a question waits for a person, takes what fits it, and the first answer wins', async (storage) => {
  const {world, page, id, all} = await begin(storage);
  const answers: unknown[] = [];
  world.puppet.last().say({...form, answer: (values: unknown) => answers.push(values)});
  await settle();
  assert.equal(page.status(id), 'waiting');
  assert.equal(page.sessions.get(id)?.unread, true);
  assert.deepEqual(opened(fresh(world, id)), ['turn-began', 'message', 'question-asked']);
  const question = all('question-asked')[0]?.id;
  const give = (values: unknown): string => {
    const answer = page.command('answer', id, {question, values});
    return answer.type === 'ack' ? 'ack' : answer.code;
  };
  for (const values of [
    {},
    {name: ''},
    {name: 1},
    {name: 'x', size: 'big'},
    {name: 'x', kind: 'b'},
    {name: 'x', tags: ['t', 't']},
    {name: 'x', tags: 't'},
    {name: 'x', sure: 'yes'},
    {name: 'x', other: 'y'},
  ]) {
    assert.equal(give(values), 'invalid', JSON.stringify(values));
  }
  assert.equal(give({name: 'x'.repeat(130 * 1024)}), 'too-large');
  assert.deepEqual(answers, []);
  const values = {name: 'x', size: 2.5, kind: 'a', tags: ['t'], sure: false};
  assert.equal(give(values), 'ack');
  assert.equal(give(null), 'too-late');
  assert.deepEqual(answers, [values]);
  assert.deepEqual(all('question-answered')[0]?.values, values);
  assert.equal(page.status(id), 'running');
  assert.deepEqual(page.problems, []);
});

onEachStorage(
  'a question is answered with nothing when it is declined, withdrawn, or its turn ends',
  async (storage) => {
    const {world, page, id, all} = await begin(storage);
    const answers: unknown[] = [];
    const ask = (name: string): void =>
      world.puppet.last().say({...form, ask: name, answer: (values: unknown) => answers.push([name, values])});
    ask('declined');
    ask('withdrawn');
    await settle();
    page.command('answer', id, {question: all('question-asked')[0]?.id, values: null});
    assert.equal(page.status(id), 'waiting');
    world.puppet.last().say({type: 'withdraw', ask: 'withdrawn'}, {type: 'withdraw', ask: 'declined'});
    await settle();
    assert.equal(page.status(id), 'running');
    ask('stopped');
    await settle();
    page.command('stop', id, {turn: page.sessions.get(id)?.turn});
    await settle();
    assert.deepEqual(page.kinds(id).slice(-4), [
      'put stopping',
      'question-answered',
      'turn-ended stopped',
      'put stopped',
    ]);
    assert.deepEqual(answers, [
      ['declined', null],
      ['withdrawn', null],
      ['stopped', null],
    ]);
    page.command('send', id, {text: 'more'});
    await settle();
    ask('restarted');
    await settle();
    const after = fresh(world.restart(), id);
    assert.deepEqual(after.kinds(id).slice(-3), ['question-answered', 'turn-ended failed', 'put failed']);
    assert.deepEqual([...page.problems, ...after.problems], []);
  },
);

onEachStorage('a turn says why it ended and what it took; the context is told with it', async (storage) => {
  const {world, page, id, all} = await begin(storage);
  const run = world.puppet.last();
  run.say({type: 'usage', used: 10, size: 100}, {type: 'usage', used: 42, size: 100});
  run.say({type: 'ending', reason: 'max-tokens', usage: {input: 5, output: 7}});
  await settle();
  assert.equal(page.sessions.get(id)?.usage, undefined);
  run.end();
  await settle();
  const ended = all('turn-ended')[0];
  assert.deepEqual([ended?.outcome, ended?.reason, ended?.usage], ['finished', 'max-tokens', {input: 5, output: 7}]);
  assert.deepEqual(page.sessions.get(id)?.usage, {used: 42, size: 100});
  assert.deepEqual(page.problems, []);
});

onEachStorage(
  'an agent is heard beside its turns: between them, within one, and after one that is stopped',
  async (storage) => {
    const {world, page, id} = await begin(storage);
    const {puppet} = world;
    const of = {session: id, user: ''};
    const say = (text: string): void => puppet.host?.tell(of, {type: 'notice', level: 'info', text});
    puppet.last().text('half');
    await settle();
    say('within');
    assert.deepEqual(placed(page, id).slice(-2), ['message', 'notice']);
    puppet.deaf = true;
    page.command('stop', id, {turn: page.sessions.get(id)?.turn});
    page.command('send', id, {text: 'next'});
    await settle();
    puppet.last().text('and half');
    await settle();
    page.command('stop', id, {turn: page.sessions.get(id)?.turn});
    say('while it stops');
    await world.clock.advance(5_000);
    assert.deepEqual(page.kinds(id).slice(-4), ['message', 'turn-ended stopped', 'put stopped', 'notice']);
    say('between');
    puppet.host?.tell(of, {type: 'usage', used: 1, size: 2});
    assert.deepEqual(page.kinds(id).slice(-2), ['notice', 'put stopped']);
    puppet.host?.tell({session: 'nobody', user: ''}, {type: 'keep', data: 'x'});
    puppet.host?.tell(of, {type: 'keep', data: 'x'.repeat(9_000)});
    assert.match(world.logs.at(-1) ?? '', /agent-aside/);
    assert.deepEqual(page.problems, []);
  },
);

onEachStorage(
  'a title of the agent counts until a person gives one; what it keeps outlives the server',
  async (storage) => {
    const {world, page, id} = await begin(storage);
    const of = {session: id, user: ''};
    world.puppet.last().say({type: 'title', title: 'Of the agent'}, {type: 'keep', data: 'there'});
    await settle();
    world.puppet.last().end();
    await settle();
    assert.equal(page.sessions.get(id)?.title, 'Of the agent');
    page.command('rename', id, {title: 'Of the person'});
    world.puppet.host?.tell(of, {type: 'title', title: 'Of the agent again'});
    assert.equal(page.sessions.get(id)?.title, 'Of the person');
    const after = world.restart();
    const other = after.page();
    other.command('send', id, {text: 'again'});
    await settle();
    assert.equal(after.puppet.last().turn.kept, 'there');
    after.puppet.last().end();
    await settle();
    other.command('delete', id);
    assert.deepEqual(after.puppet.gone.at(-1), {user: '', chosen: {}, kept: 'there', deleted: true});
    assert.ok(!JSON.stringify([page.raw, other.raw]).includes('there'));
    assert.deepEqual([...page.problems, ...other.problems], []);
  },
);

onEachStorage('the sides of a diff are cut, and say so', async (storage) => {
  const {world, page, all} = await begin(storage);
  const after = 'y'.repeat(70 * 1024);
  world.puppet.last().say({
    type: 'tool-began',
    ref: 'e',
    name: 'edit',
    content: [{type: 'diff', path: '/a', before: null, after}],
  });
  await settle();
  const [began] = all('tool-began');
  const [block] = began?.content ?? [];
  assert.equal(block?.type === 'diff' && block.after.length, 64 * 1024);
  assert.ok((began?.truncated ?? 0) > 70 * 1024);
  assert.deepEqual(page.problems, []);
});

onEachStorage('the server waits for its agents to end, but not for ever', async (storage) => {
  const puppet = new Puppet();
  let closed = false;
  Object.assign(puppet, {close: () => Promise.resolve().then(() => (closed = true))});
  await createWorld(storage, {}, puppet).hub.shutdown();
  assert.ok(closed);
  Object.assign(puppet, {close: () => new Promise(() => undefined)});
  const world = createWorld(storage, {}, puppet);
  const over = world.hub.shutdown();
  await world.clock.advance(8_000);
  await over;
});
