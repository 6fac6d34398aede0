import {expect} from '@open-wc/testing';
import {Script, runtimePage, settled, type RuntimePage} from './testkit.ts';
import {threadOf} from './turns-testkit.ts';

describe('agent-runtime: a turn that seems to be over, because nobody remembers it', () => {
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
