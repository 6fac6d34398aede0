import {expect} from '@open-wc/testing';
import {connectedPage, FakeWorld, frames, HEARTBEAT, openPage, type FakePage} from './testkit.ts';

const {welcome, live, list} = frames;
const statuses = (page: FakePage) => page.of('connection').map(({status}) => status);
const problems = (page: FakePage) => page.of('problem').map(({code}) => code);

describe('session-sync: making a connection', () => {
  it('says hello first, and is open with the welcome', () => {
    const page = openPage({token: 'secret'});
    page.backend.connect();
    expect(page.world.socket.sent).to.be.empty;
    page.world.socket.opens();
    expect(page.world.socket.sent).to.have.length(1);
    expect(page.world.socket.sent[0]).to.deep.include({token: 'secret', channels: [{channel: 'sessions'}]});
    page.backend.watch(['a']);
    expect(page.world.socket.sent).to.have.length(1);
    page.world.socket.says(welcome({user: {id: 'u', name: 'Ada'}}));
    expect(statuses(page)).to.deep.equal(['connecting', 'open']);
    expect(page.of('welcome')[0]).to.deep.include({reset: true, user: {id: 'u', name: 'Ada'}, capabilities: ['queue']});
    expect(page.world.socket.of('subscribe')).to.have.length(1);
  });

  it('connects once, whoever asks', () => {
    const page = openPage();
    page.backend.connect();
    page.backend.connect();
    expect(page.world.sockets).to.have.length(1);
  });

  it('fails when no socket is open, or no welcome is there, within 10 s', () => {
    for (const open of [false, true]) {
      const page = openPage();
      page.backend.connect();
      if (open) page.world.socket.opens();
      page.world.passes(9999);
      expect(statuses(page)).to.deep.equal(['connecting']);
      page.world.passes(1);
      expect(statuses(page)).to.deep.equal(['connecting', 'waiting']);
      expect(page.world.socket.closed).to.equal(true);
    }
  });

  it('does not guess when the first frame is neither welcome nor error', () => {
    for (const first of [live('sessions', 0), {type: 'hi'}, 'nonsense', {type: 'welcome'}]) {
      const page = openPage();
      page.backend.connect();
      page.world.socket.opens().says(first);
      expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'unsupported-server'});
      expect(problems(page)).to.deep.equal(['unsupported-server']);
      page.world.passes(60_000);
      expect(page.world.sockets).to.have.length(1);
    }
  });

  it('passes on what an error before the welcome says', () => {
    const page = openPage();
    page.backend.connect();
    page.world.socket.opens().says({type: 'error', code: 'busy', message: 'Too many.'}).closes(4429);
    expect(page.of('problem')).to.deep.equal([{type: 'problem', code: 'busy', message: 'Too many.'}]);
    expect(statuses(page).at(-1)).to.equal('waiting');
  });

  it('refuses an address that is none', () => {
    const world = new FakeWorld();
    world.openSocket = () => {
      throw new SyntaxError('no such port');
    };
    for (const options of [{url: 'not a url'}, {url: 'ftp://x'}, {world, url: 'ws://x:99999999'}]) {
      const page = openPage(options);
      page.backend.connect();
      expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'invalid-url'});
      expect(page.of('problem')[0]?.message).to.contain(options.url);
    }
  });

  it('names both reasons why nobody may answer, once', () => {
    const page = openPage();
    page.backend.connect();
    for (let n = 0; n < 5; n++) {
      page.world.socket.closes();
      page.world.passes(40_000);
    }
    expect(problems(page)).to.deep.equal(['unreachable']);
    expect(page.of('problem')[0]?.message).to.match(/cannot be reached.*does not speak session-sync\.v1/);
  });
});

describe('session-sync: what the page may change', () => {
  it('takes http addresses for those of a socket', () => {
    const page = openPage({url: 'https://server.test/sync'});
    page.backend.connect();
    expect(page.world.socket.url).to.equal('wss://server.test/sync');
  });

  it('says again why it is refused when the user has tried again', () => {
    const page = openPage();
    for (let n = 1; n <= 2; n++) {
      page.backend.reconnect();
      page.world.socket.opens().closes(4403);
      expect(problems(page)).to.have.length(n);
    }
  });

  it('says at each outage that nobody answers, once', () => {
    const page = openPage();
    page.backend.connect();
    for (let n = 1; n <= 2; n++) {
      page.backend.reconnect();
      page.world.socket.opens().says(welcome()).closes();
      page.world.passes(60_000);
      expect(problems(page)).to.have.length(n);
    }
  });
});

