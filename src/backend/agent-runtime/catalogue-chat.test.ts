import {expect} from '@open-wc/testing';
import {uuid} from '../session-sync/testkit.ts';
import {readCallback} from './callbacks.ts';
import {nameOf, pageIdOf, titleOf} from './names.ts';
import {runtimePage, RuntimePage, Script, send, settled} from './testkit.ts';
import {readDetail} from './wire.ts';

const START = {id: uuid(1), op: 'start', session: uuid(2), text: 'What is 1+1?'} as const;
const PROMPT = 'You are a research assistant.\n\n## Rules\n\n---\n\n- be brief';

/** A page that has begun a session; `created` is when the server tells of it. */
async function started(agent?: string) {
  const script = new Script();
  script.agents = [{name: 'researcher', system_prompt: PROMPT, status: 'active'}];
  const page = new RuntimePage(script);
  page.backend.watch([uuid(2)]);
  page.backend.connect();
  await script.welcome();
  await page.give({...START, ...(agent && {agent})});
  const name = script.world.of('POST', /^\/jobs$/)[0]?.body.session_name as string;
  return {
    page,
    script,
    name,
    created: () => script.row('sdk-1', {session_name: name, status: 'running', agent_name: agent ?? null}),
  };
}

const stop = (id: string, more: {turn?: string; of?: string}, session = 's1') =>
  ({id, op: 'stop', session, ...more}) as const;

