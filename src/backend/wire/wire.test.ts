import {expect} from '@open-wc/testing';
import {FakeSocket} from '../session-sync/testkit.ts';
import {pageEnvironment} from '../environment.ts';
import {exportLines, readExport} from './export.ts';
import {Recording, type Bounds} from './recording.ts';
import {wireOf, type Wire} from './wire.ts';

interface Heard {
  readonly wire: Wire;
  readonly sockets: FakeSocket[];
  dial(): FakeSocket;
  record(bounds?: Bounds): Recording;
}

function world(more: Partial<Wire> = {}): Heard {
  const sockets: FakeSocket[] = [];
  const wire = wireOf({
    ...pageEnvironment,
    openSocket(url) {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    ...more,
  });
  const dial = (): FakeSocket => {
    wire.openSocket('wss://user:hunter22@host/sync?access_token=abc123&x=1');
    return sockets.at(-1) as FakeSocket;
  };
  return {
    wire,
    sockets,
    dial,
    record: (bounds) =>
      new Recording(
        wire,
        () => {},
        () => 0,
        bounds,
      ),
  };
}
const lines = ({records}: Recording): string[] =>
  records.map(({direction, generation, kind}) => `${generation} ${direction} ${kind}`);

describe('what goes over a wire', () => {
  it('is recorded in its order, both ways, with what happens to each connection', () => {
    const {dial, record} = world();
    const recording = record();
    const heard: unknown[] = [];
    const socket = dial();
    socket.onmessage = ({data}) => {
      heard.push(data);
      socket.send('{"type":"ping","t":1}');
    };
    socket.opens();
    socket.says({type: 'welcome'}).closes(4001, 'too slow');
    dial().opens().says('not JSON');
    expect(lines(recording)).to.deep.equal([
      '1 connection opening',
      '1 connection opened',
      '1 received welcome',
      '1 sent ping',
      '1 connection closed',
      '2 connection opening',
      '2 connection opened',
      '2 received unreadable',
    ]);
    expect(heard).to.deep.equal(['{"type":"welcome"}']);
    expect(recording.isLate).to.equal(false);
    expect(recording.records[4]?.json).to.equal('{"type":"closed","code":4001,"reason":"too slow"}');
  });

  it('costs nothing and leaves nothing behind when nobody listens', async () => {
    const {dial, record, wire} = world();
    const plain = dial();
    const {send} = plain;
    expect(Object.getOwnPropertyDescriptor(plain, 'onmessage')).to.have.property('value', null);
    const recording = record();
    const other = record();
    let got = 0;
    plain.onmessage = () => got++;
    plain.opens().says({type: 'a'});
    expect(wire.fetch).to.be.a('function');
    recording.end();
    plain.says({type: 'b'});
    other.end();
    plain.says({type: 'c'});
    expect(got).to.equal(3);
    expect(plain.send).to.equal(send);
    expect(wire.fetch).to.equal(undefined);
    expect(Object.getOwnPropertyDescriptor(plain, 'onmessage')).to.have.property('value');
    expect(lines(recording)).to.deep.equal(['1 connection opening', '1 connection opened', '1 received a']);
    expect(lines(other)).to.deep.equal(['1 connection opened', '1 received a', '1 received b']);
  });

  it('is heard from now on where a connection is open already, also by the handler that was there', () => {
    const {dial, record} = world();
    const socket = dial().opens();
    let got = 0;
    socket.onmessage = () => got++;
    socket.says({type: 'before'});
    const recording = record();
    socket.says({type: 'after'});
    expect(recording.isLate).to.equal(true);
    expect(lines(recording)).to.deep.equal(['1 received after']);
    expect(got).to.equal(2);
  });

  it('is heard of a real WebSocket, too', async () => {
    const wire = wireOf(pageEnvironment);
    const recording = new Recording(wire, () => {});
    const socket = wire.openSocket('ws://127.0.0.1:1/');
    const closed = new Promise((resolve) => (socket.onclose = resolve));
    await closed;
    expect(lines(recording)).to.deep.equal(['1 connection opening', '1 connection closed']);
    recording.end();
  });

  it('has requests and their answers', async () => {
    const answer = {status: 200, text: () => Promise.resolve('{"session_id":"s","password":"p"}')};
    const {wire, record} = world({fetch: () => Promise.resolve(answer)});
    const {fetch} = wire;
    const recording = record();
    const {signal} = new AbortController();
    const response = await wire.fetch?.('http://host/jobs?token=abc', {
      method: 'POST',
      headers: {Authorization: 'Bearer abcdefgh'},
      body: '{"session":"s"}',
      signal,
    });
    expect(await response?.text()).to.include('"p"');
    expect(recording.records.map(({json}) => json)).to.deep.equal([
      '{"type":"request","method":"POST","url":"http://host/jobs?token=***","headers":{"Authorization":"[redacted]"},"body":{"session":"s"}}',
      '{"type":"response","method":"POST","url":"http://host/jobs?token=***","status":200,"body":{"session_id":"s","password":"[redacted]"}}',
    ]);
    recording.end();
    expect(wire.fetch).to.equal(fetch);
  });

  it('is bounded by number and by length, and says how much has gone', () => {
    const {dial, record} = world();
    const few = record({records: 3, length: 1_000_000});
    const short = record({records: 100, length: 60});
    const socket = dial().opens();
    for (let at = 0; at < 5; at++) socket.says({type: `number ${at}`});
    expect(few.records.map(({kind}) => kind)).to.deep.equal(['number 2', 'number 3', 'number 4']);
    expect(few.dropped).to.equal(4);
    expect(short.records.length).to.be.lessThan(4);
    expect(short.dropped + short.records.length).to.equal(7);
    socket.says({type: 'x'.repeat(200)});
    expect(short.records.length, 'the newest stays, however long').to.equal(1);
  });

  it('pauses without keeping, counts what it missed, and forgets when told', () => {
    const {dial, record} = world();
    const recording = record();
    const socket = dial().opens();
    recording.isPaused = true;
    socket.says({type: 'a'}, {type: 'b'});
    expect(recording.missed).to.equal(2);
    recording.isPaused = false;
    socket.says({type: 'c'});
    expect(lines(recording).at(-1)).to.equal('1 received c');
    recording.clear();
    expect([recording.records.length, recording.missed, recording.dropped]).to.deep.equal([0, 0, 0]);
  });

  it('says of a frame what it is, of which session, and how many bytes it had', () => {
    const {dial, record} = world();
    const recording = record();
    const socket = dial().opens();
    socket.says(
      {type: 'event', channel: 'session:a', seq: 1, event: {kind: 'message'}},
      {type: 'event', channel: 'sessions', event: {kind: 'session-put', session: {id: 'b'}}},
      '"ä"',
      '[]',
      '{"type":7,"channel":[],"session":null,"event":"x"}',
    );
    socket.send('{"type":"command","op":"send","session":"c"}');
    expect(recording.records.slice(2).map(({kind, session}) => `${kind}: ${session}`)).to.deep.equal([
      'event message: a',
      'event session-put: b',
      'unreadable: undefined',
      'frame: undefined',
      'frame: undefined',
      'command send: c',
    ]);
    expect(recording.records[4]?.size).to.equal(4);
  });

  it('is exported a line each, and read again', () => {
    const {dial, record} = world();
    const recording = record();
    const socket = dial().opens().says({type: 'welcome', epoch: 'e'}, 'no JSON');
    socket.closes();
    const text = exportLines(recording, recording.records, {withoutTexts: false});
    expect(text.endsWith('\n')).to.equal(true);
    const read = readExport(text);
    expect(read.length).to.equal(6);
    expect(read[0]).to.deep.equal({
      time: '1970-01-01T00:00:00.000Z',
      direction: 'connection',
      generation: 0,
      event: {type: 'recording', version: 1, late: false, missing: 0, filtered: false, withoutTexts: false},
    });
    expect(read[3]).to.deep.equal({
      time: '1970-01-01T00:00:00.000Z',
      direction: 'received',
      generation: 1,
      frame: {type: 'welcome', epoch: 'e'},
    });
    expect(read[4]).to.have.property('frame', 'no JSON');
    expect(text).not.to.include('abc123');
    expect(text).not.to.include('hunter22');
    expect(() => readExport(`${text}{"time":"x"}\n`)).to.throw('line 7');
    expect(() => readExport('null')).to.throw('line 1');
  });
});
