import assert from 'node:assert/strict';
import {test} from 'node:test';
import {steadyClock} from '../../demo/server/clock.ts';
import {rig} from './rig.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

test('a turn, another one in the same session, and nothing is left when the agent is closed', async (t) => {
  const {agent, turn, told, processes} = await rig(t);
  const first = turn('a', 'hello');
  assert.equal(await first.ended(), undefined);
  assert.equal(first.text, 'hello');
  assert.deepEqual(first.types, ['text', 'ending']);
  const second = turn('a', 'recall');
  assert.equal(await second.ended(), undefined);
  assert.equal(second.text, 'told 2 times');
  assert.deepEqual(
    told.get('a')?.map(({type}) => type),
    ['keep', 'options'],
  );
  assert.equal((await processes()).length, 1);
  await agent.close?.();
  assert.deepEqual(await processes(), []);
});

test('after a restart the session is resumed; what the agent tells of the past is not told again', async (t) => {
  for (const flags of [[], ['--no-resume']]) {
    const before = await rig(t, flags);
    await before.turn('a', 'one').ended();
    await before.agent.close?.();
    const after = before.restarted();
    const turn = after.turn('a', 'recall', {kept: before.kept('a') ?? ''});
    assert.equal(await turn.ended(), undefined);
    assert.equal(turn.text, 'told 2 times');
    assert.equal(after.kept('a'), undefined);
  }
});

test('an agent that can do neither has forgotten, and it is told', async (t) => {
  const before = await rig(t, ['--no-resume', '--no-load']);
  await before.turn('a', 'one').ended();
  await before.agent.close?.();
  const after = before.restarted();
  const turn = after.turn('a', 'recall', {kept: before.kept('a') ?? ''});
  assert.equal(await turn.ended(), undefined);
  assert.equal(turn.text, 'told 1 times');
  const types = after.told.get('a')?.map(({type}) => type);
  assert.deepEqual(types, ['keep', 'notice', 'options']);
});

test('an approval: the diff, the answer in the agent’s words; no is no', async (t) => {
  const {turn} = await rig(t);
  const allowed = turn('a', 'edit');
  const approval = await allowed.first('approval');
  assert.deepEqual(
    approval.options.map(({id, label, kind}) => [id, label, kind]),
    [
      ['option-1', 'Always', 'allow-always'],
      ['option-2', 'Once', 'allow'],
      ['option-3', 'No', 'reject'],
    ],
  );
  assert.deepEqual(approval.content, [{type: 'diff', path: '/project/a.txt', before: 'a', after: 'b'}]);
  approval.answer('option-2');
  assert.equal(await allowed.ended(), undefined);
  assert.equal(allowed.text, 'answered once');
  const rejected = turn('a', 'edit');
  (await rejected.first('approval')).answer('option-3');
  await rejected.ended();
  assert.equal((await rejected.first('tool-ended')).outcome, 'rejected');
});

test('a question is a form', async (t) => {
  const {turn} = await rig(t);
  const asked = turn('a', 'question');
  (await asked.first('question')).answer({'field-1': 'this'});
  await asked.ended();
  assert.equal(asked.text, 'answered {"action":"accept","content":{"which":"this"}}');
});

test('a stop in text, in a tool and with an approval open: the agent is told, and lives on', async (t) => {
  const {turn, processes} = await rig(t);
  for (const [text, type] of [
    ['hello\nwait', 'text'],
    ['command', 'tool-output'],
    ['edit', 'approval'],
  ] as const) {
    const stopped = turn('a', text);
    await stopped.first(type);
    const approval = stopped.events.find((event) => event.type === 'approval');
    // As the server does: first nobody answers any more, then it stops.
    if (approval) approval.answer(null);
    stopped.stop();
    assert.equal(await stopped.ended(), undefined);
  }
  const again = turn('a', 'recall');
  await again.ended();
  assert.equal(again.text, 'told 4 times');
  // The agent and the command that it has left running.
  assert.equal((await processes()).length, 2);
});

