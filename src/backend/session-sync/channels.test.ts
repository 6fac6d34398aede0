import {expect} from '@open-wc/testing';
import {connectedPage, frames, HEARTBEAT, openPage, stored, type FakePage, type Wire} from './testkit.ts';

const {delta, event, list, listed, live, partial, session, thread, welcome} = frames;
const CHANNEL = 'session:a';

/** What the page shows of the streamed items. */
function streamed(page: FakePage): Record<string, string> {
  const items: Record<string, string> = {};
  for (const input of page.inputs) {
    if (input.type === 'stream') items[input.item] = (items[input.item] ?? '').slice(0, input.at) + input.text;
    if (input.type === 'stream-dropped') delete items[input.item];
    if (input.type === 'event' && 'id' in input.event.event) delete items[input.event.event.id];
  }
  return items;
}
const seqs = (page: FakePage) => page.of('event').map(({event}) => event.seq);
const subscribes = (page: FakePage): Wire[] => page.world.socket.of('subscribe');

describe('session-sync: what a page holds of a channel', () => {
  it('says in its hello what it has, and gets what it missed', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 1), event('a', 2), delta('a', 'm3', 0, 'Hel'));
    page.world.socket.closes();
    page.world.passes(1000);
    page.world.socket.opens();
    expect(page.world.socket.sent[0]).to.deep.include({
      type: 'hello',
      epoch: 'e1',
      channels: [
        {channel: 'sessions', after: 0},
        {channel: CHANNEL, after: 2, have: {m3: 3}},
      ],
    });
    page.world.socket.says(welcome(), live('sessions', 0), event('a', 3), live(CHANNEL, 3));
    expect(seqs(page)).to.deep.equal([1, 2, 3]);
    expect(page.of('thread')).to.have.length(1);
  });

  it('says at most 64 channels in its hello, and subscribes to the others after the welcome', () => {
    const page = openPage();
    page.backend.watch(Array.from({length: 70}, (_, n) => `s${n}`));
    page.backend.connect();
    const socket = page.world.socket.opens();
    expect(socket.sent[0]?.channels).to.have.length(64);
    expect(socket.sent).to.have.length(1);
    socket.says(welcome());
    expect(subscribes(page)).to.have.length(7);
  });

  it('applies events in order, each once', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 1), event('a', 1), event('a', 2), event('a', 1));
    expect(seqs(page)).to.deep.equal([1, 2]);
    expect(subscribes(page)).to.be.empty;
  });

  it('takes no copy of another session from it', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(
      event('a', 1, {kind: 'session-put', session: session('b', {rev: 9})}),
      event('a', 2, {kind: 'session-put', session: session('a', {rev: 2})}),
      live(CHANNEL, 4),
      thread('a', 4, [stored(3), stored(4)], {session: session('b', {rev: 10})}),
      live(CHANNEL, 4),
    );
    expect(seqs(page)).to.deep.equal([1, 2]);
    expect(page.of('thread').at(-1)?.events).to.have.length(2);
    expect(page.of('session').map((input) => input.session.id)).to.not.include('b');
    expect(page.of('session').map((input) => input.session.rev)).to.include(2);
  });

  it('asks again for a list that does not say which sessions there are', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(live('sessions', 3), {...list(3), state: {}}, live('sessions', 3));
    expect(page.of('sessions')).to.have.length(1);
    expect(subscribes(page)).to.have.length(2);
  });

  it('heals a gap by one subscribe, and applies nothing more until it is filled', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 1), event('a', 3), event('a', 4));
    expect(subscribes(page)).to.deep.equal([{type: 'subscribe', channel: CHANNEL, after: 1}]);
    page.world.socket.says(event('a', 2), event('a', 3), event('a', 4), live(CHANNEL, 4), event('a', 5));
    expect(seqs(page)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(subscribes(page)).to.have.length(1);
  });

  it('sees a gap in a live that names more than was applied', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(live(CHANNEL, 1));
    expect(subscribes(page)).to.deep.equal([{type: 'subscribe', channel: CHANNEL, after: 0}]);
  });

  it('sees a gap in a pong, but not while an answer is awaited', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says({type: 'pong', t: 0, seqs: {[CHANNEL]: 2}});
    page.world.socket.says({type: 'pong', t: 0, seqs: {[CHANNEL]: 2, sessions: 0}});
    expect(subscribes(page)).to.have.length(1);
  });

  it('asks for everything when asking for the rest did not help, and gives up asking in a loop', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 3));
    for (let n = 0; n < 10; n++) page.world.socket.says(live(CHANNEL, 3));
    expect(subscribes(page).map(({after}) => after)).to.deep.equal([0, undefined, undefined]);
    expect(page.of('problem').map(({code}) => code)).to.deep.equal(['incomplete']);
    page.world.socket.says({type: 'pong', t: 0, seqs: {[CHANNEL]: 3}});
    expect(subscribes(page)).to.have.length(4);
  });

  it('takes a snapshot when it is complete', () => {
    const page = openPage();
    page.backend.watch(['a']);
    page.backend.connect();
    page.world.socket.opens().says(welcome());
    page.world.socket.says({...thread('a', 9, [stored(7)], {next: 7}), more: true});
    expect(page.of('thread')).to.be.empty;
    page.world.socket.says(
      {type: 'snapshot', channel: CHANNEL, seq: 9, state: {events: [stored(8)], open: [stored(2)]}, more: true},
      {type: 'snapshot', channel: CHANNEL, seq: 9, state: {events: [stored(9)]}},
    );
    const [input] = page.of('thread');
    expect(input?.events.map(({seq}) => seq)).to.deep.equal([7, 8, 9]);
    expect(input?.open.map(({seq}) => seq)).to.deep.equal([2]);
    expect(input?.next).to.equal(7);
    expect(page.of('thread-live')).to.be.empty;
    page.world.socket.says(live(CHANNEL, 9), event('a', 10));
    expect(page.of('thread-live')).to.deep.equal([{type: 'thread-live', session: 'a', live: true}]);
    expect(seqs(page)).to.deep.equal([10]);
  });

  it('counts the answers that it awaits: the last counts', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 2));
    page.backend.watch([]);
    page.backend.watch(['a']);
    const error = {type: 'error', code: 'not-found', message: 'No.', channel: CHANNEL};
    page.world.socket.says(error);
    expect(page.of('session-missing')).to.have.length(1);
  });

  it('reconnects when an awaited answer does not go on for two heartbeats', () => {
    const page = openPage();
    page.backend.watch(['a']);
    page.backend.connect();
    page.world.socket.opens().says(welcome(), list(0));
    page.world.passes(1.5 * HEARTBEAT);
    page.world.socket.says({type: 'pong', t: 0, seqs: {}}, thread('a', 0));
    page.world.passes(1.5 * HEARTBEAT);
    page.world.socket.says({type: 'pong', t: 0, seqs: {}});
    expect(page.world.socket.closed).to.equal(false);
    page.world.passes(HEARTBEAT);
    expect(page.world.sockets[0]?.closed).to.equal(true);
  });

  it('takes no pong for a part of an answer, though the server calls it complete', () => {
    const page = openPage();
    page.backend.watch(['a']);
    page.backend.connect();
    page.world.socket.opens().says(welcome(), list(0), live('sessions', 0), thread('a', 0));
    for (let n = 0; n < 3; n++) {
      page.world.passes(0.9 * HEARTBEAT);
      page.world.socket.says({type: 'pong', t: 0, seqs: {sessions: 0, [CHANNEL]: 0}});
    }
    expect(page.world.sockets[0]?.closed).to.equal(true);
  });

  it('calls nothing live any more when the connection is lost', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.closes();
    expect(page.news().slice(0, 2)).to.deep.equal([
      {type: 'list-live', live: false},
      {type: 'thread-live', session: 'a', live: false},
    ]);
  });

  it('unsubscribes from what nobody watches, and reads it anew', () => {
    const page = connectedPage({watch: ['a', 'b']});
    page.backend.watch(['b']);
    expect(page.world.socket.of('unsubscribe')).to.deep.equal([{type: 'unsubscribe', channel: CHANNEL}]);
    expect(page.news()).to.deep.equal([{type: 'thread-live', session: 'a', live: false}]);
    page.world.socket.says(event('a', 1));
    expect(page.news()).to.be.empty;
    page.backend.watch(['a', 'b']);
    expect(subscribes(page)).to.deep.equal([{type: 'subscribe', channel: CHANNEL}]);
  });
});

