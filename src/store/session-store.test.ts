import {expect, waitUntil} from '@open-wc/testing';
import {createMemoryBackend} from '../backend/memory/memory-backend.ts';
import {createObedientBackend} from '../backend/memory/obedient.ts';
import {effect} from '../elements/shared/effect.ts';
import {FakeArea, lines, stillEnvironment, storeFixture} from './testkit.ts';
import {SessionStore} from './session-store.ts';

const obedient = () => {
  const server = createObedientBackend();
  return {...storeFixture({memory: server.memory, connect: false}), server};
};

describe('the store', () => {
  it('starts a session that is there from the click on, and becomes the server’s', () => {
    const {store, memory} = storeFixture();
    const id = store.start('Do it') ?? '';
    store.watch(id);
    expect(store.session(id)).to.include({status: 'pending', local: 'starting', title: 'Do it'});
    expect(lines(store, id)).to.deep.equal(['user: Do it (sending)']);
    const [start] = memory.delivered;
    memory.put({id, title: 'Do it', status: 'running', turn: 't1'});
    memory.event(id, {kind: 'turn-began', turn: 't1', origin: 'user'});
    memory.event(id, {kind: 'message', id: 'm1', turn: 't1', role: 'user', text: 'Do it'}, {command: start?.id ?? ''});
    expect(store.session(id)).to.include({status: 'running'});
    expect(store.session(id)?.local).to.equal(undefined);
    expect(lines(store, id)).to.deep.equal(['user: Do it']);
    expect(store.unsettled).to.equal(0);
  });

  it('seed 1: stops by the turn that is open, by the send that is not confirmed, or takes back what never left', () => {
    const {store, memory} = storeFixture({connect: false});
    const id = store.start('Do it') ?? '';
    store.watch(id);
    store.stop(id);
    expect(store.session(id)).to.equal(undefined);
    expect(store.draft()).to.equal('Do it');
    expect(store.unsettled).to.equal(0);

    store.connect();
    memory.welcome();
    const other = store.start('Do that') ?? '';
    store.stop(other);
    const [start, stop] = memory.delivered;
    expect(stop).to.include({op: 'stop', of: start?.id});
    expect(store.session(other)).to.include({status: 'stopping'});

    memory.put({id: 'r', status: 'running', turn: 't7'});
    store.stop('r');
    store.stop('r');
    expect(memory.delivered.slice(2)).to.have.length(1);
    expect(memory.delivered[2]).to.include({op: 'stop', turn: 't7'});
    expect(store.session('r')?.status).to.equal('stopping');
  });

  it('gives the words of a send that was stopped in the queue back to the composer', () => {
    const {store, memory} = storeFixture();
    memory.put({id: 's', status: 'finished'});
    store.watch('s');
    const send = store.send('s', 'wait for me') ?? '';
    store.setDraft('typed meanwhile', 's');
    store.stop('s');
    const stop = memory.delivered.at(-1);
    expect(stop).to.include({op: 'stop', of: send});
    memory.event('s', {kind: 'queued', command: send, text: 'wait for me'}, {command: send});
    memory.event('s', {kind: 'unqueued', command: send, reason: 'removed'}, {command: stop?.id ?? ''});
    expect(store.draft('s')).to.equal('typed meanwhile');
    memory.ack(stop?.id ?? '', 'unqueued');
    expect(lines(store, 's')).to.deep.equal([]);
  });

  it('sends again what was not answered, in order, after each connection', () => {
    const {store, memory} = storeFixture();
    memory.put({id: 's'});
    store.watch('s');
    store.send('s', 'one');
    store.send('s', 'two');
    memory.drop();
    expect(lines(store, 's')).to.deep.equal(['user: one (unconfirmed)', 'user: two (unconfirmed)']);
    memory.welcome();
    const texts = memory.delivered.map((command) => ('text' in command ? command.text : ''));
    expect(texts).to.deep.equal(['one', 'two', 'one', 'two']);
    expect(new Set(memory.delivered.map(({id}) => id)).size).to.equal(2);
  });

  it('tells a view of one session nothing of another, and of a streamed piece only the message', () => {
    const {store, memory} = storeFixture();
    memory.put({id: 'a', status: 'running', turn: 't'});
    memory.put({id: 'b'});
    store.watch('a');
    memory.event('a', {kind: 'message', id: 'm0', turn: 't', role: 'user', text: 'hi'});
    memory.stream('a', {item: 'm1', turn: 't', text: 'x'});
    const counts = {a: 0, b: 0, keys: 0, m0: 0, m1: 0};
    const cell = store.thread('a');
    const reads: Record<keyof typeof counts, () => unknown> = {
      a: () => store.session('a'),
      b: () => store.session('b'),
      keys: () => cell?.keys,
      m0: () => cell?.item('message:m0')?.get(),
      m1: () => cell?.item('message:m1')?.get(),
    };
    return new Promise<void>((resolve) => {
      const stops = Object.entries(reads).map(([name, read]) =>
        effect(() => {
          read();
          counts[name as keyof typeof counts]++;
        }),
      );
      memory.stream('a', {item: 'm1', turn: 't', text: 'y'});
      memory.put({id: 'b', status: 'failed'});
      queueMicrotask(() => {
        for (const stop of stops) stop();
        resolve();
      });
    }).then(() => expect(counts).to.deep.equal({a: 1, b: 2, keys: 1, m0: 1, m1: 2}));
  });

  it('refuses a text that is too long with a sentence, and sends nothing', () => {
    const {store, memory, problems} = storeFixture();
    expect(store.start('x'.repeat(128 * 1024 + 1))).to.equal(undefined);
    expect(problems.map(({code}) => code)).to.deep.equal(['too-large']);
    expect(memory.delivered).to.deep.equal([]);
  });

  it('keeps the problems of the time before somebody showed them, once', () => {
    const {store, memory} = storeFixture({connect: false});
    store.connect();
    memory.welcome();
    memory.tell({type: 'problem', code: 'unreachable', message: 'Nobody there.'});
    expect(store.takeEarlyProblems().map(({code}) => code)).to.deep.equal(['unreachable']);
    memory.tell({type: 'problem', code: 'later', message: 'Later.'});
    expect(store.takeEarlyProblems()).to.deep.equal([]);
  });

  it('keeps refused words with the reason until they are sent again or thrown away', () => {
    const {store, memory, problems} = storeFixture();
    memory.put({id: 's'});
    store.watch('s');
    const first = store.send('s', 'one') ?? '';
    memory.reject(first, 'too-many', 'Too many messages wait.');
    expect(lines(store, 's')).to.deep.equal(['user: one (failed)']);
    const told = {code: 'too-many', message: 'Too many messages wait.', sessionId: 's', command: first};
    expect(problems).to.deep.include(told);
    expect(store.unsettled).to.equal(0);
    expect(store.retry(first)).to.equal('s');
    expect(lines(store, 's')).to.deep.equal(['user: one (sending)']);
    const again = memory.delivered.at(-1);
    expect(again?.id).not.to.equal(first);
    memory.reject(again?.id ?? '', 'too-many');
    store.discard(again?.id ?? '');
    expect(lines(store, 's')).to.deep.equal([]);
  });

  it('retries a send whose session is gone as a start of a new one', () => {
    const {store, memory} = storeFixture();
    const send = store.send('gone', 'hello?') ?? '';
    memory.reject(send, 'not-found', 'There is no such session.');
    const session = store.retry(send) ?? '';
    expect(session).not.to.equal('gone');
    expect(memory.delivered.at(-1)).to.include({op: 'start', session, text: 'hello?'});
  });

  it('forgets a deleted session at once, brings it back if that is refused, and never revives it from an older page', async () => {
    const {store, memory} = storeFixture();
    memory.put({id: 's', title: 'Old'});
    store.delete('s');
    expect(store.session('s')).to.equal(undefined);
    memory.reject(memory.delivered[0]?.id ?? '', 'internal');
    expect(store.session('s')?.title).to.equal('Old');
    const session = memory.sessions.get('s');
    memory.remove('s');
    const found = store.findSessions({text: 'old'});
    memory.queries[0]?.answer({sessions: session ? [session] : []});
    await found;
    expect(store.session('s')).to.equal(undefined);
  });

  it('shows a stop as stopping and a queued correction after it', () => {
    const {store, server} = obedient();
    store.connect();
    const id = store.start('long work') ?? '';
    store.watch(id);
    store.send(id, 'a correction');
    expect(lines(store, id)).to.deep.equal(['user: long work', 'user: a correction (queued)']);
    server.finish(id, 'done');
    expect(lines(store, id)).to.deep.equal(['user: long work', 'agent: done', 'user: a correction']);
  });

  it('loads older messages once, and says that it does', async () => {
    const {store, memory} = storeFixture();
    store.watch('s');
    memory.tell({
      type: 'thread',
      session: 's',
      open: [],
      next: 2,
      events: [
        {seq: 2, time: '2026-01-01T00:00:00Z', event: {kind: 'message', id: 'b', turn: 't', role: 'agent', text: 'b'}},
      ],
    });
    expect(store.thread('s')?.state.older).to.equal('some');
    const loaded = store.loadOlder('s');
    void store.loadOlder('s');
    expect(store.thread('s')?.state.older).to.equal('loading');
    expect(memory.queries.map(({query}) => query)).to.deep.equal([{session: 's', before: 2}]);
    memory.queries[0]?.answer({
      events: [
        {seq: 1, time: '2026-01-01T00:00:00Z', event: {kind: 'message', id: 'a', turn: 't', role: 'agent', text: 'a'}},
      ],
    });
    await loaded;
    expect(lines(store, 's')).to.deep.equal(['agent: a', 'agent: b']);
    expect(store.thread('s')?.state.older).to.equal('none');
  });

  it('knows a session under both its names, with its thread, its draft and what is on its way', async () => {
    const {store, memory} = storeFixture();
    const id = store.start('hi') ?? '';
    store.watch(id);
    store.setDraft('half a thought', id);
    const titles: (string | undefined)[] = [];
    const stop = effect(() => void titles.push(store.session(id)?.title));
    memory.tell({type: 'session-alias', alias: id, session: 'server-1'});
    memory.put({id: 'server-1', status: 'running', title: 'the server’s'});
    await Promise.resolve();
    stop();
    expect(titles).to.deep.equal(['hi', 'the server’s']);
    expect(store.session(id)?.id).to.equal('server-1');
    expect(lines(store, id)).to.deep.equal(['user: hi (sending)']);
    expect(store.draft(id)).to.equal('half a thought');
    expect(store.draft('server-1')).to.equal('half a thought');
    expect(memory.watched).to.deep.equal(['server-1']);
    expect([...store.sessions.all()].map((session) => session.id)).to.deep.equal(['server-1']);
    memory.event(
      'server-1',
      {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'hi'},
      {command: memory.delivered[0]?.id ?? ''},
    );
    expect(lines(store, id)).to.deep.equal(['user: hi']);
  });

  it('asks to be told of what was seen only while it is unread', () => {
    const {store, memory} = storeFixture();
    memory.put({id: 's', unread: true});
    memory.event('s', {kind: 'turn-began', turn: 't', origin: 'user'});
    store.watch('s');
    store.seen('s');
    store.seen('s');
    expect(memory.delivered).to.have.length(1);
    expect(memory.delivered[0]).to.include({op: 'seen', seq: 1});
    expect(store.session('s')?.unread).to.equal(false);
  });
});