test('what an agent leaves running after a stop is ended where it is known to do so, and nothing else', async (t) => {
  const {turn, processes} = await rig(t, [], {leavesCommands: true});
  const first = turn('a', 'child');
  await first.ended();
  const stopped = turn('a', 'command');
  await stopped.first('tool-output');
  assert.equal((await processes()).length, 3);
  stopped.stop();
  assert.equal(await stopped.ended(), undefined);
  // The agent, and what it had started in the turn before.
  assert.equal((await processes()).length, 2);
});

test('a turn of the agent’s own: what is said in it, an approval, and it is over', async (t) => {
  const {turn, own} = await rig(t);
  assert.equal(await turn('a', 'own edit').ended(), undefined);
  const begun = await own();
  (await begun.first('approval')).answer('option-2');
  assert.equal(await begun.ended(), undefined);
  assert.equal(begun.text, 'answered once');
  assert.equal((await begun.first('tool-ended')).outcome, 'completed');
});

test('a turn of the agent’s own is stopped as any other; the next message goes on in the session', async (t) => {
  const {turn, own} = await rig(t);
  await turn('a', 'own command').ended();
  const begun = await own();
  await begun.first('tool-output');
  begun.stop();
  assert.equal(await begun.ended(), undefined);
  assert.equal((await begun.first('tool-ended')).outcome, 'cancelled');
  const next = turn('a', 'recall');
  await next.ended();
  assert.equal(next.text, 'told 2 times');
});

test('a turn of the agent’s own is over with its silence, but not while a person is asked; a crash fails it', async (t) => {
  const quick = {...steadyClock, timer: (ms: number, run: () => void) => steadyClock.timer(ms / 50, run)};
  const {turn, own, processes} = await rig(t, [], {}, quick);
  await turn('a', 'own silently hello').ended();
  const silent = await own();
  assert.equal(await silent.ended(), undefined);
  assert.equal(silent.text, 'hello');
  await turn('a', 'own silently edit').ended();
  const asking = await own();
  const approval = await asking.first('approval');
  // Another one is over twice as late as this one would be.
  await turn('b', 'own silently hello').ended();
  await (await own()).ended();
  await turn('b', 'own silently hello').ended();
  await (await own()).ended();
  approval.answer('option-2');
  assert.equal(await asking.ended(), undefined);
  assert.equal(asking.text, 'answered once');
  const before = await processes();
  await turn('c', 'own silently wait').ended();
  const crashed = await own();
  for (const pid of await processes()) if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
  assert.match(messageOf(await crashed.ended()), /SIGKILL/);
});

test('a stop while it starts ends the turn at once', async (t) => {
  const {turn} = await rig(t, ['--late']);
  const stopped = turn('a', 'hello');
  stopped.stop();
  assert.equal(await stopped.ended(), undefined);
  assert.deepEqual(stopped.events, []);
});

test('a deaf agent is ended with all that it has started, and is there again with the next message', async (t) => {
  const {agent, turn, processes} = await rig(t, ['--deaf']);
  const deaf = turn('a', 'child\ndeaf');
  await deaf.first('text');
  const before = await processes();
  assert.equal(before.length, 2);
  deaf.stop();
  agent.dispose?.('a', {user: '', chosen: {}, deleted: false});
  assert.equal(await deaf.ended(), undefined);
  const again = turn('a', 'recall');
  await again.ended();
  assert.equal(again.text, 'told 2 times');
  const now = await processes();
  assert.deepEqual(
    now.filter((pid) => before.includes(pid)),
    [],
  );
});

test('a crash ends its turn with what it said last; what it wrote before is not lost', async (t) => {
  const {turn} = await rig(t);
  const crashed = turn('a', 'crash out of luck');
  const error = await crashed.ended();
  assert.equal(crashed.text, 'before the end ');
  assert.equal(messageOf(error), 'Scripted exited with code 3. It said last: cannot go on: out of luck');
  assert.equal((error as {code?: string}).code, 'agent-exited');
  const again = turn('a', 'recall');
  await again.ended();
  assert.equal(again.text, 'told 2 times');
});

