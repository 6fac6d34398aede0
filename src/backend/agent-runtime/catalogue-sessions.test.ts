import {expect} from '@open-wc/testing';
import {runtimePage, RuntimePage, Script, send, settled} from './testkit.ts';
import {uuid} from '../session-sync/testkit.ts';

const stop = (id: string, turn: string | undefined, session = 's1') =>
  ({id, op: 'stop', session, ...(turn && {turn})}) as const;

/** The catalogue of what went wrong between the original dashboard and its server: the list and its statuses. */
describe('agent-runtime, catalogue S: sessions and their status', () => {
  it('S1: a session that is new is shown, and what is of an unknown type harms nothing', async () => {
    const page = await runtimePage();
    page.script.says({type: 'something_new', data: 1}, {type: 'event'}, {});
    page.script.row('s2', {status: 'running'});
    expect(page.session('s2')?.status).to.equal('running');
    expect(page.problems().every((problem) => problem.startsWith('unreadable'))).to.equal(true);
  });

  it('S2, S3: a resumed session is shown as running, whether its thread is watched or not', async () => {
    const page = await runtimePage({sessions: ['s1', 's2'], watch: ['s1']});
    for (const id of ['s1', 's2']) {
      page.script.resume(id, 'go on');
      expect(page.session(id)?.status, id).to.equal('running');
      page.script.stop(id);
      expect(page.session(id)?.status, id).to.equal('finished');
    }
  });

  it('S4: the list comes from one source, in order: nothing older ever comes after what is newer', async () => {
    const page = await runtimePage();
    page.script.row('s1', {status: 'running'});
    await settled();
    expect(page.script.world.of('GET', /^\/sessions$/)).to.have.length(0);
    expect(page.session('s1')?.status).to.equal('running');
  });

  it('S4: what comes while the first answers are awaited is applied after the list, and nothing of it is lost', async () => {
    const script = new Script();
    script.row('s1');
    const page = new RuntimePage(script);
    const {answers} = script.world;
    const late = new Set<string>();
    script.world.answers = (asked) => (late.has(asked.path) ? undefined : answers(asked));
    late.add('/agents');
    page.backend.watch(['s1']);
    page.backend.connect();
    await script.welcome();
    script.resume('s1', 'early');
    expect(page.of('welcome')).to.have.length(0);
    script.world.of('GET', /agents/)[0]?.answer(200, []);
    await settled();
    expect(page.session('s1')?.status).to.equal('running');
    expect(page.messages('s1')).to.deep.equal(['you: early']);
  });

  describe('S5: the row of a resumed session says that it is finished', () => {
    it('a page that comes in the middle is told by the jobs, also of sessions that it does not look at', async () => {
      const script = new Script();
      script.row('s1');
      script.job('s1', 'go on');
      script.resume('s1', 'go on');
      const page = await runtimePage({script, watch: []});
      expect(page.session('s1')?.status).to.equal('running');
      script.stop('s1');
      expect(page.session('s1')?.status).to.equal('finished');
    });

    it('one that looks at it is told by its events, and by a server that lists no jobs too', async () => {
      const script = new Script();
      script.listsJobs = false;
      script.row('s1');
      script.resume('s1', 'go on');
      const page = await runtimePage({script});
      expect(page.session('s1')?.status).to.equal('running');
      expect(page.messages('s1')).to.deep.equal(['you: go on']);
    });

    it('a reconnect in the middle leaves it running', async () => {
      const page = await runtimePage();
      page.script.job('s1', 'go on');
      page.script.resume('s1', 'go on');
      page.script.drop();
      page.script.world.wakes();
      await page.script.welcome();
      expect(page.session('s1')?.status).to.equal('running');
    });

    it('a job that is over a second ago and still listed is not taken for a turn for long', async () => {
      const script = new Script();
      script.row('s1');
      const job = script.job('s1', 'go on');
      const page = await runtimePage({script, watch: []});
      expect(page.session('s1')?.status).to.equal('running');
      job.status = 'completed';
      script.world.passes(2000);
      await settled();
      expect(page.session('s1')?.status).to.equal('finished');
    });

    it('a list of jobs that comes after one that was asked for later says nothing any more', async () => {
      const script = new Script();
      script.row('s1');
      const job = script.job('s1', 'go on');
      const page = await runtimePage({script, watch: []});
      const {answers} = script.world;
      script.world.answers = (asked) => (asked.path === '/jobs' ? undefined : answers(asked));
      for (const ms of [2000, 4000]) {
        script.world.passes(ms);
        await settled();
      }
      const [older, newer] = script.world.of('GET', /^\/jobs$/).filter(({isOpen}) => isOpen);
      newer?.answer(200, {jobs: [{...job, status: 'completed'}]});
      await settled();
      expect(page.session('s1')?.status).to.equal('finished');
      older?.answer(200, {jobs: [job]});
      await settled();
      expect(page.session('s1')?.status).to.equal('finished');
    });

    it('the older of two lists of jobs is all there is if the newer never came', async () => {
      const script = new Script();
      script.row('s1');
      const job = script.job('s1', 'go on');
      const page = await runtimePage({script, watch: []});
      const {answers} = script.world;
      script.world.answers = (asked) => (asked.path === '/jobs' ? undefined : answers(asked));
      for (const ms of [2000, 4000]) {
        script.world.passes(ms);
        await settled();
      }
      const [older, newer] = script.world.of('GET', /^\/jobs$/).filter(({isOpen}) => isOpen);
      newer?.fail();
      await settled();
      older?.answer(200, {jobs: [{...job, status: 'completed'}]});
      await settled();
      expect(page.session('s1')?.status).to.equal('finished');
    });
  });

  for (const before of ['finished', 'stopped']) {
    it(`S6: "${before}", said again before the start of a resumed turn and in the middle of it, ends nothing`, async () => {
      const page = await runtimePage({sessions: []});
      page.script.row('s1', {status: before});
      page.backend.watch(['s1']);
      await settled();
      await page.give(send(uuid(1), 'go on'));
      page.script.post();
      await settled();
      page.script.row('s1', {last_resumed_at: page.script.now()});
      expect(page.session('s1')?.status).to.equal('pending');
      page.script.event('s1', 'session_start');
      page.script.message('s1', 'user', 'go on');
      page.script.row('s1', {});
      expect(page.session('s1')?.status).to.equal('running');
      page.script.message('s1', 'assistant', 'done');
      page.script.stop('s1');
      expect(page.session('s1')?.status).to.equal('finished');
      expect(page.log('s1')).to.deep.equal(['began user', 'me: go on', 'agent: done', 'ended finished']);
    });
  }

  it('S7: an end with an exit code is what the row says that it is', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('s1', {status: 'running'});
    page.script.row('s1', {status: 'finished'});
    page.script.event('s1', 'session_stop', {exit_code: 1, reason: 'error'});
    expect(page.session('s1')?.status).to.equal('finished');
  });

  it('S8: an update makes a session that is not known; an event never does, but asks', async () => {
    const page = await runtimePage();
    page.script.rows.set('s2', {...page.script.rows.get('s1'), session_id: 's2', session_name: 's2'});
    page.script.says({type: 'session_updated', session: page.script.rows.get('s2')});
    expect(page.session('s2')?.status).to.equal('finished');
    page.script.event('ghost', 'session_start');
    await settled();
    expect(page.session('ghost')).to.equal(undefined);
    expect(page.script.world.of('GET', /^\/sessions\/ghost$/)).to.have.length(1);
  });

  it('S8: a session that was deleted does not come back by what is said of it late', async () => {
    const page = await runtimePage();
    const row = page.script.rows.get('s1');
    page.script.rows.delete('s1');
    page.script.says({type: 'session_deleted', session_id: 's1'});
    page.script.event('s1', 'session_start');
    page.script.says({type: 'session_updated', session: row});
    await settled();
    expect(page.session('s1')).to.equal(undefined);
    expect(page.script.world.of('GET', /^\/sessions\/s1$/)).to.have.length(0);
  });

  describe('S9: what fails without a frame is found by asking for the job', () => {
    it('a job that fails before its turn begins: the words stay, with the reason', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'go on'));
      const job = page.script.post();
      await settled();
      Object.assign(job, {status: 'failed', error: 'Process exited with code 1'});
      page.script.world.passes(2000);
      await settled();
      expect(page.outcomes()).to.deep.equal([
        `${uuid(1)} failed: The agent could not begin: Process exited with code 1.`,
      ]);
      expect(page.session('s1')?.status).to.equal('finished');
    });

    it('a crash in the middle: the turn has failed', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'go on'));
      const job = page.script.post();
      page.script.resume('s1', 'go on');
      await settled();
      Object.assign(job, {status: 'failed', error: 'Process exited with code 1'});
      page.script.world.passes(2000);
      await settled();
      expect(page.session('s1')?.status).to.equal('failed');
      expect(page.log('s1').at(-1)).to.equal('ended failed: Process exited with code 1');
    });

    it('no launcher: says so, and the message waits', async () => {
      const page = await runtimePage();
      page.script.launchers = [];
      await page.give(send(uuid(1), 'go on'));
      page.script.post('pending');
      await settled();
      page.script.world.passes(7000);
      await settled();
      expect(page.problems().join()).to.contain('No launcher is connected');
      expect(page.outcomes()).to.deep.equal([]);
    });

    it('a row that runs for ever since a crash is no running agent', async () => {
      const script = new Script();
      script.row('s1', {status: 'running'});
      script.row('s2', {status: 'running'});
      script.job('s1', 'x', 'failed', 'start_session');
      const page = await runtimePage({script, watch: []});
      expect(page.session('s1')?.status).to.equal('failed');
      expect(page.session('s2')?.status).to.equal('unknown');
    });
  });

  it('S10: what comes after the end is shown, and opens nothing', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('s1', {status: 'running'});
    page.backend.watch(['s1']);
    await settled();
    page.script.message('s1', 'user', 'work');
    page.script.row('s1', {status: 'stopping'});
    expect(page.session('s1')?.status).to.equal('stopping');
    page.script.row('s1', {status: 'stopped'});
    page.script.message('s1', 'assistant', 'late answer');
    expect(page.session('s1')?.status).to.equal('stopped');
    expect(page.log('s1')).to.deep.equal(['began user', 'you: work', 'agent: late answer', 'ended stopped']);
  });

  it('S10: finished, then stopping, then stopped: the turn has finished, and the session is what the server says', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('s1', {status: 'running'});
    page.backend.watch(['s1']);
    await settled();
    page.script.message('s1', 'user', 'work');
    page.script.stop('s1');
    page.script.row('s1', {status: 'stopping'});
    page.script.row('s1', {status: 'stopped'});
    expect(page.session('s1')?.status).to.equal('stopped');
    expect(page.log('s1')).to.deep.equal(['began user', 'you: work', 'ended finished']);
  });

  it('S10: a stop that comes just after the end of a first turn leaves it finished', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('s1', {status: 'running'});
    page.backend.watch(['s1']);
    page.script.message('s1', 'user', 'work');
    await page.give(stop(uuid(1), page.session('s1')?.turn));
    // The end has not been heard yet.
    page.script.row('s1', {status: 'finished'}, true);
    page.script.event('s1', 'session_stop', {exit_code: 0}, true);
    const answer = {ok: true, status: 'finished', message: 'Session already finished'};
    page.script.world.of('POST', /stop$/)[0]?.answer(200, answer);
    await settled();
    expect(page.script.world.of('POST', /stop$/)).to.have.length(1);
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
    expect(page.log('s1')).to.deep.equal(['began user', 'you: work', 'ended finished']);
    expect(page.session('s1')?.status).to.equal('finished');
  });

  it('S11: a deleted session is gone from the chat too, and what is sent to it fails with a reason', async () => {
    const page = await runtimePage();
    page.script.rows.delete('s1');
    page.script.says({type: 'session_deleted', session_id: 's1'});
    expect(page.of('session-missing').map(({session}) => session)).to.deep.equal(['s1']);
    await page.give(send(uuid(1), 'still there?'));
    expect(page.outcomes()[0]).to.contain('not-found');
    expect(page.script.world.of('POST', /jobs/)).to.have.length(0);
  });

  it('S11: what runs is stopped before it is deleted', async () => {
    const page = await runtimePage();
    const job = page.script.job('s1', 'go on');
    page.script.resume('s1', 'go on');
    await page.give({id: uuid(1), op: 'delete', session: 's1'});
    expect(page.script.world.of('DELETE', /./)).to.have.length(0);
    page.script.world.of('POST', /stop$/)[0]?.answer(200, {ok: true, status: 'stopping', job_id: job.job_id});
    await settled();
    page.script.world.of('DELETE', /^\/sessions\/s1$/)[0]?.answer(200, {ok: true});
    await settled();
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
    expect(page.session('s1')).to.equal(undefined);
  });

  it('S11: what runs in a resumed turn, which a stop of its session does not reach, is stopped by its job', async () => {
    const page = await runtimePage();
    const {world} = page.script;
    const theirs = page.script.job('s1', 'of another page');
    page.script.resume('s1', 'of another page');
    await page.give({id: uuid(1), op: 'delete', session: 's1'});
    world.of('POST', /sessions.*stop$/)[0]?.answer(200, {status: 'finished', message: 'Session already finished'});
    await settled();
    expect(world.of('DELETE', /./)).to.have.length(0);
    const stops = world.of('POST', /^\/jobs.*stop$/);
    expect(stops.map(({path}) => path)).to.deep.equal([`/jobs/${theirs.job_id as string}/stop`]);
    stops[0]?.answer(200, {ok: true, status: 'stopping'});
    await settled();
    world.of('DELETE', /^\/sessions\/s1$/)[0]?.answer(200, {ok: true});
    await settled();
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
  });

  it('S11: on a server that lists no jobs those are stopped that this page knows, and it is deleted', async () => {
    const page = await runtimePage({script: Object.assign(new Script(), {listsJobs: false})});
    const {world} = page.script;
    await page.give(send(uuid(1), 'mine'));
    const mine = page.script.post();
    page.script.resume('s1', 'mine');
    await settled();
    await page.give({id: uuid(2), op: 'delete', session: 's1'});
    world.of('POST', /sessions.*stop$/)[0]?.answer(200, {status: 'finished', message: 'Session already finished'});
    await settled();
    world.of('POST', new RegExp(`^/jobs/${mine.job_id as string}/stop`))[0]?.answer(400, {detail: 'It is over.'});
    await settled();
    expect(world.of('DELETE', /^\/sessions\/s1$/)).to.have.length(1);
  });

  it('S12: a stop that nobody confirms is given up after a while, with a word', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('s1', {status: 'running'});
    page.backend.watch(['s1']);
    await page.give(stop(uuid(1), page.session('s1')?.turn));
    page.script.world.of('POST', /stop$/)[0]?.answer(200, {ok: true, status: 'stopping'});
    page.script.row('s1', {status: 'stopping'});
    await settled();
    page.script.world.passes(10_000);
    await settled();
    expect(page.outcomes()[0]).to.contain('timeout');
  });

  it('S15: nothing is sent while a turn is open, not even after its answer', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'first');
    await page.give(send(uuid(1), 'second'));
    expect(page.script.world.of('POST', /jobs/)).to.have.length(0);
    expect(page.log('s1').at(-1)).to.equal('queued: second');
    expect(page.session('s1')?.queued).to.equal(1);
    page.script.message('s1', 'assistant', 'done');
    expect(page.script.world.of('POST', /jobs/)).to.have.length(0);
    page.script.stop('s1');
    await settled();
    expect(page.script.world.of('POST', /jobs/)).to.have.length(1);
  });
});