describe('session-sync: trying again', () => {
  it('waits twice as long each time, up to 30 s, for ever', () => {
    const page = openPage();
    page.backend.connect();
    const pauses = Array.from({length: 9}, () => {
      page.world.socket.closes();
      const pause = (page.of('connection').at(-1)?.retryAt ?? 0) - page.world.now();
      page.world.passes(pause);
      return pause;
    });
    expect(pauses).to.deep.equal([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(page.world.sockets).to.have.length(10);
  });

  it('waits a random part of it', () => {
    const page = openPage();
    page.world.luck = 0.25;
    page.backend.connect();
    page.world.socket.closes();
    page.world.passes(124);
    expect(page.world.sockets).to.have.length(1);
    page.world.passes(1);
    expect(page.world.sockets).to.have.length(2);
  });

  it('starts over after 5 s of a working connection, not before', () => {
    for (const [worked, pause] of [
      [4999, 2000],
      [5000, 500],
    ] as const) {
      const page = openPage();
      page.backend.connect();
      page.world.socket.closes();
      page.world.passes(500);
      page.world.socket.closes();
      page.world.passes(1000);
      page.world.socket.opens().says(welcome(), list(0), live('sessions', 0));
      page.world.passes(worked);
      page.world.socket.closes();
      expect((page.of('connection').at(-1)?.retryAt ?? 0) - page.world.now()).to.equal(pause);
    }
  });

  it('tries at once when the network or the page comes back, and when the user asks', () => {
    const page = openPage();
    page.backend.connect();
    page.world.socket.closes();
    page.world.wakes();
    expect(page.world.sockets).to.have.length(2);
    page.world.wakes();
    expect(page.world.sockets).to.have.length(2);
    page.world.socket.closes();
    page.backend.reconnect();
    expect(page.world.sockets).to.have.length(3);
    page.world.passes(9000);
    expect(page.world.sockets).to.have.length(3);
  });

  it('says nothing to a server that is closing, and all of it to the next', () => {
    const page = connectedPage();
    const [old] = page.world.sockets;
    if (old) old.readyState = 2;
    page.commands = [{id: 'c1', op: 'send', session: 'a', text: 'hi'}];
    page.backend.deliver(page.commands);
    page.world.passes(HEARTBEAT);
    expect(old?.written).to.equal(old?.sent.length);
    old?.closes(1012);
    page.world.passes(500);
    page.world.socket.opens().says(welcome(), list(0), live('sessions', 0));
    expect(page.world.socket.of('command')).to.have.length(1);
  });

  it('does not hear what an older connection still says', () => {
    const page = connectedPage();
    const [old] = page.world.sockets;
    page.backend.reconnect();
    page.news();
    old?.says(list(5), live('sessions', 5)).closes(4403);
    expect(page.news()).to.be.empty;
    expect(old?.closed).to.equal(true);
  });
});

describe('session-sync: who may come in', () => {
  it('asks for the token anew at each connection', async () => {
    let asked = 0;
    const page = openPage({token: () => Promise.resolve(`token ${++asked}`)});
    page.backend.connect();
    expect(page.world.sockets).to.be.empty;
    await Promise.resolve();
    expect(page.world.socket.opens().sent[0]?.token).to.equal('token 1');
    page.world.socket.closes();
    page.world.passes(500);
    await Promise.resolve();
    expect(page.world.socket.opens().sent[0]?.token).to.equal('token 2');
  });

  it('tries later when there is no token to be had', async () => {
    const failing = [
      () => Promise.reject(new Error('no cookie')),
      () => {
        throw new Error('no cookie');
      },
    ];
    for (const token of failing) {
      const page = openPage({token});
      page.backend.connect();
      await Promise.resolve();
      await Promise.resolve();
      expect(statuses(page)).to.deep.equal(['connecting', 'waiting']);
      expect(
        page
          .of('problem')
          .map(({message}) => message)
          .join(),
      ).to.contain('no cookie');
      page.world.passes(500);
      expect(statuses(page)[2]).to.equal('connecting');
    }
  });

  it('does not use a token that comes after the page has left', async () => {
    const page = openPage({token: () => Promise.resolve('late')});
    page.backend.connect();
    page.backend.disconnect();
    await Promise.resolve();
    expect(page.world.sockets).to.be.empty;
  });

  it('asks a token function once more after a 4401, and stops at the second', () => {
    const page = openPage({token: () => 'wrong'});
    page.backend.connect();
    page.world.socket.opens().closes(4401);
    expect(statuses(page).at(-1)).to.equal('waiting');
    page.world.passes(500);
    page.world.socket.opens().closes(4401);
    expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'unauthorized'});
    expect(problems(page)).to.deep.equal(['unauthorized']);
    page.world.wakes();
    page.world.passes(60_000);
    expect(page.world.sockets).to.have.length(2);
    page.backend.reconnect();
    expect(page.world.sockets).to.have.length(3);
  });

  it('asks once more again after a connection that worked', () => {
    const page = openPage({token: () => 'short-lived'});
    page.backend.connect();
    for (let n = 0; n < 3; n++) {
      page.world.socket.opens().says(welcome()).closes(4401);
      expect(statuses(page).at(-1)).to.equal('waiting');
      page.world.passes(60_000);
    }
  });

  it('stops at the first 4401 when the token cannot change', () => {
    for (const token of ['fixed', undefined]) {
      const page = openPage(token === undefined ? {} : {token});
      page.backend.connect();
      page.world.socket.opens().closes(4401);
      expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'unauthorized'});
    }
  });

  it('stops at a 4403', () => {
    const page = openPage({token: () => 'x'});
    page.backend.connect();
    page.world.socket.opens().closes(4403);
    expect(page.of('connection').at(-1)).to.deep.include({status: 'refused', reason: 'forbidden'});
  });
});

