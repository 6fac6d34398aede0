import {expect} from '@open-wc/testing';
import type {StoredEvent, ThreadEvent} from './events.ts';
import type {Input} from './inputs.ts';
import type {Item} from './items.ts';
import type {OutboxEntry} from './outbox.ts';
import {projectThread} from './project.ts';
import {emptyThread, outdated, reduceThread, type Thread} from './thread.ts';

const session = 's';
const at = (seq: number, event: ThreadEvent, command?: string): StoredEvent => ({
  seq,
  time: `2026-01-01T00:00:${String(seq % 60).padStart(2, '0')}Z`,
  ...(command && {command}),
  event,
});
const began = (seq: number, turn: string): StoredEvent => at(seq, {kind: 'turn-began', turn, origin: 'user'});
const user = (seq: number, turn: string, text: string, command?: string): StoredEvent =>
  at(seq, {kind: 'message', id: `m${seq}`, turn, role: 'user', text}, command);
const agent = (seq: number, turn: string, text: string): StoredEvent =>
  at(seq, {kind: 'message', id: `m${seq}`, turn, role: 'agent', text});
const ended = (seq: number, turn: string, outcome: 'finished' | 'stopped' | 'failed' = 'finished'): StoredEvent =>
  at(seq, {kind: 'turn-ended', turn, outcome});

type ThreadInput = Parameters<typeof reduceThread>[1];
const play = (inputs: readonly ThreadInput[], from: Thread = emptyThread()): Thread =>
  inputs.reduce((thread, input) => reduceThread(thread, input), from);
const snapshot = (events: StoredEvent[], more: Partial<Extract<Input, {type: 'thread'}>> = {}): ThreadInput => ({
  type: 'thread',
  session,
  events,
  open: [],
  ...more,
});
const event = (stored: StoredEvent): ThreadInput => ({type: 'event', session, event: stored});
const stream = (
  item: string,
  text: string,
  offset: number,
  kind: 'message' | 'thought' | 'tool-output' = 'message',
): ThreadInput => ({
  type: 'stream',
  session,
  item,
  turn: 't1',
  kind,
  at: offset,
  text,
});
const sending = (id: string, text: string): OutboxEntry => ({
  command: {id, op: 'send', session, text},
  created: 0,
  sent: false,
  acked: false,
});
const items = (...of: Parameters<typeof projectThread>): Item[] => [...projectThread(...of)];
const shown = (thread: Thread, entries: readonly OutboxEntry[] = []): string[] =>
  items(thread, entries, true).map((item) =>
    item.kind === 'message' ? `${item.role}: ${item.text}${item.delivery ? ` (${item.delivery})` : ''}` : item.kind,
  );