describe('session-sync: epochs', () => {
  const reconnect = (page: FakePage, epoch: string) => {
    page.world.socket.closes();
    page.world.passes(1000);
    page.news();
    page.world.socket.opens().says(welcome({epoch}));
  };

  it('says whether all numbers start over', () => {
    const page = connectedPage();
    reconnect(page, 'e1');
    expect(page.news().find(({type}) => type === 'welcome')).to.include({reset: false});
    reconnect(page, 'e2');
    expect(page.news().find(({type}) => type === 'welcome')).to.include({reset: true});
  });

  it('forgets every seq and streamed text with a new epoch', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 1), event('a', 2), delta('a', 'm3', 0, 'Hello'));
    reconnect(page, 'e2');
    page.world.socket.says(list(0), live('sessions', 0), event('a', 3), thread('a', 1), live(CHANNEL, 1));
    expect(page.of('thread')).to.have.length(2);
    expect(streamed(page)).to.deep.equal({});
    page.world.socket.says(event('a', 2));
    expect(seqs(page)).to.deep.equal([1, 2, 2]);
  });
});

describe('session-sync: streamed text', () => {
  it('grows by deltas, skips what it has, and is replaced by its event', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(delta('a', 'm1', 0, 'Hel'), delta('a', 'm1', 0, 'Hello'), delta('a', 'm1', 1, 'el'));
    expect(streamed(page)).to.deep.equal({m1: 'Hello'});
    page.world.socket.says(event('a', 1));
    expect(streamed(page)).to.deep.equal({});
    expect(subscribes(page)).to.be.empty;
  });

  it('heals when a delta begins beyond its end', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(delta('a', 'm1', 0, 'Hel'), delta('a', 'm1', 5, '!'));
    expect(subscribes(page)).to.deep.equal([{type: 'subscribe', channel: CHANNEL, after: 0, have: {m1: 3}}]);
    page.world.socket.says(partial('a', 'm1', 3, 'lo!'), live(CHANNEL, 0), delta('a', 'm1', 6, ' You'));
    expect(streamed(page)).to.deep.equal({m1: 'Hello! You'});
  });

  it('is cut where the server does not vouch for it', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(
      delta('a', 'm1', 0, 'Hexxx'),
      event('a', 2),
      partial('a', 'm1', 0, 'Hello'),
      live(CHANNEL, 0),
    );
    expect(streamed(page)).to.deep.equal({m1: 'Hello'});
  });

  it('is removed at live when no partial and no event speak for it; the output of a tool stays', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(delta('a', 'm1', 0, 'x'), delta('a', 'm2', 0, 'y'));
    page.world.socket.says(delta('a', 'tool', 0, 'z', {kind: 'tool-output'}), event('a', 2));
    page.world.socket.says(event('a', 1), partial('a', 'm2', 1, ''), live(CHANNEL, 1));
    expect(streamed(page)).to.deep.equal({m2: 'y', tool: 'z'});
    expect(page.of('stream-dropped')).to.be.empty;
    page.world.socket.says(event('a', 3), live(CHANNEL, 1));
    expect(streamed(page)).to.deep.equal({tool: 'z'});
  });

  it('goes on after a snapshot in the same answer', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(delta('a', 'm9', 0, 'Hello'), event('a', 5));
    page.news();
    page.world.socket.says(thread('a', 5, [stored(5)]));
    // The thread and the text that streams on its end are told together: no view sees the one without the other.
    expect(page.news().map(({type}) => type)).to.deep.equal(['session', 'thread', 'stream']);
    page.world.socket.says(partial('a', 'm9', 5, '!'), live(CHANNEL, 5));
    expect(streamed(page)).to.deep.equal({m9: 'Hello!'});
  });

  it('asks for the whole when a partial goes on from what is not held', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 2), partial('a', 'm1', 5, '!'), event('a', 1), event('a', 2), live(CHANNEL, 2));
    expect(subscribes(page)).to.have.length(2);
    page.world.socket.says(partial('a', 'm1', 0, 'Hello!'), live(CHANNEL, 2));
    expect(streamed(page)).to.deep.equal({m1: 'Hello!'});
    expect(subscribes(page)).to.have.length(2);
  });
});

