import {expect} from '@open-wc/testing';
import type {Command} from '../../model/commands.ts';
import {connectedPage, frames, HEARTBEAT, openPage, stored, uuid, type FakePage, type Wire} from './testkit.ts';

const {event, list, listed, live, session, thread, welcome} = frames;
const CHANNEL = 'session:a';
const base = {session: 'a'};
const send = (n: number, text = 'hi'): Command => ({...base, id: uuid(n), op: 'send', text});
const start = (n: number, of = 'a'): Command => ({id: uuid(n), op: 'start', session: of, text: 'hi'});
const rename = (n: number): Command => ({...base, id: uuid(n), op: 'rename', title: 'New'});
const remove = (n: number): Command => ({...base, id: uuid(n), op: 'delete'});
const seen = (n: number): Command => ({...base, id: uuid(n), op: 'seen', seq: 3});
const put = (rev: number, more: Wire = {}) => ({kind: 'session-put', session: session('a', {rev, ...more})});
const ack = (n: number, more: Wire = {}): Wire => ({type: 'ack', command: uuid(n), ...more});

/** The store's part: it delivers what is unsettled. */
function give(page: FakePage, ...commands: Command[]): void {
  page.commands = commands;
  page.backend.deliver(commands);
}
const sent = (page: FakePage) => page.world.socket.of('command').map(({id}) => Number(id.slice(-12)));
const outcomes = (page: FakePage) =>
  page.inputs.flatMap((input) => {
    if (input.type === 'settled') return [`${Number(input.command.slice(-12))} settled`];
    return input.type === 'rejected' ? [`${Number(input.command.slice(-12))} ${input.code}`] : [];
  });
const reconnected = (page: FakePage, more: Wire = {}, code = 1006) => {
  page.world.socket.closes(code);
  page.world.passes(60_000);
  page.world.socket.opens().says(welcome(more));
};

describe('session-sync: delivering commands', () => {
  it('sends each once on a connection, in the order given', () => {
    const page = connectedPage();
    give(page, send(1), send(2));
    give(page, send(1), send(2), send(3));
    expect(sent(page)).to.deep.equal([1, 2, 3]);
    expect(page.world.socket.of('command')[0]).to.deep.equal({type: 'command', ...send(1)});
    expect(page.of('sent').map(({command}) => command)).to.deep.equal([uuid(1), uuid(2), uuid(3)]);
  });

  it('sends nothing before the welcome', () => {
    const page = openPage();
    give(page, send(1));
    page.backend.connect();
    page.world.socket.opens();
    expect(sent(page)).to.be.empty;
    page.world.socket.says(welcome());
    expect(sent(page)).to.deep.equal([1]);
  });

  it('sends again after a reconnect what was neither acked nor rejected', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1), send(2), send(3));
    page.world.socket.says(ack(1, {seq: 9, rev: 1}), {
      type: 'reject',
      command: uuid(2),
      code: 'invalid',
      message: 'No.',
    });
    reconnected(page);
    expect(sent(page)).to.deep.equal([3]);
  });

  it('sends again what was not answered for two heartbeats', () => {
    const page = connectedPage();
    give(page, send(1));
    page.world.passes(HEARTBEAT);
    give(page, send(1), send(2));
    const pong = {type: 'pong', t: 0, seqs: {}};
    page.world.socket.says(pong);
    page.world.passes(HEARTBEAT - 1);
    expect(sent(page)).to.deep.equal([1, 2]);
    page.world.passes(1);
    expect(sent(page)).to.deep.equal([1, 2, 1]);
    page.world.socket.says(pong);
    page.world.passes(HEARTBEAT);
    expect(sent(page)).to.deep.equal([1, 2, 1, 2]);
    expect(page.of('sent')).to.have.length(2);
  });

  it('forgets what the store names no more', () => {
    const page = connectedPage();
    give(page, send(1));
    give(page);
    page.world.socket.says(ack(1));
    expect(outcomes(page)).to.be.empty;
    page.world.passes(2 * HEARTBEAT);
    expect(sent(page)).to.deep.equal([1]);
  });

  it('refuses what is too large before sending it', () => {
    const page = connectedPage();
    const text = 'ä'.repeat(64 * 1024);
    const values = {a: 'x'.repeat(256 * 1024)};
    give(page, send(1, text), send(2, `${text}!`), {...base, id: uuid(3), op: 'answer', question: 'q', values});
    expect(sent(page)).to.deep.equal([1]);
    expect(outcomes(page)).to.deep.equal(['2 too-large', '3 too-large']);
  });

  it('passes on a reject, once', () => {
    const page = connectedPage();
    give(page, send(1));
    const reject = {type: 'reject', command: uuid(1), code: 'too-many', message: 'Enough.'};
    page.world.socket.says(reject, reject, ack(1));
    expect(page.of('rejected')).to.deep.equal([{...reject, type: 'rejected'}]);
    expect(outcomes(page)).to.have.length(1);
  });
});

