import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {Script, runtimePage, send, settled, type RuntimePage} from './testkit.ts';
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

  describe('one that seems to be over, because nobody remembers it', () => {
    /** The first turn was stopped; then one began while nobody listened, and the server lists no jobs. */
    const stopped = async (watched: readonly string[]): Promise<RuntimePage> => {
      const script = Object.assign(new Script(), {listsJobs: false});
      script.row('s1', {status: 'running'});
      script.message('s1', 'user', 'first');
      const page = await runtimePage({script});
      script.row('s1', {status: 'stopped'});
      script.drop();
      page.backend.watch(watched);
      script.resume('s1', 'a');
      script.world.wakes();
      await script.welcome();
      return page;
    };
    const forgotten = async (): Promise<RuntimePage> => {
      const page = await stopped(['s1']);
      expect(page.session('s1')?.status).to.equal('unknown');
      return page;
    };

    /** And another began while nobody listened. */
    const two = async (): Promise<RuntimePage> => {
      const page = await stopped([]);
      page.script.drop();
      page.script.resume('s1', 'b');
      page.script.world.wakes();
      await page.script.welcome();
      page.backend.watch(['s1']);
      await settled();
      return page;
    };

    it('and says something: it goes on', async () => {
      const page = await forgotten();
      page.script.message('s1', 'assistant', 'one');
      expect(page.session('s1')?.status).to.equal('running');
      page.script.stop('s1');
      expect(threadOf(page).slice(-4)).to.deep.equal(['2 began user', '2 you: a', '2 agent: one', '2 ended finished']);
      expect(page.session('s1')?.status).to.equal('finished');
    });

    it('and whose frames were on their way: it goes on', async () => {
      const script = new Script();
      script.listsJobs = false;
      script.row('s1', {status: 'running'});
      script.message('s1', 'user', 'first');
      script.row('s1', {status: 'stopped'});
      const frames = [
        script.event('s1', 'session_start', {}, true),
        script.event('s1', 'message', {role: 'user', content: [{type: 'text', text: 'a'}]}, true),
      ];
      const page = await runtimePage({script});
      script.says(...frames.map((data) => ({type: 'event', data})));
      expect(page.session('s1')?.status).to.equal('running');
    });

    it('and goes on while another has begun: what comes before the words of that one is not of it', async () => {
      const page = await forgotten();
      page.script.event('s1', 'session_start');
      page.script.message('s1', 'assistant', 'of a');
      page.script.message('s1', 'user', 'b');
      page.script.message('s1', 'assistant', 'of b');
      expect(threadOf(page).filter((each) => each.includes('agent'))).to.deep.equal(['? agent: of a', '? agent: of b']);
    });

    it('and may go on beside another: of whom an answer is nobody knows, and with an end that is over', async () => {
      const page = await forgotten();
      page.script.resume('s1', 'b');
      page.script.message('s1', 'assistant', 'of one of them');
      page.script.stop('s1');
      expect(page.session('s1')?.status).to.equal('finished');
      page.script.resume('s1', 'c');
      page.script.message('s1', 'assistant', 'three');
      expect(threadOf(page).slice(-8)).to.deep.equal([
        ...['3 began user', '3 you: b', '- notice overlap', '? agent: of one of them', '3 ended finished'],
        ...['4 began user', '4 you: c', '4 agent: three'],
      ]);
    });

    it('and another one like it: after one end has come, whose the next answer is nobody knows', async () => {
      const page = await two();
      page.script.resume('s1', 'c');
      page.script.stop('s1');
      page.script.message('s1', 'assistant', 'of one of them');
      expect(threadOf(page).at(-1)).to.equal('? agent: of one of them');
    });

    it('and another one like it: an end from before the next began is of one of them, and the other may go on beside it', async () => {
      const page = await two();
      page.script.stop('s1');
      page.script.event('s1', 'session_start');
      page.script.message('s1', 'assistant', 'of one of them');
      page.script.message('s1', 'user', 'c');
      expect(threadOf(page).filter((each) => each.includes('agent'))).to.deep.equal(['? agent: of one of them']);
    });

    it('and another one like it: with one end told one of them may still go on beside the next', async () => {
      const page = await two();
      page.script.resume('s1', 'c');
      page.script.stop('s1');
      page.script.resume('s1', 'd');
      page.script.message('s1', 'assistant', 'of one of them');
      expect(threadOf(page).at(-1)).to.equal('? agent: of one of them');
      page.script.stop('s1');
      page.script.resume('s1', 'e');
      page.script.message('s1', 'assistant', 'five');
      expect(threadOf(page).at(-1)).to.equal('6 agent: five');
    });

    it('and was found beside another that is heard: whose an end is nobody knows, nor whose is what comes after it', async () => {
      const page = await stopped([]);
      page.script.resume('s1', 'b');
      page.backend.watch(['s1']);
      await settled();
      page.script.message('s1', 'assistant', 'one');
      page.script.stop('s1');
      page.script.drop();
      page.script.message('s1', 'assistant', 'two');
      page.script.world.wakes();
      await page.script.welcome();
      expect(threadOf(page).filter((each) => each.includes('agent'))).to.deep.equal(['? agent: one', '? agent: two']);
    });
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