describe('a thread', () => {
  it('shows what the log says, in its order, once', () => {
    const thread = play([
      snapshot([began(1, 't1'), user(2, 't1', 'hi'), agent(3, 't1', 'hello')]),
      event(agent(3, 't1', 'hello')),
      event(ended(4, 't1')),
    ]);
    expect(shown(thread)).to.deep.equal(['user: hi', 'agent: hello']);
  });

  it('puts a streamed message in place of its pieces, under one key', () => {
    let thread = play([snapshot([began(1, 't1'), user(2, 't1', 'hi')]), stream('m3', 'hel', 0), stream('m3', 'lo', 3)]);
    const [streamed] = items(thread, [], true).slice(-1);
    expect(streamed).to.include({kind: 'message', text: 'hello', streaming: true});
    thread = play([event(agent(3, 't1', 'hello!'))], thread);
    const [stored] = items(thread, [], true).slice(-1);
    expect(stored).to.include({text: 'hello!', key: streamed?.key});
    expect(stored).not.to.have.property('streaming');
    expect(shown(thread)).to.have.length(2);
  });

  it('cuts a streamed text where the server goes on', () => {
    const thread = play([snapshot([began(1, 't1')]), stream('m', 'abcdef', 0), stream('m', 'XY', 3)]);
    expect(shown(thread)).to.deep.equal(['agent: abcXY']);
  });

  it('drops a stream that will not go on', () => {
    const thread = play([
      snapshot([began(1, 't1')]),
      stream('m', 'abc', 0),
      {type: 'stream-dropped', session, item: 'm'},
    ]);
    expect(shown(thread)).to.deep.equal([]);
  });

  it('streams the output of a tool into the tool, and then shows what the log says', () => {
    const tool = at(2, {kind: 'tool-began', id: 'x', turn: 't1', name: 'run', input: {}});
    let thread = play([
      snapshot([began(1, 't1'), tool]),
      stream('x', 'one', 0, 'tool-output'),
      stream('x', ' two', 3, 'tool-output'),
    ]);
    expect(items(thread, [], true)[0]).to.include({state: 'running', output: 'one two'});
    thread = play([event(at(3, {kind: 'tool-ended', id: 'x', turn: 't1', outcome: 'failed', error: 'no'}))], thread);
    expect(items(thread, [], true)[0]).to.include({state: 'failed', error: 'no'});
    expect(items(thread, [], true)[0]).not.to.have.property('output');
    expect(play([stream('x', 'late', 7, 'tool-output')], thread)).to.equal(thread);
  });

  it('joins older pages before what it has, without touching an item that stays', () => {
    const all = Array.from({length: 9}, (_, i) => agent(i + 1, 't1', `a${i + 1}`));
    const newest = play([snapshot(all.slice(6), {next: 7})]);
    const before = items(newest, [], true);
    expect(before[0]?.kind).to.equal('gap');
    const page = play([{type: 'older', session, events: all.slice(3, 6), next: 4}], newest);
    const rest = play([{type: 'older', session, events: all.slice(0, 3)}], page);
    const after = items(rest, [], true);
    expect(shown(rest)).to.deep.equal(all.map((_, i) => `agent: a${i + 1}`));
    expect(after.slice(6)).to.deep.equal(before.slice(1));
    after.slice(6).forEach((item, i) => expect(item).to.equal(before[i + 1]));
  });

  it('marks the hole between what is open, whatever its age, and the newest events', () => {
    const open = [began(2, 't1'), user(3, 't1', 'old'), at(5, {kind: 'tool-began', id: 'x', turn: 't1', name: 'run'})];
    const thread = play([snapshot([agent(10, 't1', 'new')], {open, next: 10})]);
    expect(shown(thread)).to.deep.equal(['user: old', 'tool', 'gap', 'agent: new']);
    const filled = play([{type: 'older', session, events: [agent(4, 't1', 'between')], next: 4}], thread);
    expect(shown(filled)).to.deep.equal(['user: old', 'gap', 'agent: between', 'tool', 'agent: new']);
  });

  it('lets an update of a tool wait for the tool, and never lets an older page override a newer state', () => {
    const update = at(8, {kind: 'tool-updated', id: 'x', turn: 't1', title: 'newer'});
    const thread = play([snapshot([update, at(9, {kind: 'options', options: []})], {next: 8})]);
    expect(shown(thread)).to.deep.equal(['gap']);
    const older = [
      at(6, {kind: 'tool-began', id: 'x', turn: 't1', name: 'run', title: 'older'}),
      at(7, {
        kind: 'options',
        options: [{id: 'mode', label: 'Mode', type: 'boolean', value: true}],
      }),
    ];
    const whole = play([{type: 'older', session, events: older}], thread);
    expect(items(whole, [], true)[0]).to.include({title: 'newer'});
    expect(whole.folded.options).to.deep.equal([]);
  });

  it('keeps loaded pages when a snapshot of the same epoch joins them, and drops them when it does not', () => {
    const all = Array.from({length: 8}, (_, i) => agent(i + 1, 't1', `a${i + 1}`));
    const held = play([snapshot(all.slice(2, 6), {next: 3}), {type: 'older', session, events: all.slice(0, 2)}]);
    expect(shown(play([snapshot(all.slice(4), {next: 5})], held))).to.have.length(8);
    const far = [agent(20, 't9', 'far')];
    expect(shown(play([snapshot(far, {next: 20})], held))).to.deep.equal(['gap', 'agent: far']);
  });

  it('shows what it had until the snapshot of a new epoch comes, and then only that', () => {
    const held = outdated(play([snapshot([user(1, 't1', 'before')]), stream('m', 'half', 0)]));
    expect(shown(held)).to.deep.equal(['user: before', 'agent: half']);
    expect(shown(play([snapshot([user(1, 'u1', 'after')])], held))).to.deep.equal(['user: after']);
  });

  it('takes an event of an unknown kind as applied, and says where one could not be read', () => {
    const thread = play([
      snapshot([at(1, {kind: 'unknown', name: 'fireworks', data: {}})]),
      event(at(2, {kind: 'unreadable', problem: 'text: not a string'})),
      event(user(3, 't1', 'on')),
    ]);
    expect(shown(thread)).to.deep.equal(['unreadable', 'user: on']);
  });
});

