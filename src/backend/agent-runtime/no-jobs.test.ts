import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {Script, runtimePage, send, settled, type RuntimePage} from './testkit.ts';
import {looks, threadOf} from './turns-testkit.ts';

const AB = ['1 began user', '1 you: a', '2 began user', '2 you: b'];

describe('agent-runtime: a server that lists no jobs', () => {
  /** On which one message of mine is on its way. */
  const posted = async (): Promise<RuntimePage> => {
    const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
    await page.give(send(uuid(1), 'mine'));
    return page;
  };

  it('another page’s message is not taken for mine, and mine comes', async () => {
    const page = await posted();
    const job = page.script.post();
    page.script.resume('s1', 'of the other tab');
    await settled();
    expect(page.messages('s1')).to.deep.equal(['you: of the other tab']);
    page.script.resume('s1', 'mine');
    expect(page.messages('s1')).to.deep.equal(['you: of the other tab', 'me: mine']);
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
    expect(job.status).to.equal('running');
  });

  it('a message of mine that came back changed is settled when its job is over', async () => {
    const page = await posted();
    const job = page.script.post();
    page.script.resume('s1', 'mine, and more');
    page.script.stop('s1');
    job.status = 'completed';
    for (let look = 0; look < 4; look++) await looks(page);
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
    expect(page.messages('s1')).to.deep.equal(['you: mine, and more']);
  });

  describe('one of two turns is stopped from elsewhere', () => {
    it('and neither says anything any more: how both ended is unknown, and what waits goes on', async () => {
      const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
      for (const prompt of ['a', 'b']) page.script.resume('s1', prompt);
      await page.give(send(uuid(1), 'mine'));
      page.script.row('s1', {status: 'stopping'});
      page.script.row('s1', {status: 'stopped'});
      await looks(page, 2000);
      expect(page.session('s1')?.status).to.equal('running');
      page.script.message('s1', 'assistant', 'of one of them');
      await looks(page, 4000);
      expect(page.session('s1')?.status).to.equal('running');
      expect(page.script.world.of('POST', /^\/jobs$/)).to.have.length(0);
      await looks(page);
      expect(threadOf(page)).to.deep.equal([
        ...[...AB, '- notice overlap', '? agent: of one of them'],
        ...['1 notice unknown', '1 ended finished', '2 notice unknown', '2 ended finished'],
      ]);
      expect(page.script.world.of('POST', /^\/jobs$/)).to.have.length(1);
    });

    it('and nothing was sent after it: the session is unknown, until what goes on ends', async () => {
      const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
      for (const prompt of ['a', 'b']) page.script.resume('s1', prompt);
      page.script.row('s1', {status: 'stopped'});
      for (let look = 0; look < 3; look++) await looks(page);
      expect(page.session('s1')?.status).to.equal('unknown');
      page.script.message('s1', 'assistant', 'of one of them');
      expect(threadOf(page).filter((each) => each.includes('agent'))).to.deep.equal(['? agent: of one of them']);
      page.script.stop('s1');
      expect(page.session('s1')?.status).to.equal('finished');
    });

    /** One of them is of this page, which knows its job. */
    const withMine = async (): Promise<{page: RuntimePage; job: {status: string}}> => {
      const page = await posted();
      const job = page.script.post() as {status: string};
      page.script.resume('s1', 'mine');
      page.script.resume('s1', 'b');
      await settled();
      return {page, job};
    };

    it('and the other is of this page, whose job works: that goes on, and takes no end of the one that is unknown', async () => {
      const {page, job} = await withMine();
      page.script.row('s1', {status: 'stopped'});
      for (let look = 0; look < 3; look++) await looks(page);
      expect(page.session('s1')?.status).to.equal('running');
      page.script.message('s1', 'assistant', 'of mine');
      page.script.stop('s1');
      job.status = 'completed';
      expect(threadOf(page).filter((each) => each.includes('of mine'))).to.deep.equal(['? agent: of mine']);
      expect(page.session('s1')?.status).to.equal('finished');
    });

    it('and it was that of this page, as its job says: the other goes on, however long it says nothing', async () => {
      const {page, job} = await withMine();
      job.status = 'stopped';
      page.script.row('s1', {status: 'stopped'});
      await settled();
      for (let look = 0; look < 4; look++) await looks(page);
      expect(page.session('s1')?.status).to.equal('running');
      // And the next that is stopped is the other.
      page.script.stop('s1');
      page.script.resume('s1', 'c');
      page.script.row('s1', {status: 'stopped'});
      expect(page.session('s1')?.status).to.equal('stopped');
    });

    it('the row says something else before its job does: the next word of a stop is news all the same', async () => {
      const {page, job} = await withMine();
      page.script.row('s1', {status: 'stopped'});
      await settled();
      page.script.stop('s1');
      job.status = 'stopped';
      await looks(page);
      page.script.resume('s1', 'c');
      page.script.row('s1', {status: 'stopped'});
      expect(page.session('s1')?.status).to.equal('stopped');
    });
  });

  it('the answer to a message or to a start is lost: the page does not know, and sends nothing twice', async () => {
    const page = await posted();
    await page.give({id: uuid(2), op: 'start', session: uuid(3), text: 'new'});
    const posts = page.script.world.of('POST', /jobs/);
    for (const asked of posts) asked.fail();
    await settled();
    expect(page.outcomes().map((outcome) => outcome.slice(37, 44))).to.deep.equal(['unknown', 'unknown']);
    expect(page.script.world.of('POST', /jobs/)).to.have.length(posts.length);
  });

  it('a list of which one entry cannot be read is no list: what is missing in it would tell something wrong', async () => {
    for (const body of [
      {jobs: [{job_id: 'job_1', status: 'running', prompt: 'x'}]},
      {jobs: [{job_id: 'job_1', status: 'new', session_name: 's1', prompt: 'x'}]},
      {jobs: {}},
      {},
      null,
    ]) {
      const script = new Script();
      const {answers} = script.world;
      script.world.answers = (asked) =>
        asked.method === 'GET' && asked.path === '/jobs' ? [200, body] : answers(asked);
      script.row('s1', {status: 'running'});
      const page = await runtimePage({script, watch: []});
      // With a list that names no job of it, it would be unknown.
      expect(page.session('s1')?.status, JSON.stringify(body)).to.equal('running');
    }
  });
});