describe('session-sync: one command at a time', () => {
  for (const code of [4400, 4429]) {
    it(`after a ${code}, until one is answered`, () => {
      const page = connectedPage({watch: ['a']});
      give(page, send(1), send(2), send(3));
      reconnected(page, {}, code);
      expect(sent(page)).to.deep.equal([1]);
      page.world.socket.says(ack(1, {seq: 5, rev: 1}));
      expect(sent(page)).to.deep.equal([1, 2, 3]);
    });
  }

  it('fails the one that is followed by a second 4400', () => {
    const page = connectedPage();
    give(page, send(1), send(2));
    reconnected(page, {}, 4400);
    expect(outcomes(page)).to.be.empty;
    reconnected(page, {}, 4400);
    expect(outcomes(page)).to.deep.equal(['1 invalid']);
    expect(sent(page)).to.deep.equal([2]);
    page.world.socket.says({type: 'reject', command: uuid(2), code: 'invalid', message: 'No.'});
    expect(outcomes(page)).to.deep.equal(['1 invalid', '2 invalid']);
  });

  it('does not blame a command for a 4400 that is the first', () => {
    const page = connectedPage();
    give(page, send(1), send(2));
    reconnected(page, {}, 4429);
    reconnected(page, {}, 4400);
    expect(outcomes(page)).to.be.empty;
  });
});

describe('session-sync: starting a session', () => {
  const notFound = {type: 'error', code: 'not-found', message: 'No.', channel: CHANNEL};
  const order = (page: FakePage) =>
    page.world.socket.sent.flatMap(({type, channel}) => (type === 'command' || channel === CHANNEL ? [type] : []));

  it('subscribes behind the start', () => {
    const page = connectedPage();
    give(page, start(1));
    page.backend.watch(['a']);
    expect(order(page)).to.deep.equal(['command', 'subscribe']);
    page.world.socket.says(ack(1, {seq: 3, rev: 1}), thread('a', 3), live(CHANNEL, 3));
    expect(order(page)).to.deep.equal(['command', 'subscribe']);
    expect(page.of('thread-live')).to.have.length(1);
  });

  it('does so again after a reconnect, and not in the hello', () => {
    const page = connectedPage();
    give(page, start(1));
    page.backend.watch(['a']);
    reconnected(page);
    expect(page.world.socket.sent[0]?.channels).to.deep.equal([{channel: 'sessions', after: 0}]);
    expect(order(page)).to.deep.equal(['command', 'subscribe']);
  });

  it('takes no not-found for an answer before the start is acked, and asks once more then', () => {
    const page = connectedPage();
    give(page, start(1));
    page.backend.watch(['a']);
    page.world.socket.says(notFound);
    expect(page.of('session-missing')).to.be.empty;
    expect(order(page)).to.deep.equal(['command', 'subscribe']);
    page.world.socket.says(ack(1, {seq: 3, rev: 1}));
    expect(order(page)).to.deep.equal(['command', 'subscribe', 'subscribe']);
    page.world.socket.says(notFound);
    expect(page.of('session-missing')).to.have.length(1);
  });

  it('nor one that was on its way when the ack came', () => {
    const page = connectedPage();
    give(page, start(1));
    page.backend.watch(['a']);
    page.world.socket.says(ack(1, {seq: 3, rev: 1}), notFound);
    expect(page.of('session-missing')).to.be.empty;
    expect(order(page)).to.deep.equal(['command', 'subscribe', 'subscribe']);
    page.world.socket.says(
      thread('a', 3, [stored(2, {role: 'user'}, {command: uuid(1)}), stored(3)]),
      live(CHANNEL, 3),
    );
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });

  it('subscribes behind it too when it was watched before', () => {
    const page = connectedPage();
    page.backend.watch(['a']);
    give(page, start(1));
    page.world.socket.says(notFound);
    expect(order(page)).to.deep.equal(['subscribe', 'command', 'subscribe']);
    expect(page.of('session-missing')).to.be.empty;
    page.world.socket.says(thread('a', 0), live(CHANNEL, 0));
    expect(page.of('thread-live').at(-1)).to.include({live: true});
  });
});

