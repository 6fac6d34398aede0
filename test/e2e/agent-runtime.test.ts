import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {App} from '../support/app.ts';
import {RuntimeWorld} from '../support/agent-runtime/world.ts';

/** The demo page on a stand-in of the server that the seed document is about, in a real browser. */
describe('agent-runtime, end to end', () => {
  let world: RuntimeWorld;
  before(async () => {
    world = await RuntimeWorld.create();
    world.server.runtime.agents.push({
      name: 'researcher',
      description: 'Cites sources',
      system_prompt: 'You are a research assistant.\n\n---\n\nBe brief.',
      status: 'active',
    });
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(() => world.end());

  /** Waits until the agent works on that prompt. */
  const working = async (app: App, title: string, prompt: string): Promise<void> => {
    await app.untilRow(title, 'Running');
    await world.server.executors.worksOn(prompt);
  };
  /** A session that has had one turn and is asked for another, on which the agent works. */
  const resumed = async (app: App, name: string): Promise<void> => {
    await app.say(`/echo ${name}`);
    await app.untilMessages(`You: /echo ${name}`, `Generic Agent: ${name}`);
    await app.untilRow(`echo-${name}`, 'Finished');
    await app.say(`/hold ${name}`);
    await app.untilMessages(`You: /echo ${name}`, `Generic Agent: ${name}`, `You: /hold ${name}`);
    await working(app, `echo-${name}`, `/hold ${name}`);
  };

  describe('seed 1: Stop works from the chat at any moment, and says nothing that is not so', () => {
    it('in a first turn', async () => {
      const app = await world.open();
      await app.say('/hold first turn');
      await working(app, 'hold-first-turn', '/hold first turn');
      await app.press('Stop');
      await app.untilRow('hold-first-turn', 'Stopped');
    });

    it('in a resumed turn, of which the server says that it is finished already', async () => {
      const app = await world.open();
      await resumed(app, 'again');
      await app.press('Stop');
      await app.untilRow('echo-again', 'Stopped');
      assert.ok(!world.server.executors.isWorkingOn('/hold again'));
    });

    it('in a resumed turn that another page has begun', async () => {
      const [app, other] = [await world.open(), await world.open()];
      await resumed(app, 'shared');
      await other.press(/^Stop echo-shared/);
      await Promise.all([app, other].map((each) => each.untilRow('echo-shared', 'Stopped')));
      assert.ok(!world.server.executors.isWorkingOn('/hold shared'));
    });

    it('before the agent has begun, when there is no session yet', async () => {
      const app = await world.open();
      world.server.executors.isSlow = true;
      await app.say('/echo never');
      await app.untilText('Message sent. Waiting for the agent.');
      await app.press('Stop');
      await app.untilText('It was stopped before the agent began.');
      world.server.executors.claim();
      assert.equal(
        world.server.runtime.rows.some(({session_name}) => session_name.startsWith('echo-never')),
        false,
      );
    });

    it('before the server has answered what was sent', async () => {
      const app = await world.open();
      world.server.holdsPosts = true;
      await app.say('/hold unanswered');
      await working(app, 'hold-unanswered', '/hold unanswered');
      await app.press('Stop');
      await app.untilRow('hold-unanswered', 'Stopped');
      world.server.releasePosts();
      await app.untilMessages('You: /hold unanswered');
    });

    it('while the agent is deaf to it: stopping, until the server’s word', async () => {
      const app = await world.open();
      world.server.executors.isDeaf = true;
      await app.say('/hold deaf');
      await working(app, 'hold-deaf', '/hold deaf');
      await app.press('Stop');
      await app.untilRow('hold-deaf', 'Stopping');
      world.server.executors.release('/hold deaf', 'I was through already.');
      await app.untilMessages('You: /hold deaf', 'Generic Agent: I was through already.');
      await app.untilRow('hold-deaf', 'Finished');
    });

    it('in a callback turn', async () => {
      const app = await world.open();
      const {executors} = world.server;
      executors.holdsCallbacks = true;
      await app.say('/child /hold child');
      await app.untilMessages('You: /child /hold child', 'Generic Agent: Started.');
      await executors.worksOn('/hold child');
      executors.release('/hold child', 'six');
      await app.untilMessages('You: /child /hold child', 'Generic Agent: Started.', 'Result of child-1: six');
      await executors.worksOn('callback');
      await app.untilRow('child-hold-child', 'Running');
      await app.press('Stop');
      await app.untilRow('child-hold-child', 'Stopped');
    });

    it('in the moment in which the turn ends: the answer is there, and it has finished', async () => {
      const app = await world.open();
      await app.say('/hold race');
      await working(app, 'hold-race', '/hold race');
      // The server has ended it before the stop arrives, and the page has not heard of that.
      world.proxy.hold();
      world.server.executors.release('/hold race', 'just in time');
      await world.server.has('hold-race', 'finished');
      await app.press('Stop');
      await app.untilRow('hold-race', 'Stopping');
      world.proxy.release();
      await app.untilMessages('You: /hold race', 'Generic Agent: just in time');
      await app.untilRow('hold-race', 'Finished');
    });
  });

  describe('seed 2: the list changes live while only the chat acts', () => {
    it('in this window and in others, in a resumed turn too, and in one that comes late', async () => {
      const [acting, watching] = [await world.open(), await world.open()];
      await resumed(acting, 'list');
      await watching.untilRow('echo-list', 'Running');
      const late = await world.open();
      await late.untilRow('echo-list', 'Running');
      world.server.executors.release('/hold list');
      await Promise.all([acting, watching, late].map((each) => each.untilRow('echo-list', 'Finished')));
    });
  });

  it('seed 3: a message that resumes a session is never gone, not for one frame, through a callback and a reconnect', async () => {
    const app = await world.open();
    await app.say('/child /hold slow child');
    await app.untilMessages('You: /child /hold slow child', 'Generic Agent: Started.');
    await app.untilRow('child-hold-slow-child', 'Finished');
    await app.watchFrames();
    await app.say('/hold still here');
    await app.untilText('/hold still here');
    const from = (await app.frames()).findIndex((lines) => lines.some((line) => line.includes('/hold still here')));
    await working(app, 'child-hold-slow-child', '/hold still here');
    world.proxy.cut();
    await app.untilText('Offline');
    // The child calls back while the turn of the person is open: the server runs both at once.
    await world.server.executors.worksOn('/hold slow child');
    world.server.executors.release('/hold slow child', 'seven');
    world.proxy.restore();
    await app.until(() =>
      window.probe.all('article').some((each) => /^Result of child-/.test(window.probe.name(each))),
    );
    world.server.executors.release('/hold still here', 'And here is the answer.');
    await app.untilText('And here is the answer.');
    await app.untilRow('child-hold-slow-child', 'Finished');
    const frames = (await app.frames()).slice(from);
    assert.ok(frames.length > 3);
    for (const lines of frames) {
      const mine = lines.filter((line) => line.includes('/hold still here'));
      assert.equal(mine.length, 1, `shown once in every frame: ${lines.join(' | ')}`);
    }
    const messages = await app.messages();
    for (const text of ['Started.', 'seven', 'And here is the answer.', 'Reply to: The child']) {
      assert.equal(
        messages.filter((line) => line.includes(`: ${text}`)).length,
        1,
        `${text} in ${messages.join(' | ')}`,
      );
    }
  });

  it('seed 4: the order on screen is the server’s, live and after a reload', async () => {
    const app = await world.open();
    await app.say('/hold order');
    await working(app, 'hold-order', '/hold order');
    await app.say('/echo two');
    await app.say('/echo three');
    await app.untilText('Queued');
    world.server.executors.release('/hold order', 'one');
    const expected = [
      'You: /hold order',
      'Generic Agent: one',
      'You: /echo two',
      'Generic Agent: two',
      'You: /echo three',
      'Generic Agent: three',
    ];
    await app.untilMessages(...expected);
    await app.untilRow('hold-order', 'Finished');
    await app.page.reload();
    await app.untilMessages(...expected);
    const other = await world.also(app);
    await other.untilMessages(...expected);
  });

  it('seed 5: the message of a person is what the person typed; what was sent for it can be opened', async () => {
    const app = await world.open();
    await app.untilText('researcher');
    await app.page.evaluate(() => {
      const picker = window.probe
        .all('select')
        .find((each) => window.probe.name(each) === 'Agent') as HTMLSelectElement;
      picker.value = 'researcher';
      picker.dispatchEvent(new Event('change', {bubbles: true}));
    });
    await app.say('What is 1+1?');
    const expected = ['You: What is 1+1?', 'researcher: Reply to: What is 1+1?'];
    await app.untilMessages(...expected);
    await app.untilText('What was sent');
    const sent = () => app.page.evaluate(() => window.probe.all('article pre').map((each) => each.textContent));
    assert.deepEqual(await sent(), ['You are a research assistant.\n\n---\n\nBe brief.\n\n---\n\nWhat is 1+1?']);
    await app.page.reload();
    await app.untilMessages(...expected);
    assert.deepEqual(await sent(), ['You are a research assistant.\n\n---\n\nBe brief.\n\n---\n\nWhat is 1+1?']);
  });

  it('two tabs that write to one session: each message once, in both', async () => {
    const app = await world.open();
    await resumed(app, 'tabs');
    const other = await world.also(app);
    await other.untilMessages('You: /echo tabs', 'Generic Agent: tabs', 'You: /hold tabs');
    await app.say('/echo from one');
    await other.say('/echo from the other');
    world.server.executors.release('/hold tabs', 'free');
    // The server runs both at once, in some order.
    for (const each of [app, other]) {
      await each.until(() => window.probe.all('article, [role=article]').length === 8);
      await each.untilRow('echo-tabs', 'Finished');
    }
    const [one, two] = [await app.messages(), await other.messages()];
    assert.deepEqual(one, two);
    for (const line of [
      'You: /echo from one',
      'You: /echo from the other',
      'Generic Agent: from one',
      'Generic Agent: from the other',
    ]) {
      assert.equal(one.filter((each) => each === line).length, 1, `${line} in ${one.join(' | ')}`);
    }
  });

  it('a reload while a message is on its way: it is not sent twice, and the answer comes', async () => {
    const app = await world.open();
    await app.say('/echo reload');
    await app.untilMessages('You: /echo reload', 'Generic Agent: reload');
    await app.untilRow('echo-reload', 'Finished');
    world.server.executors.isSlow = true;
    await app.say('/hold reload');
    await app.untilRow('echo-reload', 'Starting');
    app.page.on('dialog', (dialog) => void dialog.accept());
    await app.page.reload();
    const messages = ['You: /echo reload', 'Generic Agent: reload', 'You: /hold reload'];
    await app.untilMessages(...messages);
    await app.untilRow('echo-reload', 'Starting');
    world.server.executors.claim();
    await world.server.executors.worksOn('/hold reload');
    world.server.executors.release('/hold reload', 'here');
    await app.untilMessages(...messages, 'Generic Agent: here');
    const jobs = [...world.server.runtime.jobs.values()].filter(({prompt}) => prompt === '/hold reload');
    assert.equal(jobs.length, 1);
  });

  it('a connection that breaks in the middle of a turn that ends meanwhile', async () => {
    const app = await world.open();
    await resumed(app, 'gap');
    world.proxy.cut();
    await app.untilText('Offline');
    world.server.executors.release('/hold gap', 'unheard');
    world.proxy.restore();
    await app.untilMessages('You: /echo gap', 'Generic Agent: gap', 'You: /hold gap', 'Generic Agent: unheard');
    await app.untilRow('echo-gap', 'Finished');
  });

  it('a server that is restarted in the middle of a turn: what became of it is unknown, until a person stops it', async () => {
    const app = await world.open();
    await app.say('/hold restart');
    await working(app, 'hold-restart', '/hold restart');
    world.server.restart();
    await app.untilRow('hold-restart', 'Unknown');
    await app.untilText('is unknown; Stop marks it as stopped');
    await app.press('Stop');
    await app.untilRow('hold-restart', 'Stopped');
  });

  it('an agent that crashes has failed', async () => {
    const app = await world.open();
    await app.say('/crash please');
    await app.untilRow('crash-please', 'Failed');
    await app.untilText('Process exited with code 1');
  });

  it('without a launcher the message waits, and the page says why', async () => {
    const app = await world.open();
    world.server.runtime.launchers = 0;
    world.server.executors.isAway = true;
    await app.say('/echo anyone there');
    await app.untilText('No launcher is connected');
    await app.press('Stop');
    await app.untilText('It was stopped before the agent began.');
  });

  it('more than 100 events: heard to the end, and what a reload cannot have is named', async () => {
    const app = await world.open();
    await app.say('/tools 110');
    await app.untilMessages('You: /tools 110', 'Generic Agent: 110 calls made.');
    await app.untilText('110 completed');
    await app.page.reload();
    await app.untilText('only the oldest 100 events');
  });

  describe('a page of another origin than the server’s', () => {
    it('that the server’s list allows: does all that any other does', async () => {
      world.server.origins = [world.pages.origin];
      const app = await world.openElsewhere();
      await resumed(app, 'across');
      await app.press('Stop');
      await app.untilRow('echo-across', 'Stopped');
      await app.page.reload();
      await app.untilMessages('You: /echo across', 'Generic Agent: across', 'You: /hold across');
      await app.press(/^Delete echo-across/);
      await app.press('Delete');
      await world.server.lacks('echo-across');
    });

    it('that the server’s list does not allow: sees the sessions, says why it can do nothing, and loses no words', async () => {
      world.server.origins = ['http://localhost:5173'];
      const home = await world.open();
      await home.say('/echo for all to see');
      await home.untilRow('echo-for-all-to-see', 'Finished');
      const app = await world.openElsewhere();
      await app.untilRow('echo-for-all-to-see', 'Finished');
      await app.untilText('It may not let pages of this origin in (CORS)');
      await app.say('/echo into the void');
      await app.untilText('Whether it has the message is unknown');
      assert.equal((await app.messages()).filter((line) => line.includes('/echo into the void')).length, 1);
      assert.ok(app.complaints.length > 0 && app.complaints.every((text) => /CORS policy/.test(text)));
      // The browser's own words, for whoever runs the server.
      app.complaints.length = 0;
    });
  });

  it('a session that is deleted elsewhere says so; what runs in it is stopped first', async () => {
    const app = await world.open();
    await app.say('/hold deleted');
    await working(app, 'hold-deleted', '/hold deleted');
    const other = await world.also(app);
    await other.press(/^Delete hold-deleted/);
    await other.press('Delete');
    await app.untilText('does not exist any more');
    assert.ok(!world.server.executors.isWorkingOn('/hold deleted'));
  });

  it('so is a resumed turn, of which its session says that it is finished', async () => {
    const app = await world.open();
    await app.say('/echo to be deleted');
    await app.untilRow('echo-to-be-deleted', 'Finished');
    await app.say('/hold resumed');
    await world.server.executors.worksOn('/hold resumed');
    await app.press(/^Delete echo-to-be-deleted/);
    await app.press('Delete');
    await world.server.lacks('echo-to-be-deleted');
    assert.ok(!world.server.executors.isWorkingOn('/hold resumed'));
  });
});