/** The catalogue of what went wrong between the original dashboard and its server: the conversation. */
describe('agent-runtime, catalogue C: the conversation', () => {
  it('C1, C2, C23: a new session is recognised by the name that this page has made, before any answer', async () => {
    const {page, script, name, created} = await started();
    expect(name).to.match(/^[a-zA-Z0-9_-]{1,60}$/);
    created();
    script.message('sdk-1', 'user', START.text);
    expect(page.messages(uuid(2))).to.deep.equal(['me: What is 1+1?']);
    expect(page.session(uuid(2))).to.include({status: 'running', title: 'what-is-1-1'});
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
    expect(page.of('session-alias')).to.deep.include({type: 'session-alias', alias: 'sdk-1', session: uuid(2)});
  });

  it('C1: any other page finds the session under the same id', async () => {
    const name = nameOf(uuid(7), 'Über alles: was ist 1+1, und warum überhaupt?');
    expect(name).to.have.length.at.most(60);
    expect(pageIdOf(name)).to.equal(uuid(7));
    expect(titleOf(name)).to.equal('uber-alles-was-ist-1-1-und');
    expect(titleOf(nameOf(uuid(7), 'привет'))).to.equal('chat');
    expect(pageIdOf('chat-1765600000000-a1b2c3')).to.equal(undefined);
  });

  it('C3, C10: my message stays through all of a resume, and an end before its beginning is of the turn before', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'first');
    page.script.message('s1', 'assistant', 'one');
    await page.give(send(uuid(1), 'second'));
    // The end of the first turn comes after its answer; only then the second can be posted.
    page.script.stop('s1');
    await settled();
    page.script.post();
    await settled();
    page.script.row('s1', {last_resumed_at: page.script.now()});
    expect(page.outcomes()).to.deep.equal([]);
    page.script.event('s1', 'session_start');
    page.script.message('s1', 'user', 'second');
    page.script.message('s1', 'assistant', 'two');
    page.script.stop('s1');
    expect(page.messages('s1')).to.deep.equal(['you: first', 'agent: one', 'me: second', 'agent: two']);
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
  });

  it('C4: frames that come in one breath are applied one after the other', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'go on'));
    page.script.resume('s1', 'go on');
    page.script.message('s1', 'assistant', 'done');
    page.script.stop('s1');
    expect(page.log('s1')).to.deep.equal(['began user', 'me: go on', 'agent: done', 'ended finished']);
  });

  it('C5, C6: a callback adds to the conversation, with its text, and replaces nothing', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'first');
    page.script.stop('s1');
    const before = page.of('thread').length;
    page.script.resume('s1', CALLBACK);
    page.script.message('s1', 'assistant', 'thanks');
    expect(page.messages('s1')).to.deep.equal(['you: first', 'result of child-1: 6', 'agent: thanks']);
    expect(page.log('s1')).to.include('began callback');
    const [shown] =
      page
        .of('thread')
        .slice(before)
        .at(-1)
        ?.events.flatMap(({event}) => (event.kind === 'message' && event.author ? [event] : [])) ?? [];
    expect(shown?.sent).to.equal(CALLBACK);
  });

  it('C7: what begins my turn is my message, whatever was sent with it and however late it comes', async () => {
    const {page, script, created} = await started('researcher');
    script.post();
    script.world.passes(20_000);
    await settled();
    created();
    script.message('sdk-1', 'user', `${PROMPT}\n\n---\n\n${START.text}`);
    expect(page.messages(uuid(2))).to.deep.equal(['me: What is 1+1?']);
    const event = page.of('event').find(({event: {event}}) => event.kind === 'message')?.event.event;
    expect(event?.kind === 'message' && event.sent).to.equal(`${PROMPT}\n\n---\n\n${START.text}`);
  });

  it('C7: after a reload the words are told from the system prompt where that is known, and only there', async () => {
    for (const [agents, jobs, shown] of [
      [[{name: 'researcher', system_prompt: PROMPT}], false, 'What is 1+1?'],
      [[], true, 'What is 1+1?'],
      [[], false, `${PROMPT}\n\n---\n\nWhat is 1+1?`],
    ] as const) {
      const script = new Script();
      script.agents = [...agents];
      script.row('s1', {agent_name: 'researcher'});
      if (jobs) script.job('s1', 'What is 1+1?', 'completed', 'start_session');
      script.message('s1', 'user', `${PROMPT}\n\n---\n\nWhat is 1+1?`);
      script.stop('s1');
      const page = await runtimePage({script});
      expect(page.messages('s1')).to.deep.equal([`you: ${shown}`]);
    }
  });

  it('C8, C26: a stop ends the turn, though no event says so', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'go on'));
    const job = page.script.post();
    page.script.resume('s1', 'go on');
    await settled();
    const turn = page.session('s1')?.turn;
    await page.give(stop(uuid(3), {...(turn && {turn})}));
    page.script.world
      .of('POST', /sessions.*stop$/)[0]
      ?.answer(200, {ok: true, status: 'finished', message: 'Session already finished'});
    await settled();
    page.script.world.of('POST', new RegExp(`${job.job_id}/stop`))[0]?.answer(200, {ok: true, status: 'stopping'});
    page.script.row('s1', {status: 'stopping'});
    page.script.row('s1', {status: 'stopped'});
    await settled();
    expect(page.log('s1')).to.deep.equal(['began user', 'me: go on', 'ended stopped']);
    expect(page.session('s1')?.status).to.equal('stopped');
    expect(page.outcomes()).to.include(`${uuid(3)} settled`);
  });

  it('C9: a turn has not ended before its end is told', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'go on');
    page.script.row('s1', {status: 'finished'});
    expect(page.session('s1')?.status).to.equal('running');
  });

  it('C11: the answer to what was posted may come after the whole turn', async () => {
    const {page, script, created} = await started();
    created();
    script.message('sdk-1', 'user', START.text);
    script.message('sdk-1', 'assistant', '2');
    script.stop('sdk-1');
    expect(page.session(uuid(2))?.status).to.equal('finished');
    script.post();
    await settled();
    expect(page.session(uuid(2))?.status).to.equal('finished');
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
  });

  it('C12: calls of one tool are as many as there are, however quickly they follow', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'go on');
    for (const file of ['a', 'b', 'b']) page.script.tool('s1', 'Read', {file}, 'x');
    page.script.tool('s1', 'Bash', {}, 0);
    page.script.tool('s1', 'Bash', {command: 'false'}, null, 'exit code 1');
    const tools = page.log('s1').filter((line) => line.startsWith('tool '));
    expect(tools.filter((line) => line === 'tool Read')).to.have.length(3);
    expect(tools.slice(-4)).to.deep.equal(['tool Bash', 'tool completed: 0', 'tool Bash', 'tool failed: exit code 1']);
  });

  it('C12: a tool that is announced before is one', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'go on');
    page.script.event('s1', 'pre_tool', {tool_name: 'Read', tool_input: {a: 1}});
    page.script.event('s1', 'pre_tool', {tool_name: 'Read', tool_input: {a: 2}});
    page.script.tool('s1', 'Read', {a: 2}, 'two');
    page.script.stop('s1');
    expect(page.log('s1').slice(2)).to.deep.equal([
      'tool Read',
      'tool Read',
      'tool completed: two',
      'tool cancelled: ',
      'ended finished',
    ]);
  });

  it('C13, C14: an event in an answer and in a frame is one, whichever comes first, false values or not', async () => {
    const script = new Script();
    script.row('s1');
    const page = new RuntimePage(script);
    const {answers} = script.world;
    page.backend.watch(['s1']);
    page.backend.connect();
    script.world.answers = (asked) => (/events$/.test(asked.path) ? undefined : answers(asked));
    await script.welcome();
    script.resume('s1', 'go on');
    const silent = {tool_name: 'Bash', tool_input: {}, tool_output: 0};
    const event = script.event('s1', 'post_tool', silent, true);
    const asked = script.world.of('GET', /events$/)[0];
    asked?.answer(...(answers(asked) ?? [500, '']));
    await settled();
    script.says({type: 'event', data: event});
    expect(page.log('s1')).to.deep.equal(['began user', 'you: go on', 'tool Bash', 'tool completed: 0']);
  });

  it('C13, C14: an answer for another session, or one that nobody waits for any more, changes nothing of this one', async () => {
    const page = await runtimePage({sessions: ['s1', 's2'], watch: []});
    const {answers} = page.script.world;
    page.script.world.answers = (asked) => (/events$/.test(asked.path) ? undefined : answers(asked));
    page.script.message('s1', 'assistant', 'of one');
    page.script.message('s2', 'assistant', 'of two');
    page.backend.watch(['s1']);
    page.backend.watch(['s2']);
    for (const asked of page.script.world.of('GET', /events$/)) asked.answer(...(answers(asked) ?? [500, '']));
    await settled();
    expect(page.messages('s2')).to.deep.equal(['agent: of two']);
    expect(page.messages('s1')).to.deep.equal([]);
  });

  it('C15: more than 100 events: says what is missing, where, and keeps what was heard', async () => {
    const script = new Script();
    script.row('s1', {status: 'running'});
    script.message('s1', 'user', 'many');
    for (let n = 0; n < 110; n++) script.tool('s1', 'Read', {n}, n);
    const page = await runtimePage({script});
    expect(page.log('s1').at(-1)).to.equal('notice limit');
    script.message('s1', 'assistant', 'the answer');
    script.stop('s1');
    expect(page.log('s1').slice(-3)).to.deep.equal(['notice limit', 'agent: the answer', 'ended finished']);
    // Whoever was there from the beginning misses nothing.
    const other = await runtimePage({sessions: []});
    other.script.row('s1', {status: 'running'});
    other.backend.watch(['s1']);
    other.script.message('s1', 'user', 'many');
    for (let n = 0; n < 110; n++) other.script.tool('s1', 'Read', {n}, n);
    await settled();
    expect(other.log('s1').filter((line) => line === 'tool Read')).to.have.length(110);
    expect(other.log('s1')).to.not.include('notice limit');
  });

  it('C15: of a session that nobody looks at the newest are kept, and what was dropped is named', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('s1', {status: 'running'});
    page.script.message('s1', 'user', 'many');
    for (let n = 0; n < 1100; n++) page.script.tool('s1', 'Read', {n}, n);
    page.script.stop('s1');
    expect(page.session('s1')?.status).to.equal('finished');
    page.backend.watch(['s1']);
    await settled();
    const log = page.log('s1');
    expect(log.slice(0, 2)).to.deep.equal(['began user', 'you: many']);
    expect(log.filter((line) => line === 'notice limit')).to.have.length(1);
    expect(log.filter((line) => line === 'tool Read').length).to.be.within(600, 1100);
    expect(log.at(-1)).to.equal('ended finished');
  }).timeout(20_000);

  it('C16: after a reconnect the events of the gap are there, and a turn that ended in it has ended', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'go on'));
    page.script.post();
    page.script.resume('s1', 'go on');
    await settled();
    page.script.drop();
    page.script.message('s1', 'assistant', 'done');
    page.script.stop('s1');
    page.script.world.wakes();
    await page.script.welcome();
    expect(page.log('s1')).to.deep.equal(['began user', 'me: go on', 'agent: done', 'ended finished']);
    expect(page.session('s1')?.status).to.equal('finished');
  });

  describe('C17: turns that overlap', () => {
    it('of a person and a callback: nothing is lost or doubled, and what belongs to which is unknown', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'my question'));
      page.script.post();
      page.script.event('s1', 'session_start');
      page.script.event('s1', 'session_start');
      page.script.message('s1', 'user', CALLBACK);
      page.script.message('s1', 'user', 'my question');
      page.script.message('s1', 'assistant', 'one');
      page.script.stop('s1');
      expect(page.session('s1')?.status).to.equal('running');
      page.script.message('s1', 'assistant', 'two');
      page.script.stop('s1');
      expect(page.session('s1')?.status).to.equal('finished');
      expect(page.messages('s1')).to.deep.equal([
        'result of child-1: 6',
        'me: my question',
        'agent: one',
        'agent: two',
      ]);
      expect(page.log('s1').filter((line) => line === 'notice overlap')).to.have.length(1);
    });

    it('of two tabs: each knows its own words, in whatever order they come', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'mine'));
      page.script.post();
      page.script.job('s1', 'of the other tab');
      page.script.resume('s1', 'of the other tab');
      await settled();
      page.script.resume('s1', 'mine');
      await settled();
      expect(page.messages('s1')).to.deep.equal(['you: of the other tab', 'me: mine']);
    });

    it('words that came back changed are mine if the jobs know nobody else', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'mine'));
      page.script.post();
      page.script.resume('s1', 'changed by a hook');
      await settled();
      expect(page.messages('s1')).to.deep.equal(['me: mine']);
    });
  });

  it('C18: a failure of what was sent is told of that, and touches nothing else', async () => {
    const page = await runtimePage({sessions: ['s1', 's2']});
    await page.give(send(uuid(1), 'one', 's1'), send(uuid(2), 'two', 's2'));
    const [one, two] = page.script.world.of('POST', /jobs/);
    one?.answer(422, {detail: [{loc: ['body', 'prompt'], msg: 'Field required'}]});
    two?.answer(200, {job_id: 'job_2', status: 'pending'});
    await settled();
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} invalid: prompt: Field required`]);
    expect(page.session('s1')?.status).to.equal('finished');
    expect(page.session('s2')?.status).to.equal('pending');
  });

  describe('C19: a stop before there is a session', () => {
    it('cancels the job, and the words can be sent again', async () => {
      const {page, script} = await started();
      await page.give(stop(uuid(3), {of: uuid(1)}, uuid(2)));
      expect(script.world.of('POST', /stop$/)).to.have.length(0);
      const job = script.post('pending');
      await settled();
      script.world
        .of('POST', new RegExp(`/jobs/${job.job_id}/stop`))[0]
        ?.answer(200, {status: 'stopped', message: 'Job cancelled before execution'});
      await settled();
      expect(page.outcomes()).to.deep.equal([
        `${uuid(1)} stopped: It was stopped before the agent began.`,
        `${uuid(3)} settled`,
      ]);
    });

    it('of a job that was claimed: it ends when the job says so, for there is no frame', async () => {
      const {page, script} = await started();
      const job = script.post('claimed');
      await settled();
      await page.give(stop(uuid(3), {of: uuid(1)}, uuid(2)));
      script.world.of('POST', /stop$/)[0]?.answer(200, {status: 'stopping'});
      await settled();
      job.status = 'stopped';
      // The session may be there, and on its way to the page.
      script.world.passes(2000);
      await settled();
      expect(page.outcomes()).to.deep.equal([]);
      script.world.passes(4000);
      await settled();
      expect(page.outcomes()[0]).to.contain('stopped before the agent began');
    });

    it('whose job is over before its first words are heard: they are read, and are mine', async () => {
      const {page, script, created} = await started();
      const job = script.post();
      await settled();
      created();
      const said = {role: 'user', content: [{type: 'text', text: START.text}]};
      const late = script.event('sdk-1', 'message', said, true);
      job.status = 'stopped';
      script.world.passes(2000);
      await settled();
      script.says({type: 'event', data: late});
      expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
      expect(page.messages(uuid(2))).to.deep.equal([`me: ${START.text}`]);
    });

    it('that came between the session and its first words: what is said in it next is not mine', async () => {
      const {page, script, created} = await started();
      script.post();
      await settled();
      created();
      script.row('sdk-1', {status: 'stopped'});
      script.resume('sdk-1', 'of another tab');
      await settled();
      expect(page.messages(uuid(2))).to.deep.equal(['you: of another tab']);
    });

    it('of a job that has waited for long: it is looked at again before the server’s silence is taken for none', async () => {
      const {page, script} = await started();
      const job = script.post('pending');
      await settled();
      for (const ms of [2000, 4000, 8000, 16_000]) {
        script.world.passes(ms);
        await settled();
      }
      await page.give(stop(uuid(3), {of: uuid(1)}, uuid(2)));
      script.world.of('POST', /stop$/)[0]?.answer(200, {status: 'stopping'});
      job.status = 'stopped';
      await settled();
      script.world.passes(9000);
      await settled();
      expect(page.outcomes()).to.deep.equal([
        `${uuid(1)} stopped: It was stopped before the agent began.`,
        `${uuid(3)} settled`,
      ]);
    });

    it('of words to a session: they go back into the box', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'go on'));
      page.script.post('pending');
      await settled();
      await page.give(stop(uuid(3), {of: uuid(1)}));
      page.script.world.of('POST', /stop$/)[0]?.answer(200, {status: 'stopped'});
      await settled();
      expect(page.of('acked').at(-1)).to.deep.equal({type: 'acked', command: uuid(3), result: 'unqueued'});
      expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`, `${uuid(3)} settled`]);
    });
  });

  describe('C20: a stop that did nothing is not taken for one', () => {
    it('of a turn that this page knows no job of: the jobs are asked', async () => {
      const page = await runtimePage();
      const job = page.script.job('s1', 'of another page');
      page.script.resume('s1', 'of another page');
      const turn = page.session('s1')?.turn;
      await page.give(stop(uuid(3), {...(turn && {turn})}));
      page.script.world
        .of('POST', /sessions.*stop$/)[0]
        ?.answer(200, {status: 'finished', message: 'Session already finished'});
      await settled();
      expect(page.script.world.of('POST', new RegExp(`/jobs/${job.job_id}/stop`))).to.have.length(1);
    });

    it('if there is none either, the page says that it does not know', async () => {
      const page = await runtimePage();
      page.script.resume('s1', 'of another page');
      const turn = page.session('s1')?.turn;
      await page.give(stop(uuid(3), {...(turn && {turn})}));
      page.script.world
        .of('POST', /sessions.*stop$/)[0]
        ?.answer(200, {status: 'finished', message: 'Session already finished'});
      await settled();
      expect(page.outcomes()[0]).to.contain('not-stopped');
      expect(page.session('s1')?.status).to.not.equal('stopped');
    });

    it('a second press while the first is on its way is harmless', async () => {
      const page = await runtimePage({sessions: []});
      page.script.row('s1', {status: 'running'});
      page.backend.watch(['s1']);
      const turn = page.session('s1')?.turn;
      await page.give(stop(uuid(3), {...(turn && {turn})}), stop(uuid(4), {...(turn && {turn})}));
      for (const asked of page.script.world.of('POST', /stop$/)) asked.answer(200, {status: 'stopping'});
      page.script.row('s1', {status: 'stopped'});
      await settled();
      expect(page.outcomes()).to.deep.equal([`${uuid(3)} settled`, `${uuid(4)} settled`]);
    });
  });

  it('C21: what the server says against something is told, in whatever form it says it', () => {
    expect(readDetail({detail: 'Session not found'})).to.equal('Session not found');
    expect(readDetail({detail: [{loc: ['body', 'prompt'], msg: 'Field required'}]})).to.equal('prompt: Field required');
    expect(readDetail({detail: {error: 'parameter_validation_failed', message: 'No.'}})).to.equal('No.');
    expect(readDetail('Internal Server Error')).to.equal('Internal Server Error');
    expect(readDetail({detail: {a: 1}})).to.equal('{"a":1}');
    expect(readDetail(null)).to.equal(undefined);
  });

  it('C22: an answer ends nothing, and what is said after it resumes the same session', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'first');
    page.script.message('s1', 'assistant', 'one');
    expect(page.session('s1')?.status).to.equal('running');
    await page.give(send(uuid(1), 'second'));
    page.script.stop('s1');
    await settled();
    expect(page.script.world.of('POST', /^\/jobs$/)[0]?.body).to.deep.equal({
      type: 'resume_session',
      session_name: 's1',
      prompt: 'second',
    });
  });

  it('C24: a result that repeats the answer stands in the log by its name, and is no second message', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'first');
    page.script.message('s1', 'assistant', 'one');
    page.script.event('s1', 'result', {result_text: 'one'});
    page.script.stop('s1');
    expect(page.messages('s1')).to.deep.equal(['you: first', 'agent: one']);
    expect(page.log('s1')).to.include('unknown');
  });

  describe('words whose answer was lost', () => {
    it('are found by name and prompt, and not sent twice', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'go on'));
      page.script.job('s1', 'go on');
      page.script.drop();
      page.script.world.wakes();
      await page.script.welcome();
      expect(page.script.world.of('POST', /jobs/)).to.have.length(1);
      page.script.resume('s1', 'go on');
      expect(page.messages('s1')).to.deep.equal(['me: go on']);
    });

    it('are found in the log of a server that was restarted since', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'go on'));
      page.script.drop();
      page.script.resume('s1', 'go on');
      page.script.stop('s1');
      page.script.world.wakes();
      await page.script.welcome();
      expect(page.script.world.of('POST', /jobs/)).to.have.length(1);
      expect(page.messages('s1')).to.deep.equal(['me: go on']);
    });

    it('are sent again if the server has never had them', async () => {
      const page = await runtimePage();
      await page.give(send(uuid(1), 'go on'));
      page.script.world.of('POST', /jobs/)[0]?.fail();
      await settled();
      expect(page.script.world.of('POST', /jobs/)).to.have.length(2);
    });

    it('from before a reload are looked up: what runs is taken up', async () => {
      const script = new Script();
      script.row('s1');
      script.message('s1', 'user', 'go on');
      script.stop('s1');
      script.job('s1', 'go on');
      script.resume('s1', 'go on');
      const page = new RuntimePage(script);
      page.backend.watch(['s1']);
      page.commands = [send(uuid(1), 'go on')];
      page.backend.deliver(page.commands);
      page.backend.connect();
      await script.welcome();
      expect(script.world.of('POST', /jobs/)).to.have.length(0);
      expect(page.messages('s1')).to.deep.equal(['you: go on', 'me: go on']);
    });

    it('from before a reload, of which nobody can tell: the person decides', async () => {
      const script = new Script();
      script.row('s1');
      script.resume('s1', 'go on');
      script.stop('s1');
      const page = new RuntimePage(script);
      page.backend.watch(['s1']);
      page.commands = [send(uuid(1), 'go on'), send(uuid(2), 'something else')];
      page.backend.deliver(page.commands);
      page.backend.connect();
      await script.welcome();
      expect(page.outcomes()[0]).to.contain('It is not known whether');
      expect(script.world.of('POST', /jobs/).map(({body}) => body.prompt)).to.deep.equal(['something else']);
    });

    it('of a start are known by its name', async () => {
      const script = new Script();
      script.row('sdk-1', {session_name: nameOf(uuid(2), START.text), status: 'running'});
      script.message('sdk-1', 'user', START.text);
      const page = new RuntimePage(script);
      page.backend.watch([uuid(2)]);
      page.commands = [START];
      page.backend.deliver(page.commands);
      page.backend.connect();
      await script.welcome();
      expect(script.world.of('POST', /jobs/)).to.have.length(0);
      expect(page.messages(uuid(2))).to.deep.equal(['me: What is 1+1?']);
    });
  });

  describe('a start whose answer was lost, on a server that lists no jobs', () => {
    /** Its session is there, and has said nothing. */
    const nameless = async () => {
      const all = await started();
      all.script.listsJobs = false;
      all.created();
      all.script.world.of('POST', /^\/jobs$/)[0]?.fail();
      await settled();
      return all;
    };
    const looks = async ({world}: Script): Promise<void> => {
      for (const ms of [2000, 4000, 8000]) {
        world.passes(ms);
        await settled();
      }
    };

    it('and that was stopped before its first words: the person decides, and what waits behind them goes on', async () => {
      const {page, script} = await nameless();
      await page.give(send(uuid(5), 'and then?', uuid(2)));
      script.row('sdk-1', {status: 'stopping'});
      script.row('sdk-1', {status: 'stopped'});
      await looks(script);
      // Another try needs another session: this one is there.
      expect(page.outcomes().map((each) => each.slice(0, 43))).to.deep.equal([`${uuid(1)} exists`]);
      const posted = script.world.of('POST', /^\/jobs$/).map(({body}) => [body.type, body.prompt]);
      expect(posted).to.deep.equal([
        ['start_session', START.text],
        ['resume_session', 'and then?'],
      ]);
    });

    it('and whose first words come after its stop: they are mine', async () => {
      const {page, script} = await nameless();
      script.row('sdk-1', {status: 'stopped'});
      script.world.passes(2000);
      await settled();
      script.message('sdk-1', 'user', START.text);
      await looks(script);
      expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`]);
      expect(page.messages(uuid(2))).to.deep.equal([`me: ${START.text}`]);
    });

    it('and that still works: nobody gives it up, and Stop stops it', async () => {
      const {page, script} = await nameless();
      await looks(script);
      expect(page.outcomes()).to.deep.equal([]);
      await page.give(stop(uuid(3), {of: uuid(1)}, uuid(2)));
      script.world.of('POST', /^\/sessions\/sdk-1\/stop$/)[0]?.answer(200, {ok: true, status: 'stopping'});
      script.row('sdk-1', {status: 'stopped'});
      for (let times = 0; times < 4; times++) await looks(script);
      expect(page.outcomes().map((each) => each.slice(0, 44))).to.deep.equal([
        `${uuid(3)} settled`,
        `${uuid(1)} exists:`,
      ]);
    });

    it('and that was deleted while nobody listened: the person decides', async () => {
      const {page, script} = await nameless();
      script.drop();
      script.rows.delete('sdk-1');
      script.world.wakes();
      await script.welcome();
      await looks(script);
      expect(page.outcomes().map((each) => each.slice(0, 45))).to.deep.equal([`${uuid(1)} unknown:`]);
      expect(page.session(uuid(2))).to.equal(undefined);
    });
  });

  it('C19: a start that was stopped when its session was there already needs another when it is tried again', async () => {
    const {page, script, created} = await started();
    const job = script.post();
    await settled();
    created();
    script.row('sdk-1', {status: 'stopped'});
    job.status = 'stopped';
    for (const ms of [2000, 4000]) {
      script.world.passes(ms);
      await settled();
    }
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} exists: It was stopped before the agent began.`]);
  });

  it('a person who stops wants what waited only if they say so, or say something else', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'work'));
    const job = page.script.post();
    page.script.resume('s1', 'work');
    await page.give(send(uuid(2), 'and then this'));
    const turn = page.session('s1')?.turn;
    await page.give(stop(uuid(3), {...(turn && {turn})}));
    page.script.world
      .of('POST', /sessions.*stop$/)[0]
      ?.answer(200, {status: 'finished', message: 'Session already finished'});
    await settled();
    page.script.world.of('POST', new RegExp(job.job_id))[0]?.answer(200, {status: 'stopping'});
    page.script.row('s1', {status: 'stopping'});
    page.script.row('s1', {status: 'stopped'});
    await settled();
    expect(page.script.world.of('POST', /^\/jobs$/)).to.have.length(1);
    await page.give({id: uuid(4), op: 'continue', session: 's1'});
    expect(page.script.world.of('POST', /^\/jobs$/)).to.have.length(2);
  });

  it('a queued message can be taken back', async () => {
    const page = await runtimePage();
    page.script.resume('s1', 'first');
    await page.give(send(uuid(1), 'second'));
    await page.give({id: uuid(2), op: 'unqueue', session: 's1', queued: uuid(1)});
    expect(page.outcomes()).to.deep.equal([`${uuid(1)} settled`, `${uuid(2)} settled`]);
    expect(page.log('s1')).to.deep.equal(['began user', 'you: first']);
    page.script.stop('s1');
    await settled();
    expect(page.script.world.of('POST', /jobs/)).to.have.length(0);
  });
});