describe('session-sync: the list', () => {
  it('tells sessions, changes and removals', () => {
    const page = connectedPage();
    page.world.socket.says(listed(1, {kind: 'session-put', session: session('a')}));
    page.world.socket.says(listed(2, {kind: 'session-removed', session: 'a'}), listed(3, {kind: 'dance'}));
    page.world.socket.says(listed(4, {kind: 'session-put', session: session('b')}));
    expect(page.news().map(({type}) => type)).to.deep.equal(['session', 'session-removed', 'session']);
    expect(subscribes(page)).to.be.empty;
  });

  it('keeps those whose own channel is followed when a snapshot does not name them', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(listed(5, {kind: 'dance'}), list(5, [session('b')], {next: 'cursor'}), live('sessions', 5));
    expect(page.of('sessions').at(-1)).to.deep.include({next: 'cursor', keep: ['a']});
  });

  it('tells a session-put of a thread as both, the copy and the entry', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 1, {kind: 'session-put', session: session('a', {rev: 7})}));
    expect(page.news().map(({type}) => type)).to.deep.equal(['session', 'event']);
  });
});

describe('session-sync: sessions that are not there', () => {
  const notFound = {type: 'error', code: 'not-found', message: 'No.', channel: CHANNEL};

  it('says so, and that a deleted one is gone', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(notFound, notFound);
    expect(page.news()).to.deep.equal([
      {type: 'thread-live', session: 'a', live: false},
      {type: 'session-missing', session: 'a'},
    ]);
    page.world.socket.says(event('a', 1), live(CHANNEL, 1));
    expect(page.news()).to.be.empty;
    expect(subscribes(page)).to.be.empty;
  });

  it('asks again on the next connection', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(notFound);
    page.world.socket.closes();
    page.world.passes(1000);
    expect(page.world.socket.opens().sent[0]?.channels).to.deep.include({channel: CHANNEL});
  });

  it('reports another error of a channel, and tries it again after the next pong', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says({...notFound, code: 'internal', message: 'Broken.'});
    expect(page.of('problem')).to.deep.equal([{type: 'problem', code: 'internal', message: 'Broken.', session: 'a'}]);
    expect(subscribes(page)).to.be.empty;
    page.world.socket.says({type: 'pong', t: 0, seqs: {}});
    expect(subscribes(page)).to.have.length(1);
  });
});