test('SIGKILL in mid-text, in mid-tool and with an approval open: nothing of it is left', async (t) => {
  for (const [flags, stories] of [
    [[], [['command', 'tool-output'] as const]],
    [['--launcher'], [['hello\nwait', 'text'] as const, ['edit', 'approval'] as const]],
  ] as const) {
    const {turn, processes} = await rig(t, flags);
    for (const [text, type] of stories) {
      const killed = turn('a', text);
      await killed.first(type);
      const all = await processes();
      const [launcher] = all.sort((a, b) => a - b);
      if (launcher !== undefined) process.kill(launcher, 'SIGKILL');
      assert.match(messageOf(await killed.ended()), /was ended by SIGKILL/);
      // Whoever comes next waits until all of it has gone.
      const next = turn('a', 'hello');
      assert.equal(await next.ended(), undefined);
      const now = await processes();
      assert.deepEqual(
        now.filter((pid) => all.includes(pid)),
        [],
      );
    }
  }
});

test('two sessions in one shared process: a crash ends the turns of both, and both go on', async (t) => {
  const {turn, processes} = await rig(t, [], {process: 'shared'});
  const [a, b] = [turn('a', 'hello\nwait'), turn('b', 'hello\nwait')];
  await Promise.all([a.first('text'), b.first('text')]);
  const [pid] = await processes();
  assert.ok(pid !== undefined && (await processes()).length === 1);
  process.kill(pid, 'SIGKILL');
  assert.match(messageOf(await a.ended()), /SIGKILL/);
  assert.match(messageOf(await b.ended()), /SIGKILL/);
  const again = turn('b', 'recall');
  await again.ended();
  assert.equal(again.text, 'told 2 times');
});

test('in a shared process a session that is deaf is closed, and the others go on', async (t) => {
  const {agent, turn} = await rig(t, [], {process: 'shared'});
  const other = turn('b', 'hello\nwait');
  const deaf = turn('a', 'hello\ndeaf');
  await Promise.all([other.first('text'), deaf.first('text')]);
  deaf.stop();
  agent.dispose?.('a', {user: '', chosen: {}, deleted: false});
  other.stop();
  assert.equal(await other.ended(), undefined);
});

test('what nobody could make sense of harms nothing; what is not offered is refused', async (t) => {
  const {turn} = await rig(t);
  const lies = turn('a', 'lie\nstill here');
  assert.equal(await lies.ended(), undefined);
  assert.equal(lies.text, '(hologram)refused -32601 -32601still here');
  const [began] = lies.events;
  assert.deepEqual(began, {type: 'tool-began', ref: 't1', name: 'other', category: 'other'});
  assert.equal((await lies.first('tool-ended')).outcome, 'detached');
});

test('540 KB of text arrive whole; a line beyond 4 MiB is a fault and no message', async (t) => {
  const {turn} = await rig(t);
  const flood = turn('a', 'flood 540000\nchatter 5000');
  assert.equal(await flood.ended(), undefined);
  assert.equal(flood.text.length, 545_000);
  const long = turn('a', 'line 1000000');
  assert.equal(await long.ended(), undefined);
  assert.equal(long.text.length, 1_000_000);
  const tooLong = turn('a', 'line 5000000');
  assert.equal(((await tooLong.ended()) as {code?: string}).code, 'agent-exited');
});

test('commands are told cut', async (t) => {
  const {turn} = await rig(t);
  const asked = turn('a', 'commands 1000');
  await asked.ended();
  const told = await asked.first('commands');
  assert.equal(told.commands.length, 200);
});

