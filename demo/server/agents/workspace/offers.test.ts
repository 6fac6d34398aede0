import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import type {AgentEvent} from '../../core/agent.ts';
import {createWorkspaceAgent} from './agent.ts';
import {hurriedClock, textOf, virtualClock} from './testing.ts';

const root = mkdtempSync(join(tmpdir(), 'workspace-'));
writeFileSync(join(root, 'a.txt'), 'one\n');
test.after(() => rmSync(root, {recursive: true}));

const of = {user: '', session: 's', turn: 't', chosen: {}};

/** Plays one turn; whatever is asked is answered with `answer`. */
async function play(message: string, answer?: never, clock = hurriedClock(), chosen = {}): Promise<AgentEvent[]> {
  const agent = createWorkspaceAgent({place: {root, hidden: []}, clock});
  const events: AgentEvent[] = [];
  const turn = {...of, chosen, messages: [{text: message}]};
  for await (const event of agent.run(turn, new AbortController().signal)) {
    events.push(event);
    if (event.type === 'question' || event.type === 'approval') setImmediate(() => event.answer(answer as never));
  }
  return events;
}

test('/plan goes through its steps', async () => {
  const plans = (await play('/plan 2')).flatMap((event) => (event.type === 'plan' ? [event.entries] : []));
  assert.deepEqual(
    plans.map((entries) => entries.map(({status}) => status)),
    [
      ['running', 'pending'],
      ['done', 'running'],
      ['done', 'done'],
    ],
  );
});

test('/form answers what was filled in', async () => {
  const events = await play('/form Which?', {name: 'x `y`', parts: ['code', 'docs'], now: false} as never);
  assert.equal(
    textOf(events),
    '- Name: `` x `y` ``\n- How many: `nothing`\n- Size: `nothing`\n- Parts: `code, docs`\n- Begin at once: `false`',
  );
  assert.equal(textOf(await play('/form Which?', null as never)), 'Declined.');
});

test('/diff shows the change that it asks for, and makes none', async () => {
  const events = await play('/diff a.txt', 'always' as never);
  const approval = events.find((event) => event.type === 'approval');
  assert.deepEqual(approval?.content?.[0], {
    type: 'diff',
    path: 'a.txt',
    before: 'one\n',
    after: 'A line that was not there before.\none\n',
  });
  assert.match(textOf(events), /^Allowed/);
  const rejected = await play('/diff a.txt', 'no' as never);
  assert.ok(rejected.some((event) => event.type === 'tool-ended' && event.outcome === 'rejected'));
  assert.equal(readFileSync(join(root, 'a.txt'), 'utf8'), 'one\n');
  assert.match(textOf(await play('/diff ../b.txt')), /not a path inside/);
});

test('/options are obeyed: the pace counts, writing is refused', async () => {
  const [options] = await play('/options');
  assert.deepEqual(options?.type === 'options' && options.options.map(({id, value}) => [id, value]), [
    ['pace', 'normal'],
    ['write', false],
  ]);
  const agent = createWorkspaceAgent({place: {root, hidden: []}, clock: hurriedClock()});
  await agent.setOption?.(of, 'pace', 'brisk');
  await assert.rejects(async () => agent.setOption?.(of, 'write', true), /only reads/);
  const clock = virtualClock();
  const answer = play('hello', undefined, clock, {pace: 'calm'});
  await clock.advance(59);
  assert.equal(clock.waiting, 1);
  await clock.advance(60_000);
  assert.ok((await answer).length > 5);
});

test('/usage and /commands tell what the page shows of them', async () => {
  assert.deepEqual((await play('/usage 42 100'))[0], {type: 'usage', used: 42, size: 100});
  const [told] = await play('/commands');
  const commands = told?.type === 'commands' ? told.commands : [];
  assert.deepEqual(commands.find(({name}) => name === 'form')?.hint, 'QUESTION');
  assert.ok(commands.every(({name}) => /^[a-z]+$/.test(name)));
});
