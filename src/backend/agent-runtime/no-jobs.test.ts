import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {Script, runtimePage, send, settled, type RuntimePage} from './testkit.ts';
import {looks} from './turns-testkit.ts';

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
