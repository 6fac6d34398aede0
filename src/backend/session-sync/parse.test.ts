import {expect} from '@open-wc/testing';
import {parse} from './parse.ts';
import {frames, stored, type Wire} from './testkit.ts';

const read = (frame: Wire | string) => parse(typeof frame === 'string' ? frame : JSON.stringify(frame));
const frameOf = (frame: Wire) => {
  const parsed = read(frame);
  if (parsed.read !== 'frame') throw new Error(JSON.stringify(parsed));
  return parsed.frame as Wire;
};

describe('parse: what a frame says', () => {
  it('reads every frame of a server', () => {
    const all = [
      frames.welcome({user: {id: 'u', name: 'Ada'}}),
      frames.list(3, [frames.session('a')], {next: 'c'}),
      frames.event('a', 1),
      frames.listed(1, {kind: 'session-removed', session: 'a'}),
      frames.delta('a', 'm', 0, 'x'),
      frames.partial('a', 'm', 0, 'x'),
      frames.live('sessions', 0),
      {type: 'ack', command: 'c', result: 'stopping', seq: 1, rev: 2},
      {type: 'reject', command: 'c', code: 'invalid', message: 'No.'},
      {type: 'page', id: 'q', items: [frames.session('a')], next: 'n', seq: 4},
      {type: 'pong', t: 1, seqs: {sessions: 3}},
      {type: 'error', code: 'not-found', message: 'No.', channel: 'session:a'},
    ];
    for (const frame of all) expect(frameOf(frame)).to.deep.equal(frame);
  });

  it('ignores types and fields that it does not know', () => {
    expect(read({type: 'weather', sun: true})).to.deep.equal({read: 'ignored'});
    expect(frameOf({...frames.live('sessions', 1), more: 1})).to.deep.equal(frames.live('sessions', 1));
  });

  it('keeps an event of an unknown kind, by its name', () => {
    const {event} = frameOf(frames.event('a', 1, {kind: 'dance', id: 'x'}));
    expect(event).to.include({kind: 'unknown', name: 'dance'});
    expect(frameOf(frames.listed(1, {kind: 'dance'})).event).to.include({kind: 'unknown', name: 'dance'});
  });

  it('never takes a bad removal for an unknown event', () => {
    expect(read(frames.listed(4, {kind: 'session-removed', session: 7}))).to.include({read: 'unreadable', seq: 4});
  });
});

describe('parse: what cannot be read', () => {
  const garbage: unknown[] = [
    ...[
      '',
      '{',
      'null',
      '[]',
      '7',
      '"text"',
      '{"type":5}',
      '{"type":"event"}',
      '{"type":"snapshot","channel":"sessions"}',
    ],
    ...['{"type":"__proto__"}', '{"type":"constructor"}', '[['.repeat(200_000), undefined, null, new Blob(), 7],
  ];

  it('never throws', () => {
    for (const data of garbage) expect(parse(data).read).to.be.oneOf(['unreadable', 'ignored']);
  });

  it('says what is known of an event, so that its channel can be healed', () => {
    const frame = {...frames.event('a', 7, {role: 'king'}), command: 'c1'};
    expect(read(frame)).to.deep.include({
      read: 'unreadable',
      type: 'event',
      channel: 'session:a',
      seq: 7,
      command: 'c1',
    });
  });

  it('names the place in its problem', () => {
    const parsed = read(frames.event('a', 7, {role: 'king'}));
    expect(parsed.read === 'unreadable' && parsed.problem).to.match(/role/);
  });

  it('says it in a sentence, however long what it found is', () => {
    const long = 'x'.repeat(100_000);
    for (const frame of [
      {...frames.live('sessions', 1), seq: long},
      frames.event('a', 7, {role: long}),
      {type: 'pong', t: 1, seqs: {[long]: 'x'}},
      long,
    ]) {
      const parsed = read(frame);
      const problems = parsed.read === 'frame' ? parsed.problems : parsed.read === 'unreadable' ? [parsed.problem] : [];
      expect(problems).to.have.length(1);
      expect(problems[0]).to.have.length.below(300);
    }
  });

  it('takes of what a server says to people as much as a person reads', () => {
    const long = 'x'.repeat(100_000);
    const told = {code: long, message: long};
    for (const frame of [
      {type: 'error', ...told},
      {type: 'reject', command: 'c', ...told},
    ]) {
      expect(frameOf(frame).message).to.have.length(2_000);
      expect(frameOf(frame).code).to.have.length(2_000);
    }
  });

  it('leaves out an unreadable element of a snapshot alone', () => {
    const parsed = read(frames.list(1, [frames.session('a'), {id: 'b'}, frames.session('c')]));
    expect(parsed.read === 'frame' && parsed.problems).to.have.length(1);
    expect((parsed as Wire).frame.state.sessions.map(({id}: Wire) => id)).to.deep.equal(['a', 'c']);
  });

  it('says the same of two elements that have the same trouble', () => {
    const parsed = read(frames.list(1, [{id: 'a'}, frames.session('b'), {id: 'c'}]));
    const problems = parsed.read === 'frame' ? parsed.problems : [];
    expect(problems).to.have.length(2);
    expect(problems[0]).to.equal(problems[1]);
  });

  it('reads an event as a whole or not at all', () => {
    const event = {kind: 'approval-asked', turn: 't1', title: 'May I?', options: [{id: 'x'}]};
    expect(read(frames.event('a', 7, event))).to.include({read: 'unreadable', seq: 7});
  });

  it('keeps the place of an unreadable event of a snapshot or page, if it has one', () => {
    const events = [stored(1), {...stored(2), event: {kind: 'message'}}, {time: 'x'}, stored(4)];
    const seqs = (each: Wire[]) => each.map(({seq, event}) => `${seq} ${event.kind}`);
    const wanted = ['1 message', '2 unreadable', '4 message'];
    expect(seqs(frameOf(frames.thread('a', 4, events)).state.events)).to.deep.equal(wanted);
    expect(seqs(frameOf({type: 'page', id: 'q', items: events, seq: 4}).items)).to.deep.equal(wanted);
  });

  it('leaves out an unreadable session of a thread, agent and seq alone', () => {
    expect(frameOf(frames.thread('a', 1, [], {session: {id: 'a'}})).state).to.not.have.property('session');
    expect(frameOf(frames.welcome({agents: [{}, {id: 'x', title: 'X'}], capabilities: [1, 'queue']}))).to.deep.include({
      agents: [{id: 'x', title: 'X'}],
      capabilities: ['queue'],
    });
    expect(frameOf({type: 'pong', t: 1, seqs: {sessions: 'x', 'session:a': 2}}).seqs).to.deep.equal({'session:a': 2});
  });

  it('is not fooled by names of the prototype', () => {
    const text = '{"type":"pong","t":1,"seqs":{"__proto__":{"polluted":1},"constructor":1,"sessions":2}}';
    expect(parse(text).read).to.equal('frame');
    expect(({} as Wire).polluted).to.equal(undefined);
    expect(read('{"type":"live","channel":"sessions","__proto__":{"seq":1}}').read).to.equal('unreadable');
  });
});