describe('session-sync: when is a command settled?', () => {
  it('start and send by their message or queued, and by nothing else', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1), send(2));
    const command = (n: number) => ({command: uuid(n)});
    page.world.socket.says(event('a', 1, {kind: 'turn-began', turn: 't1', origin: 'user'}, command(1)));
    page.world.socket.says(listed(1, put(2), command(1)));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(event('a', 2, {role: 'user'}, command(1)));
    page.world.socket.says(event('a', 3, {kind: 'queued', command: uuid(2), text: 'hi'}, command(2)));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled']);
    page.world.socket.says(ack(1, {seq: 2, rev: 2}));
    expect(outcomes(page)).to.have.length(2);
  });

  it('in the same breath in which its event is told', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1));
    page.news();
    page.world.socket.says(event('a', 1, {role: 'user'}, {command: uuid(1)}));
    expect(page.news().map(({type}) => type)).to.deep.equal(['event', 'settled']);
  });

  it('by a snapshot that has its event', () => {
    const page = connectedPage();
    give(page, send(1), send(2));
    page.backend.watch(['a']);
    const open = [stored(2, {kind: 'queued', command: uuid(2), text: 'hi'}, {command: uuid(2)})];
    page.world.socket.says(thread('a', 8, [stored(8, {role: 'user'}, {command: uuid(1)})], {open}));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled']);
  });

  it('other commands by any event that names them, on either channel', () => {
    const page = connectedPage({watch: ['a']});
    give(page, rename(1), {...base, id: uuid(2), op: 'answer', approval: 'c', option: 'y'});
    page.world.socket.says(listed(1, put(2), {command: uuid(1)}));
    page.world.socket.says(event('a', 1, {kind: 'approval-answered', id: 'c', option: 'y'}, {command: uuid(2)}));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled']);
  });

  it('an unqueue by its event and its answer, which says what became of the words', () => {
    const page = connectedPage({watch: ['a']});
    give(page, {...base, id: uuid(1), op: 'unqueue', queued: 'c'});
    page.world.socket.says(event('a', 1, {kind: 'unqueued', command: 'c', reason: 'removed'}, {command: uuid(1)}));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(ack(1, {seq: 1, rev: 1}));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });

  it('delete by session-removed', () => {
    const page = connectedPage();
    page.world.socket.says(listed(1, put(1)));
    give(page, remove(1));
    page.world.socket.says(ack(1));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(listed(2, {kind: 'session-removed', session: 'b'}));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(listed(3, {kind: 'session-removed', session: 'a'}));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });

  it('by its ack, once the session’s channel has reached the seq', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1), {...base, id: uuid(2), op: 'continue'});
    page.world.socket.says(ack(1, {seq: 2, rev: 5}), ack(2, {seq: 1, rev: 5}), listed(1, put(5)));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(event('a', 1));
    expect(outcomes(page)).to.deep.equal(['2 settled']);
    page.world.socket.says(event('a', 2));
    expect(outcomes(page)).to.deep.equal(['2 settled', '1 settled']);
  });

  it('at once when the ack names what is reached already', () => {
    const page = connectedPage({watch: ['a']});
    page.world.socket.says(event('a', 1));
    give(page, send(1));
    page.world.socket.says(ack(1, {seq: 1, rev: 1}));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });

  it('rename, archive and stop by a copy with the rev, from either channel, whatever the seq', () => {
    const commands: Command[] = [
      rename(1),
      {...base, id: uuid(2), op: 'archive', archived: true},
      {...base, id: uuid(3), op: 'stop', turn: 't'},
    ];
    const page = connectedPage({watch: ['a']});
    give(page, ...commands);
    for (const n of [1, 2, 3]) page.world.socket.says(ack(n, {seq: 9, rev: n + 1}));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(listed(1, put(2)));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
    page.world.socket.says(event('a', 1, put(4)));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled', '3 settled']);
  });

  it('by the rev on the list where the session’s channel is not subscribed', () => {
    const page = connectedPage();
    give(page, send(1), seen(2));
    page.world.socket.says(ack(1, {seq: 9, rev: 3}), ack(2, {rev: 4}), listed(1, put(3)));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
    page.world.socket.says(listed(2, put(4)));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled']);
  });

  it('at once where neither is subscribed', () => {
    const page = connectedPage();
    page.world.socket.says({type: 'error', code: 'internal', message: 'No list.', channel: 'sessions'});
    give(page, send(1), rename(2), remove(3));
    page.world.socket.says(ack(1, {seq: 9, rev: 3}), ack(2, {rev: 4}), ack(3));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled', '3 settled']);
  });

  it('by what is left when the session’s channel is not subscribed any more', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1));
    page.world.socket.says(listed(1, put(3)), ack(1, {seq: 9, rev: 3}));
    expect(outcomes(page)).to.be.empty;
    page.backend.watch([]);
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });

  it('and is told so later if nobody wants the connection when it comes to that', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1));
    page.world.socket.says(listed(1, put(3)), ack(1, {seq: 9, rev: 3}));
    page.backend.disconnect();
    page.backend.watch([]);
    expect(outcomes(page)).to.deep.equal([]);
    page.backend.connect();
    page.world.socket.opens().says(welcome(), live('sessions', 1));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });

  it('by a snapshot of the list that was asked for after the ack, but no send whose channel is subscribed', () => {
    const page = connectedPage({watch: ['a']});
    give(page, rename(1), send(2), {...rename(3), session: 'b'}, {...remove(4), session: 'c'});
    page.world.socket.says(listed(1, {kind: 'session-put', session: session('c')}));
    page.world.socket.says(ack(1, {rev: 9}), ack(2, {seq: 9, rev: 9}), ack(3, {rev: 9}), ack(4));
    expect(outcomes(page)).to.be.empty;
    reconnected(page);
    page.world.socket.says(list(5, [], {next: 'c'}), live('sessions', 5), live(CHANNEL, 0));
    expect(outcomes(page)).to.deep.equal(['1 settled', '3 settled', '4 settled']);
    page.world.socket.says(...Array.from({length: 9}, (_, n) => event('a', n + 1)));
    expect(outcomes(page)).to.include('2 settled');
  });

  it('asks for the list once more when an ack names what lies before its snapshot', () => {
    const page = connectedPage();
    give(page, rename(1));
    reconnected(page);
    page.world.socket.says(list(5, [], {next: 'c'}), live('sessions', 5), ack(1, {rev: 4}));
    expect(outcomes(page)).to.be.empty;
    const pong = {type: 'pong', t: 0, seqs: {sessions: 5}};
    page.world.socket.says(pong, pong);
    expect(page.world.socket.of('subscribe')).to.deep.equal([{type: 'subscribe', channel: 'sessions', after: 5}]);
    page.world.socket.says(live('sessions', 5));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });
});