test('an option is set, refused, and set again after a restart', async (t) => {
  const before = await rig(t);
  await before.turn('a', 'hello').ended();
  const of = {session: 'a', user: '', chosen: {}};
  await before.agent.setOption?.(of, 'effort', 'high');
  const last = before.told.get('a')?.at(-1);
  assert.ok(last?.type === 'options' && last.options[0]?.value === 'high');
  await assert.rejects(async () => before.agent.setOption?.(of, 'effort', 'refused'), /not on this plan/);
  await before.agent.close?.();
  const after = before.restarted();
  await after.turn('a', 'hello', {kept: before.kept('a') ?? '', chosen: {effort: 'high'}}).ended();
  const told = after.told.get('a') ?? [];
  assert.deepEqual(
    told.map((event) => event.type === 'options' && event.options[0]?.value),
    ['high'],
  );
});

test('what does not start says why: not there, ends at once, no folder, not signed in', async (t) => {
  const install = 'Install it with: npm i scripted.';
  const missing = await rig(t, [], {command: 'no-such-agent', install});
  assert.equal(
    messageOf(await missing.turn('a', 'hello').ended()),
    `Scripted is not installed on the machine of the server: there is no “no-such-agent”. ${install}`,
  );
  const broken = await rig(t, ['--broken']);
  const exited = await broken.turn('a', 'hello').ended();
  assert.equal(messageOf(exited), 'Scripted exited with code 7. It said last: no model was found');
  const {turn} = await rig(t, [], {signIn: 'Run: scripted login.'});
  assert.match(messageOf(await turn('a', 'hello', {cwd: '/no/such/folder'}).ended()), /There is no folder \/no\/such/);
  const refused = await turn('a', 'refuse').ended();
  assert.equal(messageOf(refused), 'Authentication required. Run: scripted login.');
  assert.equal((refused as {code?: string}).code, 'auth-required');
});

test('the environment is what is allowed and what is configured', async (t) => {
  process.env['ACP_TEST_SECRET'] = 'of the server';
  process.env['ACP_TEST_KEY'] = 'of the agent';
  t.after(() => {
    delete process.env['ACP_TEST_SECRET'];
    delete process.env['ACP_TEST_KEY'];
  });
  const {turn} = await rig(t, [], {env: {ACP_TEST_KEY: true, OWN: 'value'}});
  const asked = turn('a', 'environment');
  await asked.ended();
  const env = JSON.parse(asked.text) as Record<string, string>;
  assert.deepEqual(
    [env['ACP_TEST_SECRET'], env['ACP_TEST_KEY'], env['OWN'], env['PATH']],
    [undefined, 'of the agent', 'value', process.env['PATH']],
  );
});

test('a process without a turn is closed after some time, and resumed with the next message', async (t) => {
  const {turn, processes, told} = await rig(t, [], {idleMs: 1});
  await turn('a', 'hello').ended();
  const [first] = await processes();
  while ((await processes()).length > 0);
  const again = turn('a', 'recall\nwait');
  await again.first('text');
  assert.equal(again.text, 'told 2 times');
  assert.ok(!(await processes()).includes(first ?? 0));
  assert.ok(!told.get('a')?.some(({type}) => type === 'notice'));
});

test('as many processes as are allowed: an idle one makes room, busy ones do not', async (t) => {
  const {turn, processes} = await rig(t, [], {limit: 1});
  await turn('a', 'hello').ended();
  const busy = turn('b', 'hello\nwait');
  await busy.first('text');
  assert.match(messageOf(await turn('c', 'hello').ended()), /already works in 1 sessions/);
  busy.stop();
  await busy.ended();
  assert.ok((await processes()).length <= 2);
});

test('a new session is set to what its agent is to begin with, unless a person has chosen', async (t) => {
  const {turn, told} = await rig(t, [], {initial: {effort: 'high'}});
  const effort = (session: string): unknown =>
    told
      .get(session)
      ?.flatMap((event) => (event.type === 'options' ? event.options : []))
      .findLast(({id}) => id === 'effort')?.value;
  await turn('a', 'hello').ended();
  assert.equal(effort('a'), 'high');
  await turn('b', 'hello', {chosen: {effort: 'low'}}).ended();
  assert.equal(effort('b'), 'low');
});
