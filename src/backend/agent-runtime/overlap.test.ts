import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {runtimePage, type RuntimePage, Script, send, settled} from './testkit.ts';
import {begins, looks, threadOf} from './turns-testkit.ts';

const AB = ['1 began user', '1 you: a', '2 began user', '2 you: b'];

describe('agent-runtime: turns that overlap', () => {
  it('one of two has ended: nobody knows which, until both have', async () => {
    const page = await runtimePage();
    begins(page.script, 'a');
    begins(page.script, 'b');
    page.script.message('s1', 'assistant', 'one');
    page.script.stop('s1');
    expect(page.session('s1')?.status).to.equal('running');
    expect(threadOf(page)).to.deep.equal([...AB, '- notice overlap', '? agent: one', '- notice one-ended']);
    page.script.message('s1', 'assistant', 'two');
    page.script.stop('s1');
    expect(page.session('s1')?.status).to.equal('finished');
    expect(threadOf(page).slice(-3)).to.deep.equal(['? agent: two', '1 ended finished', '2 ended finished']);
  });

  it('what comes after both have ended is of the next turn, and of nobody else', async () => {
    const page = await runtimePage();
    for (const prompt of ['a', 'b']) begins(page.script, prompt);
    for (const answer of ['one', 'two']) {
      page.script.message('s1', 'assistant', answer);
      page.script.stop('s1');
    }
    begins(page.script, 'c');
    page.script.message('s1', 'assistant', 'three');
    page.script.stop('s1');
    expect(threadOf(page).slice(-4)).to.deep.equal(['3 began user', '3 you: c', '3 agent: three', '3 ended finished']);
  });

  it('the jobs decide which of two has ended, and what comes then is of the other', async () => {
    const page = await runtimePage();
    begins(page.script, 'a').status = 'completed';
    begins(page.script, 'b');
    page.script.stop('s1');
    await looks(page, 2000);
    // It may be said a moment before the end is heard; so it is believed at the second time.
    expect(threadOf(page)).to.deep.equal([...AB, '- notice one-ended']);
    await looks(page);
    expect(threadOf(page)).to.deep.equal([...AB, '1 ended finished']);
    page.script.message('s1', 'assistant', 'two');
    page.script.stop('s1');
    expect(threadOf(page)).to.deep.equal([...AB, '1 ended finished', '2 agent: two', '2 ended finished']);
  });

  it('of two ends that were heard the job of one turn does not say which is its own', async () => {
    const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
    await page.give(send(uuid(1), 'b'));
    const job = page.script.post();
    page.script.resume('s1', 'a');
    page.script.resume('s1', 'b');
    page.script.stop('s1');
    page.script.message('s1', 'assistant', 'of b');
    page.script.event('s1', 'session_start');
    page.script.stop('s1');
    job.status = 'completed';
    for (let look = 0; look < 4; look++) await looks(page);
    page.script.message('s1', 'user', 'c');
    page.script.message('s1', 'assistant', 'of c');
    const AB_MINE = ['1 began user', '1 you: a', '2 began user', '2 me: b'];
    expect(threadOf(page)).to.deep.equal([
      ...[...AB_MINE, '- notice one-ended', '- notice overlap', '? agent: of b', '3 began user', '2 ended finished'],
      ...['3 you: c', '? agent: of c'],
    ]);
  });

  it('a job is over, and its last words are on their way: they are read before an end is taken for its own', async () => {
    const page = await runtimePage();
    begins(page.script, 'a');
    const job = begins(page.script, 'b');
    page.script.stop('s1');
    page.script.event('s1', 'message', {role: 'assistant', content: [{type: 'text', text: 'of b'}]}, true);
    page.script.event('s1', 'session_stop', {exit_code: 0, reason: 'completed'}, true);
    job.status = 'completed';
    await looks(page);
    expect(threadOf(page).filter((each) => each.includes('of b'))).to.deep.equal(['? agent: of b']);
  });

  it('a turn that has crashed takes the end of none that goes on', async () => {
    const page = await runtimePage();
    const job = begins(page.script, 'a');
    begins(page.script, 'b');
    page.script.stop('s1');
    job.status = 'failed';
    await looks(page);
    expect(threadOf(page)).to.deep.equal([...AB, '2 ended finished', '1 ended failed: The agent failed.']);
    expect(page.session('s1')?.status).to.equal('finished');
  });

  it('a turn that is known to have crashed does not overlap what begins after it', async () => {
    const page = await runtimePage();
    begins(page.script, 'a').status = 'failed';
    await looks(page);
    begins(page.script, 'b');
    page.script.message('s1', 'assistant', 'two');
    page.script.stop('s1');
    expect(threadOf(page)).to.deep.equal([
      ...['1 began user', '1 you: a', '1 ended failed: The agent failed.'],
      ...['2 began user', '2 you: b', '2 agent: two', '2 ended finished'],
    ]);
  });

  it('Stop, when one of two has ended, stops the one that still works', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'mine'));
    const mine = page.script.post();
    page.script.resume('s1', 'mine');
    const other = page.script.job('s1', 'b');
    page.script.resume('s1', 'b');
    page.script.stop('s1');
    // It was the one that began last.
    other.status = 'completed';
    const turn = page.session('s1')?.turn ?? '';
    await page.give({id: uuid(2), op: 'stop', session: 's1', turn});
    const stops = page.script.world.of('POST', /stop$/).map(({path}) => path);
    expect(stops).to.deep.equal([`/jobs/${mine.job_id as string}/stop`]);
  });

  it('a stop from elsewhere: the jobs tell which of two it was', async () => {
    const page = await runtimePage();
    begins(page.script, 'a');
    begins(page.script, 'b').status = 'stopped';
    page.script.row('s1', {status: 'stopping'});
    page.script.row('s1', {status: 'stopped'});
    await settled();
    expect(page.session('s1')?.status).to.equal('running');
    page.script.message('s1', 'assistant', 'one');
    page.script.stop('s1');
    expect(threadOf(page).slice(-2)).to.deep.equal(['1 ended finished', '2 ended stopped']);
  });

  it('one that was stopped before its words came is over when no job is at work: the next words are of the next turn', async () => {
    const page = await runtimePage();
    const job = begins(page.script, 'a');
    const other = page.script.job('s1', 'b');
    page.script.event('s1', 'session_start');
    other.status = 'stopped';
    page.script.row('s1', {status: 'stopped'});
    await settled();
    expect(page.session('s1')?.status).to.equal('running');
    page.script.stop('s1');
    job.status = 'completed';
    for (let look = 0; look < 3; look++) await looks(page);
    expect(page.session('s1')?.status).to.equal('finished');
    begins(page.script, 'c');
    expect(threadOf(page).slice(-2)).to.deep.equal(['3 began user', '3 you: c']);
  });

  it('the row says of one that it was stopped after its job has: the other goes on', async () => {
    const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
    await page.give(send(uuid(1), 'a'));
    const job = page.script.post();
    page.script.resume('s1', 'a');
    await settled();
    page.script.row('s1', {status: 'stopping'});
    job.status = 'stopped';
    await looks(page, 2000);
    page.script.resume('s1', 'b');
    page.script.row('s1', {status: 'stopped'});
    page.script.message('s1', 'assistant', 'of b');
    expect(threadOf(page)).to.deep.equal([
      ...['1 began user', '1 me: a', '1 ended stopped', '2 began user', '2 you: b', '2 agent: of b'],
    ]);
  });

  describe('the row says of one that it was stopped', () => {
    /** A turn of this page, whose job it knows, and one of another page, on a server that lists no jobs. */
    const both = async (): Promise<{page: RuntimePage; mine: {status: string}}> => {
      const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
      await page.give(send(uuid(1), 'a'));
      const mine = page.script.post() as {status: string};
      page.script.resume('s1', 'a');
      page.script.resume('s1', 'b');
      await settled();
      return {page, mine};
    };
    const MINE = ['1 began user', '1 me: a', '2 began user', '2 you: b'];

    it('and the stop of the other has reached no job yet: it goes on, and what it says stands under no words of others', async () => {
      const {page, mine} = await both();
      const {answers} = page.script.world;
      page.script.world.answers = (asked) => (asked.path === '/jobs' ? undefined : answers(asked));
      const turn = page.session('s1')?.turn ?? '';
      await page.give({id: uuid(2), op: 'stop', session: 's1', turn});
      mine.status = 'stopped';
      page.script.row('s1', {status: 'stopped'});
      await settled();
      page.script.resume('s1', 'c');
      page.script.message('s1', 'assistant', 'of b');
      expect(threadOf(page)).to.deep.equal([
        ...[...MINE, '1 ended stopped', '3 began user', '3 you: c', '- notice overlap', '? agent: of b'],
      ]);
    });

    it('and a stop of the other is on its way to its job: the job tells whether it was that one', async () => {
      const {page, mine} = await both();
      const [turn = ''] = page
        .of('event')
        .flatMap(({event: {event}}) => (event.kind === 'turn-began' ? event.turn : []));
      await page.give({id: uuid(2), op: 'stop', session: 's1', turn});
      expect(page.script.world.of('POST', /stop$/)).to.have.length(1);
      page.script.row('s1', {status: 'stopped'});
      await settled();
      page.script.message('s1', 'assistant', 'of a');
      expect(threadOf(page)).to.deep.equal([...MINE, '- notice overlap', '? agent: of a']);
      mine.status = 'stopped';
      await looks(page, 2000);
      expect(threadOf(page).at(-1)).to.equal('1 ended stopped');
    });
  });

  it('a list of jobs that was asked for before a message came does not say that nobody else has sent it', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'mine'));
    const mine = page.script.post();
    await settled();
    const {answers} = page.script.world;
    page.script.world.answers = (asked) => (asked.path === '/jobs' ? undefined : answers(asked));
    // The message of another page has the words asked about; the answer stays on its way.
    begins(page.script, 'a');
    await settled();
    begins(page.script, 'b');
    const [asked] = page.script.world.of('GET', /^\/jobs$/).filter(({isOpen}) => isOpen);
    const old = [...page.script.jobs.values()].filter(({prompt}) => prompt !== 'b');
    asked?.answer(200, {jobs: old});
    await settled();
    expect(page.messages('s1')).to.deep.equal(['you: a', 'you: b']);
    expect(mine.status).to.equal('running');
  });

  it('what another page has sent is not taken for mine when its turn ends', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'mine'));
    page.script.post().status = 'stopped';
    begins(page.script, 'a');
    await settled();
    page.script.stop('s1');
    expect(page.messages('s1')).to.deep.equal(['you: a']);
  });

  it('words without a beginning are of another turn than the one that is open', async () => {
    const page = await runtimePage();
    begins(page.script, 'a');
    page.script.message('s1', 'user', 'b');
    page.script.message('s1', 'assistant', 'one');
    expect(threadOf(page)).to.deep.equal([...AB, '- notice overlap', '? agent: one']);
  });

  it('a reconnect in the middle changes nothing of it', async () => {
    const page = await runtimePage();
    begins(page.script, 'a');
    begins(page.script, 'b');
    page.script.message('s1', 'assistant', 'one');
    page.script.stop('s1');
    const before = threadOf(page);
    page.script.drop();
    page.script.world.wakes();
    await page.script.welcome();
    expect(threadOf(page)).to.deep.equal(before);
    page.script.message('s1', 'assistant', 'two');
    page.script.stop('s1');
    expect(threadOf(page).slice(-2)).to.deep.equal(['1 ended finished', '2 ended finished']);
  });

  it('a page that comes later reads the same', async () => {
    const page = await runtimePage();
    begins(page.script, 'a');
    begins(page.script, 'b');
    for (const answer of ['one', 'two']) {
      page.script.message('s1', 'assistant', answer);
      page.script.stop('s1');
    }
    for (const job of page.script.jobs.values()) job.status = 'completed';
    const {rows, events, jobs} = page.script;
    for (const known of [jobs, new Map()]) {
      const script = Object.assign(new Script(), {rows, events, jobs: known});
      expect(threadOf(await runtimePage({script, sessions: [], watch: ['s1']}))).to.deep.equal(threadOf(page));
    }
  });
});
