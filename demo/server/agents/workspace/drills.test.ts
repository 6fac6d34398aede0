import assert from 'node:assert/strict';
import {tmpdir} from 'node:os';
import {test} from 'node:test';
import type {AgentEvent, AgentMessage} from '../../core/agent.ts';
import type {Clock} from '../../core/ports.ts';
import {createWorkspaceAgent} from './agent.ts';
import {hurriedClock, textOf, virtualClock} from './testing.ts';

const place = {root: tmpdir(), hidden: []};

/** Begins a turn; `events` fills as it runs, `end` resolves when it is over. */
const begin = (text: string | AgentMessage[], clock: Clock = hurriedClock()) => {
  const stop = new AbortController();
  const agent = createWorkspaceAgent({place, clock});
  const messages = typeof text === 'string' ? [{text}] : text;
  const events: AgentEvent[] = [];
  let heard: () => void = () => undefined;
  const until = async (type: AgentEvent['type']): Promise<AgentEvent> => {
    for (;;) {
      const found = events.find((event) => event.type === type);
      if (found) return found;
      await new Promise<void>((resolve) => (heard = resolve));
    }
  };
  const run = async (): Promise<string> => {
    for await (const event of agent.run({user: '', chosen: {}, session: 's', turn: 't', messages}, stop.signal)) {
      events.push(event);
      heard();
    }
    return textOf(events);
  };
  return {events, until, agent, stop: () => stop.abort(), end: run()};
};

test('/echo answers the text, nothing else', async () => {
  const cases: [string, string][] = [
    ['/echo hello', 'hello'],
    ['  /ECHO Hello, *World*  and\n  more\n', 'Hello, *World*  and\n  more\n'],
    ['/echo  two blanks', ' two blanks'],
    ['/echo\nnext line', 'next line'],
    ['/echo /fail x', '/fail x'],
  ];
  for (const [message, answer] of cases) {
    const turn = begin(message);
    assert.equal(await turn.end, answer);
    assert.deepEqual(
      turn.events.map(({type}) => type),
      ['text'],
    );
  }
});

test('/stream says the words, so many a second', async () => {
  const clock = virtualClock();
  const turn = begin('/stream 101', clock);
  const words = (count: number): string => Array.from({length: count}, (_, i) => `w${i + 1}`).join(' ');
  await clock.advance(0);
  assert.equal(textOf(turn.events), 'w1');
  await clock.advance(1000);
  assert.equal(textOf(turn.events), words(51));
  await clock.advance(1000);
  assert.equal(await turn.end, words(101));
  assert.equal(clock.waiting, 0);
});

test('/stream with a rate of its own, fast and slow', async () => {
  const clock = virtualClock();
  const slow = begin('/stream  3   0.5', clock);
  await clock.advance(1999);
  assert.equal(textOf(slow.events), 'w1');
  await clock.advance(2001);
  assert.equal(await slow.end, 'w1 w2 w3');

  const fast = await begin('/stream 20000 100000').end;
  assert.equal(fast.split(' ').length, 20_000);
  assert.ok(fast.startsWith('w1 w2 ') && fast.endsWith(' w19999 w20000'));
});

test('/stream ends at once when it is stopped', async () => {
  const clock = virtualClock();
  const turn = begin('/stream 100 1', clock);
  await clock.advance(2500);
  turn.stop();
  assert.equal(await turn.end, 'w1 w2 w3');
  assert.equal(clock.waiting, 0);
});

test('/wait is silent for its time', async () => {
  const clock = virtualClock();
  const turn = begin('/wait 2.5', clock);
  await clock.advance(2499);
  assert.deepEqual(turn.events, []);
  await clock.advance(1);
  assert.equal(await turn.end, 'Done.');
});

test('/wait ends at once when it is stopped, and says nothing', async () => {
  const clock = virtualClock();
  const turn = begin('/wait 100', clock);
  await clock.advance(1000);
  turn.stop();
  assert.equal(await turn.end, '');
  assert.equal(clock.waiting, 0);
});

test('/deaf does not hear a stop', async () => {
  const clock = virtualClock();
  const turn = begin('/deaf 10', clock);
  await clock.advance(1000);
  turn.stop();
  await clock.advance(8999);
  assert.deepEqual(turn.events, []);
  await clock.advance(1);
  assert.equal(await turn.end, 'Done.');
});

test('/deaf ends when it is given up', async () => {
  const gone = {user: '', chosen: {}, deleted: false};
  const clock = virtualClock();
  const turn = begin('/deaf 10', clock);
  await clock.advance(1000);
  turn.stop();
  turn.agent.dispose?.('other', gone);
  turn.agent.dispose?.('s', {...gone, user: 'another'});
  assert.equal(clock.waiting, 1);
  turn.agent.dispose?.('s', gone);
  assert.equal(await turn.end, '');
  assert.equal(clock.waiting, 0);
});