describe('what a person sent', () => {
  const confirmed = play([snapshot([began(1, 't1'), user(2, 't1', 'one'), agent(3, 't1', 'first'), ended(4, 't1')])]);

  it('is shown from the click on, behind all that is confirmed', () => {
    expect(shown(confirmed, [sending('c1', 'two')])).to.deep.equal([
      'user: one',
      'agent: first',
      'user: two (sending)',
    ]);
  });

  it('is shown once from sending over queued to its place in the log, under one key', () => {
    const entries = [sending('c1', 'two')];
    const key = items(confirmed, entries, true).at(-1)?.key;
    const queued = play([event(at(5, {kind: 'queued', command: 'c1', text: 'two'}))], confirmed);
    expect(shown(queued, entries)).to.deep.equal(['user: one', 'agent: first', 'user: two (queued)']);
    expect(items(queued, [], true).at(-1)?.key).to.equal(key);
    const sent = play([event(began(6, 't2')), event(user(7, 't2', 'two', 'c1'))], queued);
    expect(shown(sent, entries)).to.deep.equal(['user: one', 'agent: first', 'user: two']);
    expect(items(sent, [], true).at(-1)?.key).to.equal(key);
  });

  it('takes the text of the server', () => {
    const sent = play([event(user(5, 't2', 'the server’s', 'c1'))], confirmed);
    expect(shown(sent, [sending('c1', 'mine')]).at(-1)).to.equal('user: the server’s');
  });

  it('is marked when the connection is lost, and when it was refused', () => {
    const [lost] = items(confirmed, [sending('c1', 'two')], false).slice(-1);
    expect(lost).to.include({delivery: 'unconfirmed'});
    const failure = {code: 'too-large', message: 'Too large.'};
    const [failed] = items(confirmed, [{...sending('c1', 'two'), failure}], true).slice(-1);
    expect(failed).to.include({delivery: 'failed', problem: 'Too large.'});
  });
});

describe('the five stories of the seed, in the reducer', () => {
  const first = [began(1, 't1'), user(2, 't1', 'start it', 'c1'), agent(3, 't1', 'done'), ended(4, 't1')];

  it('seed 3: a message that resumes a session stays, whatever comes meanwhile', () => {
    const entries = [sending('c2', 'again')];
    const meanwhile: ThreadInput[] = [
      event(at(5, {kind: 'turn-began', turn: 'cb', origin: 'callback', children: ['k']})),
      event(
        at(6, {
          kind: 'message',
          id: 'r',
          turn: 'cb',
          role: 'user',
          text: 'result',
          author: {kind: 'callback', session: 'k'},
        }),
      ),
      snapshot([
        ...first,
        at(5, {kind: 'turn-began', turn: 'cb', origin: 'callback', children: ['k']}),
        at(6, {
          kind: 'message',
          id: 'r',
          turn: 'cb',
          role: 'user',
          text: 'result',
          author: {kind: 'callback', session: 'k'},
        }),
      ]),
      event(at(7, {kind: 'queued', command: 'c2', text: 'again'})),
      event(ended(8, 'cb')),
      event(began(9, 't2')),
      event(user(10, 't2', 'again', 'c2')),
      event(at(11, {kind: 'unqueued', command: 'c2', reason: 'began'})),
    ];
    let thread = play([snapshot(first)]);
    for (const input of meanwhile) {
      thread = reduceThread(thread, input);
      const mine = shown(thread, entries).filter((line) => line.startsWith('user: again'));
      expect(mine, JSON.stringify(input)).to.have.length(1);
    }
  });

  it('seed 4: the order is the server’s, and a confirmed item never moves', () => {
    let thread = play([snapshot(first)]);
    const entries = [sending('c2', 'two'), sending('c3', 'three')];
    const log = [
      began(5, 't2'),
      user(6, 't2', 'two', 'c2'),
      at(7, {kind: 'queued', command: 'c3', text: 'three'}),
      agent(8, 't2', 'second'),
      ended(9, 't2'),
      began(10, 't3'),
      user(11, 't3', 'three', 'c3'),
    ];
    let confirmed: string[] = [];
    for (const stored of log) {
      thread = reduceThread(thread, event(stored));
      const keys = [...thread.folded.items].map(({key}) => key);
      expect(keys.slice(0, confirmed.length)).to.deep.equal(confirmed);
      confirmed = keys;
    }
    expect(shown(thread, entries)).to.deep.equal([
      'user: start it',
      'agent: done',
      'user: two',
      'agent: second',
      'user: three',
    ]);
  });

  it('seed 5: what the model was told besides the words of a person is nowhere', () => {
    const system = at(2, {kind: 'unknown', name: 'system-prompt', data: {text: 'You are helpful.'}});
    const thread = play([snapshot([began(1, 't1'), system, user(3, 't1', 'hi')])]);
    expect(shown(thread)).to.deep.equal(['user: hi']);
  });
});
