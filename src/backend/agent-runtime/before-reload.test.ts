import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {Script, runtimePage, send, settled} from './testkit.ts';
import {threadOf} from './turns-testkit.ts';

describe('agent-runtime: turns from before a reload, of whose end no event tells', () => {
  /** A server with a session whose first turn has finished. */
  const server = (): Script => {
    const script = new Script();
    script.row('s1', {status: 'running'});
    script.message('s1', 'user', 'first');
    script.stop('s1');
    return script;
  };
  const FIRST = ['1 began user', '1 you: first', '1 ended finished'];

  it('the last one was stopped if the row says so, and the turn before had finished', async () => {
    const script = server();
    script.resume('s1', 'a');
    script.row('s1', {status: 'stopped'});
    const page = await runtimePage({script});
    expect(threadOf(page)).to.deep.equal([...FIRST, '2 began user', '2 you: a', '2 ended stopped']);
    expect(page.session('s1')?.status).to.equal('stopped');
  });

  it('of several, which of them the row means is unknown', async () => {
    const script = server();
    script.resume('s1', 'a');
    script.row('s1', {status: 'stopped'});
    script.resume('s1', 'b');
    const page = await runtimePage({script});
    expect(threadOf(page)).to.deep.equal([
      ...[...FIRST, '2 began user', '2 you: a', '3 began user', '3 you: b'],
      ...['2 notice unknown', '2 ended finished', '3 notice unknown', '3 ended finished'],
    ]);
    expect(page.session('s1')?.status).to.equal('unknown');
  });

  it('of several, the jobs tell, as long as the server remembers them', async () => {
    const script = server();
    Object.assign(script.job('s1', 'a', 'stopped'), {created_at: script.now(), completed_at: script.now()});
    Object.assign(script.job('s1', 'b', 'failed'), {created_at: script.now(), completed_at: script.now()});
    script.resume('s1', 'a');
    script.row('s1', {status: 'stopped'});
    script.resume('s1', 'b');
    script.message('s1', 'assistant', 'half of it');
    const page = await runtimePage({script});
    expect(threadOf(page)).to.deep.equal([
      ...[...FIRST, '2 began user', '2 you: a', '2 ended stopped', '3 began user', '3 you: b'],
      ...['3 agent: half of it', '3 ended failed: The agent failed.'],
    ]);
  });

  it('one has ended and one has not, and nobody remembers which: what was said is there, under no wrong heading', async () => {
    const script = server();
    script.resume('s1', 'a');
    script.resume('s1', 'b');
    script.message('s1', 'assistant', 'of one of them');
    script.stop('s1');
    const page = await runtimePage({script});
    expect(threadOf(page)).to.deep.equal([
      ...[
        ...FIRST,
        '2 began user',
        '2 you: a',
        '3 began user',
        '3 you: b',
        '- notice overlap',
        '? agent: of one of them',
        '- notice one-ended',
      ],
      ...['2 notice unknown', '2 ended finished', '3 notice unknown', '3 ended finished'],
    ]);
  });

  it('an end that may be of a turn that nobody remembers is not taken for that of another', async () => {
    const script = server();
    script.job('s1', 'b', 'completed');
    script.job('s1', 'c');
    script.resume('s1', 'a');
    script.resume('s1', 'b');
    script.stop('s1');
    script.message('s1', 'assistant', 'of b');
    script.resume('s1', 'c');
    script.stop('s1');
    const page = await runtimePage({script});
    expect(threadOf(page)).to.deep.equal([
      ...[...FIRST, '2 began user', '2 you: a', '3 began user', '3 you: b', '- notice one-ended'],
      ...['- notice overlap', '? agent: of b', '4 began user', '4 you: c', '3 ended finished'],
    ]);
  });

  it('a job that was made after the list of jobs was asked for is asked for again', async () => {
    const script = new Script();
    script.row('s1', {status: 'running'});
    script.message('s1', 'user', 'first');
    script.stop('s1');
    const page = await runtimePage({script, watch: []});
    // Its frames are on their way.
    script.event('s1', 'session_start', {}, true);
    script.event('s1', 'message', {role: 'user', content: [{type: 'text', text: 'a'}]}, true);
    script.job('s1', 'a');
    page.backend.watch(['s1']);
    await settled();
    expect(page.session('s1')?.status).to.equal('running');
  });

  it('of a message of this page its own job tells, on a server that lists none', async () => {
    const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
    await page.give(send(uuid(1), 'one'));
    page.script.post();
    page.script.resume('s1', 'one');
    page.script.row('s1', {status: 'stopped'});
    await page.give(send(uuid(2), 'two'));
    page.script.post();
    page.script.resume('s1', 'two');
    await settled();
    page.script.drop();
    page.script.world.wakes();
    await page.script.welcome();
    expect(page.session('s1')?.status).to.equal('running');
  });

  it('what still works goes on, also when another one has ended', async () => {
    const script = server();
    script.job('s1', 'a', 'completed');
    script.resume('s1', 'a');
    script.job('s1', 'b');
    script.resume('s1', 'b');
    script.stop('s1');
    const page = await runtimePage({script});
    expect(page.session('s1')?.status).to.equal('running');
    script.message('s1', 'assistant', 'two');
    script.stop('s1');
    expect(threadOf(page).slice(-4)).to.deep.equal([
      '3 you: b',
      '2 ended finished',
      '3 agent: two',
      '3 ended finished',
    ]);
    expect(page.session('s1')?.status).to.equal('finished');
  });
});