describe('session-sync: commands and a new epoch', () => {
  it('sends unsettled commands again, acked ones too, but never what was seen', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1), send(2), seen(3));
    page.world.socket.says(ack(1, {seq: 5, rev: 5}), ack(3, {seq: 8, rev: 8}));
    reconnected(page, {epoch: 'e2'});
    expect(sent(page)).to.deep.equal([1, 2]);
    expect(outcomes(page)).to.deep.equal(['3 settled']);
  });

  it('does not take the old numbers for new ones', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1), rename(2));
    page.world.socket.says(ack(1, {seq: 5, rev: 5}), ack(2, {rev: 5}));
    reconnected(page, {epoch: 'e2'});
    page.world.socket.says(list(0, [session('a', {rev: 7})]), live('sessions', 0), thread('a', 7), live(CHANNEL, 7));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(ack(1, {seq: 8, rev: 8}), ack(2, {rev: 8}));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(event('a', 8), listed(1, put(8)));
    expect(outcomes(page)).to.deep.equal(['1 settled', '2 settled']);
  });

  it('settles by the repeat of an old answer once the channel is live in this epoch', () => {
    const page = connectedPage({watch: ['a']});
    give(page, send(1), {...rename(2), session: 'b'}, rename(3));
    for (const n of [1, 2, 3]) page.world.socket.says(ack(n, {seq: 5, rev: 5}));
    reconnected(page, {epoch: 'e2'});
    page.world.socket.says(list(0), live('sessions', 0), ack(1), ack(2));
    expect(outcomes(page)).to.deep.equal(['2 settled']);
    page.world.socket.says(thread('a', 7), live(CHANNEL, 7));
    expect(outcomes(page)).to.deep.equal(['2 settled', '1 settled']);
    page.world.socket.says(ack(3));
    expect(outcomes(page)).to.deep.equal(['2 settled', '1 settled', '3 settled']);
  });

  it('settles the repeat of a delete once the list does not name the session', () => {
    const page = connectedPage();
    page.world.socket.says(listed(1, put(1)));
    give(page, remove(1));
    page.world.socket.says(ack(1));
    reconnected(page, {epoch: 'e2'});
    page.world.socket.says(ack(1));
    expect(outcomes(page)).to.be.empty;
    page.world.socket.says(list(0), live('sessions', 0));
    expect(outcomes(page)).to.deep.equal(['1 settled']);
  });
});