describe('what is kept over a reload', () => {
  const open = (area: FakeArea, user?: string, connect = true) => {
    const memory = createMemoryBackend();
    const fixture = storeFixture({memory, connect: false, storage: () => area});
    if (connect) {
      fixture.store.connect();
      memory.welcome(user ? {user: {id: user}} : {});
    }
    return fixture;
  };

  it('a message that was not confirmed is shown again, and sent once under the same id', () => {
    const area = new FakeArea();
    const first = open(area, undefined, false);
    const id = first.store.start('offline words') ?? '';
    const second = open(area, undefined, false);
    expect(second.store.session(id)).to.include({local: 'starting'});
    second.store.watch(id);
    expect(lines(second.store, id)).to.deep.equal(['user: offline words (unconfirmed)']);
    second.store.connect();
    second.memory.welcome();
    expect(second.memory.delivered).to.have.length(1);
    second.memory.event(
      id,
      {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'offline words'},
      {command: second.memory.delivered[0]?.id ?? ''},
    );
    expect(area.map.size).to.equal(0);
    expect(lines(second.store, id)).to.deep.equal(['user: offline words']);
  });

  it('drafts are kept for each session', () => {
    const area = new FakeArea();
    const {store} = open(area);
    store.setDraft('for s', 's');
    store.setDraft('for a new one');
    const again = open(area);
    expect([again.store.draft('s'), again.store.draft(), again.store.draft('x')]).to.deep.equal([
      'for s',
      'for a new one',
      '',
    ]);
    again.store.setDraft('', 's');
    again.store.setDraft('');
    expect(area.map.size).to.equal(0);
  });

  it('a long draft is not written with every key, and never lost', async () => {
    const area = new FakeArea();
    const {store} = open(area);
    const written = (): string[] => [...area.map.values()];
    const long = 'word '.repeat(40_000);
    let writes = 0;
    const setItem = area.setItem.bind(area);
    area.setItem = (key, value) => {
      writes++;
      setItem(key, value);
    };
    for (let nth = 0; nth < 50; nth++) store.setDraft(`${long}${nth}`, 's');
    expect(store.draft('s')).to.equal(`${long}49`);
    expect(writes, 'while it is typed').to.be.lessThan(2);
    await waitUntil(() => written().includes(`${long}49`), 'after a pause');
    store.setDraft(`${long}, and one that leaves the page`, 's');
    dispatchEvent(new Event('pagehide'));
    expect(written()).to.deep.equal([`${long}, and one that leaves the page`]);
    store.setDraft(`${long}, and the end`, 's');
    store.disconnect();
    expect(written()).to.deep.equal([`${long}, and the end`]);
    store.setDraft(`${long}, never`, 's');
    store.setDraft('short', 's');
    expect(written()).to.deep.equal(['short']);
    store.setDraft(`${long}, gone`, 's');
    store.setDraft('', 's');
    dispatchEvent(new Event('pagehide'));
    expect(written()).to.deep.equal([]);
  });

  it('what one user left is never shown to or sent as another', () => {
    const area = new FakeArea();
    const ann = open(area, 'ann');
    ann.memory.put({id: 's'});
    ann.store.send('s', 'ann’s words');
    ann.store.setDraft('ann’s draft', 's');
    const bob = open(area, 'bob');
    bob.store.watch('s');
    expect(lines(bob.store, 's')).to.deep.equal([]);
    expect(bob.store.draft('s')).to.equal('');
    expect(bob.memory.delivered).to.deep.equal([]);
    const back = open(area, 'ann');
    expect(back.memory.delivered).to.have.length(1);
    expect(back.store.draft('s')).to.equal('ann’s draft');
  });

  it('another user on the same page sees nothing of the one before, who finds it again', () => {
    const {store, memory} = open(new FakeArea(), 'ann');
    memory.put({id: 's', title: 'Ann’s'});
    store.watch('s');
    memory.event('s', {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'secret'});
    store.send('s', 'unsent');
    memory.drop();
    memory.sessions.clear();
    memory.remove('s');
    memory.welcome({user: {id: 'bob'}, reset: true});
    expect(store.session('s')).to.equal(undefined);
    expect(lines(store, 's')).to.deep.equal([]);
    expect(store.unsettled).to.equal(0);
    memory.drop();
    memory.welcome({user: {id: 'ann'}, reset: true});
    expect(memory.delivered.map((command) => ('text' in command ? command.text : ''))).to.deep.equal([
      'unsent',
      'unsent',
    ]);
  });

  it('what is written before the first answer belongs to the user whom it names', () => {
    const area = new FakeArea();
    const {store, memory} = open(area, undefined, false);
    store.start('early');
    store.connect();
    memory.welcome({user: {id: 'ann'}});
    expect(memory.delivered).to.have.length(1);
    expect([...area.map.keys()].every((key) => key.includes('@ann'))).to.equal(true);
  });

  it('what nobody in particular left is offered to a named user as text, never sent by itself', () => {
    const area = new FakeArea();
    open(area, undefined, false).store.start('left behind');
    const {store, memory} = open(area, 'ann');
    expect(memory.delivered).to.deep.equal([]);
    expect(store.unsettled).to.equal(0);
    expect(store.draft()).to.equal('left behind');
  });

  it('storage that is full, forbidden or garbled costs nothing but the keeping, said once', async () => {
    const area = new FakeArea();
    area.full = true;
    const {store, memory, problems} = open(area);
    store.setDraft('typed');
    memory.put({id: 's'});
    store.send('s', 'sent all the same');
    await Promise.resolve();
    expect(problems.map(({code}) => code)).to.deep.equal(['storage']);
    expect(store.draft()).to.equal('typed');
    expect(memory.delivered).to.have.length(1);

    const forbidden = storeFixture({
      storage: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
    forbidden.store.setDraft('x');
    await Promise.resolve();
    expect(forbidden.problems.map(({code}) => code)).to.deep.equal(['storage']);

    const garbled = new FakeArea();
    open(garbled, undefined, false).store.start('whole');
    const [key = ''] = garbled.map.keys();
    garbled.map.set(key, garbled.map.get(key)?.slice(0, 20) ?? '');
    const after = open(garbled);
    expect(after.memory.delivered).to.deep.equal([]);
    expect(garbled.map.size, 'left where it is').to.equal(1);
  });

  describe('what another version or program left', () => {
    /** A storage that holds one record, as it was written and then changed. */
    const changed = (to: (record: Record<string, unknown>) => object): FakeArea => {
      const area = new FakeArea();
      open(area, undefined, false).store.start('whole');
      for (const [key, text] of area.map) area.map.set(key, JSON.stringify(to(JSON.parse(text))));
      return area;
    };
    const mustBeLeft = (area: FakeArea): void => {
      const before = [...area.map];
      const {memory, store} = open(area);
      expect(memory.delivered).to.deep.equal([]);
      expect([...store.sessions.all()]).to.deep.equal([]);
      expect([...area.map]).to.deep.equal(before);
    };

    it('a time that no date can show costs only that record', () => {
      for (const created of [1e300, -1]) mustBeLeft(changed((record) => ({...record, created})));
    });

    it('a record under the name of another is not sent', () => {
      const area = new FakeArea();
      open(area, undefined, false).store.start('whole');
      const [[key, text] = ['', '']] = area.map;
      area.map.set(key.replace(/.$/, 'x'), text);
      const {memory} = open(area);
      expect(memory.delivered).to.have.length(1);
      expect(area.map.size).to.equal(2);
    });

    it('what was refused and carries no words is not shown as if it were asked for', () => {
      mustBeLeft(
        changed(({command, ...record}) => ({
          ...record,
          command: {...(command as object), op: 'rename', title: 'never'},
          failure: {code: 'invalid', message: 'No.'},
        })),
      );
    });

    it('what a page has seen is not told again', () => {
      mustBeLeft(
        changed(({command, ...record}) => ({...record, command: {...(command as object), op: 'seen', seq: 1}})),
      );
    });

    it('a draft under a name that cannot be read is left where it is', () => {
      const area = new FakeArea();
      open(area).store.setDraft('typed', 's');
      const [key = ''] = area.map.keys();
      for (const end of ['%', '%zz', '%E0%A4']) area.map.set(key + end, 'other');
      const {store} = open(area);
      expect(store.draft('s')).to.equal('typed');
      expect(area.map.size).to.equal(4);
    });

    it('a tab that writes such things disturbs no other', () => {
      const area = new FakeArea();
      const {store, memory} = open(area);
      store.setDraft('typed', 's');
      const [key = ''] = area.map.keys();
      for (const name of [`${key}%`, key.replace('/draft/', '/command/')]) {
        const event = new StorageEvent('storage', {key: name, newValue: '{}'});
        Object.defineProperty(event, 'storageArea', {value: area});
        dispatchEvent(event);
      }
      expect(store.draft('s')).to.equal('typed');
      expect(memory.delivered).to.deep.equal([]);
      store.disconnect();
    });

    it('a name that has no form in a key can be typed for all the same', () => {
      const {store} = open(new FakeArea());
      store.setDraft('typed', '\ud800');
      expect(store.draft('\ud800')).to.equal('typed');
    });
  });

  it('is kept apart for each server', () => {
    const area = new FakeArea();
    const at = (url: string) =>
      new SessionStore({
        url,
        backend: createMemoryBackend().factory,
        environment: stillEnvironment(),
        storage: () => area,
      });
    at('wss://one/').setDraft('one');
    expect(at('wss://two/').draft()).to.equal('');
    expect(at('wss://one/').draft()).to.equal('one');
  });
});
