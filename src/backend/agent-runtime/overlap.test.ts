import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {line, RuntimePage, runtimePage, Script, send, settled} from './testkit.ts';

/** The thread with the turn of each line: "1" is the one that began first, "?" is nobody knows which. */
function threadOf(page: RuntimePage, session = 's1'): readonly string[] {
  const turns: string[] = [];
  return page.events(session).map(({event, command}) => {
    const turn = 'turn' in event ? event.turn : undefined;
    if (event.kind === 'turn-began') turns.push(event.turn);
    const at = turn === undefined ? -1 : turns.indexOf(turn);
    return `${at >= 0 ? at + 1 : turn === undefined ? '-' : '?'} ${line(event, command)}`;
  });
}

/** A turn of another page, with its job. */
function begins(script: Script, prompt: string): {status: string} {
  const job = script.job('s1', prompt);
  script.resume('s1', prompt);
  return job as {status: string};
}

/** The jobs are asked again, in this time twice if it is not said otherwise. */
async function looks({script}: RuntimePage, ms = 31_000): Promise<void> {
  script.world.passes(ms);
  await settled();
}

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
      const page = await stopped([]);
      page.script.drop();
      page.script.resume('s1', 'b');
      page.script.world.wakes();
      await page.script.welcome();
      page.backend.watch(['s1']);
      await settled();
      page.script.resume('s1', 'c');
      page.script.stop('s1');
      page.script.message('s1', 'assistant', 'of one of them');
      expect(threadOf(page).at(-1)).to.equal('? agent: of one of them');
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