const CALLBACK =
  'The child agent session "child-1" has completed.\n\n## Child Result\n\n6\n\nPlease continue with the orchestration based on this result.';

describe('agent-runtime, catalogue K: callbacks', () => {
  it('K1, K2: results of several children in one message are told apart', () => {
    const text =
      'Multiple child agent sessions have completed.\n\n### Child: a-1\n\nDone A\n\n---\n\nwith a line\n\n---\n\n### Child: b_2\n\nDone B\n\nPlease continue with the orchestration based on these results.';
    expect(readCallback(text)).to.deep.equal([
      {child: 'a-1', text: 'Done A\n\n---\n\nwith a line'},
      {child: 'b_2', text: 'Done B'},
    ]);
  });

  it('K3, K4: a child that failed or was stopped is told as it is told by servers that tell it', () => {
    const text =
      'The child agent session "child-1" has failed.\n\n## Child Error\n\nboom\n\nPlease continue with the orchestration.';
    expect(readCallback(text)).to.deep.equal([{child: 'child-1', text: 'boom'}]);
  });

  it('K5, K6: a resume of a person and one by a callback, at the same time', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'mine'));
    page.script.post();
    page.script.resume('s1', CALLBACK);
    page.script.resume('s1', 'mine');
    expect(page.messages('s1')).to.deep.equal(['result of child-1: 6', 'me: mine']);
    page.script.stop('s1');
    expect(page.session('s1')?.status).to.equal('running');
  });

  it('K7: a callback that is marked as one is recognised, and what only looks like one is the person’s', async () => {
    expect(readCallback('<agent-callback session="child-1" status="completed">\n6\n</agent-callback>')).to.deep.equal([
      {child: 'child-1', text: '6'},
    ]);
    expect(readCallback('The child agent session is what I ask about.')).to.equal(undefined);
    const page = await runtimePage();
    await page.give(send(uuid(1), CALLBACK));
    page.script.post();
    page.script.resume('s1', CALLBACK);
    expect(page.messages('s1')).to.deep.equal([`me: ${CALLBACK}`]);
  });

  it('K9: a child names its parent in whichever order the two are told', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('c', {status: 'running', parent_session_name: 'p'});
    expect(page.session('c')).to.not.have.property('parent');
    page.script.row('p', {status: 'running'});
    expect(page.session('c')?.parent).to.equal('p');
  });

  it('K9: the children of a deleted session stay, and name no parent', async () => {
    const page = await runtimePage({sessions: []});
    page.script.row('p', {status: 'running'});
    page.script.row('c', {status: 'running', parent_session_name: 'p'});
    expect(page.session('c')?.parent).to.equal('p');
    page.script.rows.delete('p');
    page.script.says({type: 'session_deleted', session_id: 'p'});
    expect(page.session('c')).to.include({status: 'running'});
    expect(page.session('c')).to.not.have.property('parent');
  });

  it('K10: the refusal of an agent that is not active is told', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'go on'));
    const job = page.script.post();
    await settled();
    Object.assign(job, {status: 'failed', error: 'Process exited with code 1'});
    page.script.world.passes(2000);
    await settled();
    expect(page.outcomes()[0]).to.contain('The agent could not begin');
  });
});