describe('session-sync: a connection that dies in silence', () => {
  it('sends a ping when it has sent nothing for a heartbeat', () => {
    const page = connectedPage();
    const pings = () => page.world.socket.of('ping').length;
    page.world.passes(HEARTBEAT - 1);
    page.backend.watch(['a']);
    page.world.socket.says(frames.thread('a', 0), live('session:a', 0));
    page.world.passes(HEARTBEAT - 1);
    expect(pings()).to.equal(0);
    page.world.passes(1);
    expect(pings()).to.equal(1);
  });

  it('drops it when nothing has come for two heartbeats after a ping', () => {
    const page = connectedPage();
    const [socket] = page.world.sockets;
    page.world.passes(3 * HEARTBEAT - 1);
    expect(socket?.closed).to.equal(false);
    page.world.passes(1);
    expect(socket?.closed).to.equal(true);
    expect(statuses(page).at(-1)).to.equal('waiting');
  });

  it('keeps it when anything comes', () => {
    const page = connectedPage();
    for (let n = 0; n < 10; n++) {
      page.world.passes(1.5 * HEARTBEAT);
      page.world.socket.says({type: 'pong', t: 0, seqs: {}});
    }
    expect(page.world.sockets).to.have.length(1);
  });

  it('does not count the time in which the page could not run', () => {
    const page = connectedPage();
    page.world.passes(HEARTBEAT);
    page.world.sleeps(3_600_000);
    page.world.passes(HEARTBEAT);
    expect(page.world.sockets).to.have.length(1);
    expect(page.world.socket.closed).to.equal(false);
    page.world.passes(HEARTBEAT);
    expect(page.world.sockets[0]?.closed).to.equal(true);
  });
});

describe('session-sync: disconnecting', () => {
  const moments: Record<string, (page: FakePage) => void> = {
    'while the socket opens': () => {},
    'before the welcome': (page) => page.world.socket.opens(),
    'when connected': (page) => page.world.socket.opens().says(welcome(), list(0), live('sessions', 0)),
    'while waiting to try again': (page) => page.world.socket.closes(),
    'after a refusal': (page) => page.world.socket.opens().closes(4403),
  };
  for (const [moment, come] of Object.entries(moments)) {
    it(`leaves nothing behind ${moment}`, () => {
      const page = openPage();
      page.backend.connect();
      come(page);
      page.backend.disconnect();
      expect(page.news().at(-1)).to.deep.equal({type: 'connection', status: 'idle'});
      expect(page.world.held).to.equal(0);
      page.world.socket.says(welcome(), list(1), live('sessions', 1)).closes();
      page.backend.disconnect();
      page.world.wakes();
      page.world.passes(100_000);
      expect(page.news()).to.be.empty;
      expect(page.world.sockets).to.have.length(1);
    });
  }

  it('goes on afterwards where it was', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(frames.event('a', 1));
    page.backend.disconnect();
    page.backend.connect();
    expect(page.world.socket.opens().sent[0]).to.deep.include({epoch: 'e1'});
    expect(page.world.socket.sent[0]?.channels[1]).to.deep.equal({channel: 'session:a', after: 1});
  });

  it('can be done from inside of what is told', () => {
    for (const moment of ['connecting', 'open', 'waiting', 'refused']) {
      const page = openPage();
      const push = page.inputs.push.bind(page.inputs);
      page.inputs.push = (...inputs) => {
        if (inputs.some((input) => input.type === 'connection' && input.status === moment)) page.backend.disconnect();
        return push(...inputs);
      };
      page.backend.connect();
      page.world.sockets
        .at(-1)
        ?.opens()
        .says(welcome())
        .closes(moment === 'refused' ? 4403 : 1006);
      page.world.passes(100_000);
      expect(statuses(page).at(-1)).to.equal('idle');
      expect(page.world.held).to.equal(0);
      page.inputs.push = push;
      page.backend.connect();
      expect(page.world.socket.opens().sent[0]?.channels).to.deep.equal([{channel: 'sessions'}]);
    }
  });
});