test('/tools calls its tool so often', async () => {
  const turn = begin('/tools 3');
  assert.equal(await turn.end, '3 calls made.');
  assert.deepEqual(
    turn.events.map((event) => ('ref' in event ? `${event.type} ${event.ref}` : event.type)),
    [1, 2, 3]
      .flatMap((n) => [`tool-began count-${n}`, `tool-output count-${n}`, `tool-ended count-${n}`])
      .concat('text'),
  );
  const [began] = turn.events;
  assert.ok(began?.type === 'tool-began' && began.name === 'count');
  assert.equal(await begin('/tools 0').end, '0 calls made.');
  assert.equal(await begin('/tools 1').end, '1 calls made.');
});

test('/tools stops between two calls', async () => {
  const turn = begin('/tools 10000');
  await turn.until('tool-ended');
  turn.stop();
  assert.equal(await turn.end, '');
  assert.ok(turn.events.length < 1000);
});

test('/ask waits for an answer', async () => {
  for (const [option, answer] of [
    ['allow', 'Allowed.'],
    ['reject', 'Rejected.'],
    [null, ''],
  ] as const) {
    const turn = begin('/ask  May I? ');
    const asked = await turn.until('approval');
    assert.ok(asked.type === 'approval');
    assert.equal(asked.title, 'May I?');
    assert.deepEqual(asked.options, [
      {id: 'allow', label: 'Allow', kind: 'allow'},
      {id: 'reject', label: 'Reject', kind: 'reject'},
    ]);
    asked.answer(option);
    assert.equal(await turn.end, answer);
  }
});

test('/ask ends at once when it is stopped', async () => {
  const turn = begin('/ask May I?');
  await turn.until('approval');
  turn.stop();
  assert.equal(await turn.end, '');
});

test('/child starts one and says so', async () => {
  const turn = begin('/child /child /echo x');
  const child = await turn.until('child');
  assert.ok(child.type === 'child');
  assert.equal(child.text, '/child /echo x');
  child.started('c1');
  assert.equal(await turn.end, 'Started.');
});

test('/child fails if there can be none', async () => {
  const turn = begin('/child /echo x');
  const child = await turn.until('child');
  assert.ok(child.type === 'child');
  child.started(null);
  await assert.rejects(turn.end, /could not be started/);
});

test('/child ends at once when it is stopped', async () => {
  const turn = begin('/child /echo x');
  await turn.until('child');
  turn.stop();
  assert.equal(await turn.end, '');
});

test('what children said is told, a line each', async () => {
  const said = (lastText: string): AgentMessage => ({
    text: 'The child has ended.',
    child: {session: 'c', title: 'Child', lastText},
  });
  assert.equal(await begin([said('x')]).end, 'Child said: x');
  assert.equal(await begin([said('x'), said('Child said: y')]).end, 'Child said: x\nChild said: Child said: y');
  assert.equal(await begin([said('')]).end, 'Child said: The child has ended.');
  // What a child says is never a command.
  assert.equal(await begin([said('/fail x')]).end, 'Child said: /fail x');
});

test('/fail fails with the text', async () => {
  await assert.rejects(begin('/fail out of  paper').end, {message: 'out of  paper'});
});

test('a command that is not written as it should be is explained', async () => {
  const wrong = [
    '/echo',
    '/echo  ',
    '/stream',
    '/stream x',
    '/stream 0',
    '/stream 5 0',
    '/stream 5 x',
    '/stream 5 5 5',
  ];
  wrong.push(
    '/stream 1e3',
    '/wait',
    '/wait -1',
    '/wait 99999',
    '/wait 5 s',
    '/deaf',
    '/deaf soon',
    '/tools',
    '/tools 1.5',
  );
  wrong.push('/tools 99999', '/ask', '/ask  ', '/child', '/fail', 'read', 'search ', 'outline');
  for (const message of wrong) {
    const turn = begin(message);
    const word = message.trim().split(' ')[0] ?? '';
    assert.match(await turn.end, new RegExp(`It is written \`${word} `), message);
    assert.ok(
      turn.events.every(({type}) => type === 'text'),
      message,
    );
  }
});

test('anything else is answered with what can be asked', async () => {
  for (const message of [
    'hello',
    'help',
    '/help',
    'lists',
    '/echoes x',
    '/',
    '',
    '   ',
    'please list',
    'toString',
    '__proto__ x',
  ]) {
    const answer = await begin(message).end;
    for (const word of [
      'list [dir]',
      'read FILE',
      'search TEXT',
      'count [dir]',
      'outline FILE.md',
      '/echo TEXT',
      '/deaf S',
    ])
      assert.ok(answer.includes(`\`${word}\``), `${message}: ${word}`);
  }
});

test('an answer is streamed in pieces', async () => {
  const turn = begin('hello');
  await turn.end;
  assert.ok(turn.events.length > 5);
});

test('an answer that is being streamed stops', async () => {
  const clock = virtualClock();
  const turn = begin('hello', clock);
  await clock.advance(30);
  turn.stop();
  const said = await turn.end;
  assert.ok(said.length > 0 && said.length < 200);
  assert.equal(clock.waiting, 0);
});