describe('session-sync: frames that cannot be read', () => {
  const bad = event('a', 1, {role: 'king'});

  it('heals the channel, and passes an event over that is unreadable a second time', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(bad, event('a', 2));
    expect(subscribes(page)).to.deep.equal([{type: 'subscribe', channel: CHANNEL, after: 0}]);
    expect(seqs(page)).to.be.empty;
    page.world.socket.says(bad, event('a', 2), live(CHANNEL, 2));
    expect(page.of('event').map(({event}) => event.event.kind)).to.deep.equal(['unreadable', 'message']);
    expect(subscribes(page)).to.have.length(1);
  });

  it('reports each trouble once', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(bad, bad, '{', '{');
    expect(page.of('problem').map(({code}) => code)).to.deep.equal(['unreadable', 'unreadable']);
  });

  it('heals all channels when it cannot tell which', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says('{"type":"ev');
    expect(subscribes(page).map(({channel}) => channel)).to.deep.equal(['sessions', CHANNEL]);
  });

  it('passes over no event for one whose channel nobody can read: its number may be of any', () => {
    const page = connectedPage({watch: ['a']});
    const {socket} = page.world;
    for (let time = 0; time < 2; time += 1) {
      socket.says({type: 'event', seq: 1, event: {kind: 'hologram'}}, live('sessions', 0), live(CHANNEL, 0));
    }
    socket.says(event('a', 1), listed(1, {kind: 'session-put', session: session('b')}));
    expect(page.of('event').map(({event}) => event.event.kind)).to.deep.equal(['message']);
    expect(page.of('session').map(({session: {id}}) => id)).to.include('b');
  });

  it('reads an answer again in which something was unreadable', () => {
    const page = openPage();
    page.backend.connect();
    page.world.socket.opens().says(welcome(), {...list(1, [session('a')]), more: true}, '{', list(1, [session('b')]));
    page.world.socket.says(live('sessions', 1));
    expect(subscribes(page)).to.have.length(1);
    page.world.socket.says(list(1, [session('a'), session('b')]), live('sessions', 1));
    expect(page.of('sessions').at(-1)?.sessions).to.have.length(2);
    expect(page.of('list-live')).to.deep.equal([{type: 'list-live', live: true}]);
  });

  it('takes an unreadable live for the end of an answer', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 2), {type: 'live', channel: CHANNEL, seq: -1});
    expect(subscribes(page)).to.have.length(2);
  });

  it('stays usable whatever comes', () => {
    const page = connectedPage({watch: ['a']});
    const nonsense = ['', 'null', '{"type":"delta"}', '{"type":"pong","seqs":{"session:a":1e999}}', '[]'];
    page.world.socket.says(...nonsense, {type: 'welcome'}, {type: 'page', id: 1}, {type: 'ack'});
    for (const {channel} of subscribes(page)) page.world.socket.says(live(channel, 0));
    page.world.socket.says(event('a', 1));
    expect(seqs(page)).to.deep.equal([1]);
  });
});
