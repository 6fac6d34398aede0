import {expect} from '@open-wc/testing';
import type {Input} from '../../model/inputs.ts';
import {uuid} from '../session-sync/testkit.ts';
import {lazyBackend} from '../lazy.ts';
import {createAgentRuntime} from './agent-runtime.ts';
import {runtimePage, RuntimePage, Script, send, settled} from './testkit.ts';

/** The catalogue of what went wrong between the original dashboard and its server: the connection. */
describe('agent-runtime, catalogue W: the connection', () => {
  it('W1, W3: given up before it was made, it is not made again, and nothing is left', async () => {
    const script = new Script();
    const page = new RuntimePage(script);
    page.backend.connect();
    const {socket} = script;
    page.backend.disconnect();
    socket.closes();
    script.world.passes(120_000);
    await settled();
    expect(script.world.sockets).to.have.length(1);
    expect(script.world.held).to.equal(0);
  });

  it('W1, W2: however often a connection is asked for, each frame is heard once', async () => {
    const page = await runtimePage();
    page.backend.connect();
    const {socket: old} = page.script;
    page.backend.reconnect();
    page.backend.reconnect();
    await page.script.welcome();
    old.onmessage?.({data: JSON.stringify({type: 'init', sessions: []})});
    expect(page.session('s1')).to.not.equal(undefined);
    page.script.resume('s1', 'once');
    expect(page.messages('s1')).to.deep.equal(['you: once']);
    expect(page.script.world.sockets.filter(({closed}) => !closed)).to.have.length(1);
  });

  it('W2, W4: the end of an old socket says nothing of the new one', async () => {
    const page = await runtimePage();
    const {socket: old} = page.script;
    page.backend.reconnect();
    await page.script.welcome();
    old.closes();
    expect(page.of('connection').at(-1)?.status).to.equal('open');
    page.script.world.passes(29_000);
    expect(page.script.world.sockets).to.have.length(2);
  });

  it('W3: given up, nothing of it is left: no socket, no timer, no listener, no request', async () => {
    const page = await runtimePage();
    await page.give(send(uuid(1), 'go on'));
    page.script.post();
    await settled();
    page.backend.disconnect();
    expect(page.script.world.held).to.equal(0);
    expect(page.script.socket.closed).to.equal(true);
    expect(page.of('connection').at(-1)?.status).to.equal('idle');
  });

  it('W7: an answer of a connection that is gone is not heard on the next', async () => {
    const script = new Script();
    script.row('s1');
    const page = new RuntimePage(script);
    const {answers} = script.world;
    script.world.answers = (asked) => (/events$/.test(asked.path) ? undefined : answers(asked));
    page.backend.watch(['s1']);
    page.backend.connect();
    await script.welcome();
    const [old] = script.world.of('GET', /events$/);
    page.backend.reconnect();
    await script.welcome();
    expect(old?.isOpen).to.equal(false);
    expect(page.of('thread')).to.have.length(0);
  });

  it('W8: it is tried for ever, with pauses that do not grow for ever, and at once when the page wakes', async () => {
    const page = await runtimePage();
    page.script.drop();
    for (let attempt = 0; attempt < 30; attempt++) {
      page.script.world.passes(30_000);
      page.script.socket.closes();
    }
    expect(page.script.world.sockets.length).to.be.above(20);
    const before = page.script.world.sockets.length;
    page.script.world.wakes();
    expect(page.script.world.sockets).to.have.length(before + 1);
    await page.script.welcome();
    expect(page.of('connection').at(-1)?.status).to.equal('open');
  });

  it('W8: a connection that is dead on the way is found by asking', async () => {
    const page = await runtimePage();
    const {answers} = page.script.world;
    page.script.world.answers = (asked) => (/health/.test(asked.path) ? undefined : answers(asked));
    page.script.world.passes(30_000);
    page.script.world.of('GET', /health/)[0]?.fail();
    await settled();
    expect(page.of('connection').at(-1)?.status).to.equal('waiting');
  });

  it('W10: somebody who throws while they are told stops nothing: what comes next is told, and nobody calls it unreadable', async () => {
    const script = new Script();
    const told: Input[] = [];
    let throws = false;
    const backend = createAgentRuntime({
      url: 'ws://runtime.test:8765/',
      environment: script.world,
      emit: (inputs) => {
        told.push(...inputs);
        if (throws) throw new Error('of a listener');
      },
    });
    backend.connect();
    await script.welcome();
    throws = true;
    expect(() => script.row('s1')).to.throw('of a listener');
    throws = false;
    script.row('s2');
    const sessions = told.flatMap((input) => (input.type === 'session' ? [input.session.id] : []));
    expect(sessions).to.deep.equal(['s1', 's2']);
    expect(told.filter(({type}) => type === 'problem')).to.deep.equal([]);
    expect(script.world.sockets).to.have.length(1);
  });

  it('a connection that is new reads what is looked at once', async () => {
    const page = await runtimePage();
    expect(page.script.world.of('GET', /events$/)).to.have.length(1);
    page.script.drop();
    page.script.world.wakes();
    await page.script.welcome();
    expect(page.script.world.of('GET', /events$/)).to.have.length(2);
  });

  it('takes any of the four forms of the address, and refuses others with a sentence', async () => {
    for (const [url, socket, request] of [
      ['http://a.test:8765', 'ws://a.test:8765/ws', 'http://a.test:8765/agents'],
      ['wss://a.test/base/', 'wss://a.test/base/ws', 'https://a.test/base/agents'],
    ] as const) {
      const script = new Script();
      const asked: string[] = [];
      const {fetch} = script.world;
      script.world.fetch = (to, init) => {
        asked.push(to);
        return fetch(to, init);
      };
      const page = new RuntimePage(script, url);
      page.backend.connect();
      await script.welcome();
      expect(script.socket.url).to.equal(socket);
      expect(asked[0]).to.equal(request);
    }
    const page = new RuntimePage(new Script(), 'somewhere');
    page.backend.connect();
    expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'invalid-url'});
  });

  it('says what a page of an origin that is not allowed can and cannot do', async () => {
    const script = new Script();
    script.row('s1');
    script.world.answers = () => undefined;
    const page = new RuntimePage(script);
    page.backend.connect();
    await script.welcome();
    for (const asked of script.world.asked) asked.fail();
    await settled();
    expect(page.problems().join()).to.contain('CORS');
    expect(page.session('s1')?.status).to.equal('finished');
  });

  it('is refused by what is no such server', async () => {
    const page = new RuntimePage();
    page.backend.connect();
    page.script.socket.opens().says({type: 'welcome'});
    expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'unsupported-server'});
  });

  it('is loaded when first asked for, and a page whose network fails then is told', async () => {
    const told: unknown[] = [];
    let fails = true;
    const script = new Script();
    const backend = lazyBackend(() => (fails ? Promise.reject(new Error('404')) : Promise.resolve(createAgentRuntime)))(
      {
        url: 'http://a.test',
        environment: script.world,
        emit: (inputs) => told.push(...inputs),
      },
    );
    backend.connect();
    await settled();
    expect(JSON.stringify(told)).to.contain('could not be loaded');
    fails = false;
    backend.reconnect();
    await script.welcome();
    expect(JSON.stringify(told.at(-1))).to.contain('list-live');
  });
});
