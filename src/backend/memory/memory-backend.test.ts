import {expect} from '@open-wc/testing';
import type {Input} from '../../model/inputs.ts';
import {backendContract} from '../contract-tests.ts';
import {FakeWorld} from '../session-sync/testkit.ts';
import {createMemoryBackend} from './memory-backend.ts';
import {createObedientBackend} from './obedient.ts';

const attach = (emit: (inputs: readonly Input[]) => void, memory = createMemoryBackend()) => ({
  memory,
  backend: memory.factory({url: '', environment: new FakeWorld(), emit}),
});

backendContract('memory', (emit) => {
  const {memory, backend} = attach(emit);
  let reset = false;
  return {
    backend,
    server: {
      welcome: () => {
        memory.welcome({reset});
        reset = false;
      },
      drop: () => memory.drop(),
      retry: () => backend.reconnect(),
      forget: () => (reset = true),
      put: (session) => memory.put(session),
      remove: (session) => memory.remove(session),
      event: (session, event, command) => memory.event(session, event, command ? {command} : {}),
      stream: (session, item, text) => memory.stream(session, {item, turn: 't1', text}),
      commands: () => memory.delivered,
      ack: (command) => memory.ack(command),
      reject: (command, code, message) => memory.reject(command, code, message),
      answer: (page) => memory.queries.at(-1)?.answer(page),
    },
  };
});

describe('memory backend', () => {
  it('keeps what it was told before anybody connected', () => {
    const inputs: Input[] = [];
    const {memory, backend} = attach((batch) => inputs.push(...batch));
    memory.put({id: 's1', title: 'Early'});
    memory.event('s1', {kind: 'message', id: 'm1', turn: 't1', role: 'user', text: 'Hi'});
    backend.watch(['s1']);
    backend.connect();
    memory.welcome({user: {id: 'ada'}});
    expect(inputs.find(({type}) => type === 'thread')).to.deep.include({events: memory.log('s1')});
    expect(memory.watched).to.deep.equal(['s1']);
  });

  it('numbers the events of each session from 1', () => {
    const {memory} = attach(() => {});
    const notice = {kind: 'notice', id: 'n', level: 'info', text: 'x'} as const;
    expect(
      [memory.event('a', notice), memory.event('a', notice), memory.event('b', notice)].map(({seq}) => seq),
    ).to.deep.equal([1, 2, 1]);
  });

  it('settles what the caller says is done', () => {
    const inputs: Input[] = [];
    const {memory, backend} = attach((batch) => inputs.push(...batch));
    backend.connect();
    memory.welcome();
    backend.deliver([{id: 'c', op: 'rename', session: 's1', title: 'New'}]);
    memory.settle('c');
    memory.settle('c');
    expect(inputs.slice(-3).map(({type}) => type)).to.deep.equal(['sent', 'acked', 'settled']);
  });
});

describe('obedient memory backend', () => {
  const open = (reply?: (text: string) => string | undefined) => {
    const inputs: Input[] = [];
    const server = createObedientBackend(reply ? {reply} : {});
    const {backend} = attach((batch) => inputs.push(...batch), server.memory);
    backend.watch(['s1']);
    backend.connect();
    const kinds = () => server.memory.log('s1').map(({event}) => event.kind);
    return {...server, backend, inputs, kinds, session: () => server.memory.sessions.get('s1')};
  };

  it('begins a turn, answers, and ends it', () => {
    const {backend, kinds, session, inputs} = open((text) => `You said ${text}`);
    backend.deliver([{id: 'c1', op: 'start', session: 's1', text: 'Hi'}]);
    expect(kinds()).to.deep.equal(['turn-began', 'message', 'message', 'turn-ended']);
    expect(session()).to.deep.include({title: 'Hi', status: 'finished'});
    expect(session()).to.not.have.property('turn');
    expect(inputs.filter(({type}) => type === 'settled')).to.have.length(1);
  });

  it('queues what is sent during a turn, and begins it afterwards', () => {
    const {backend, kinds, finish, session} = open();
    backend.deliver([{id: 'c1', op: 'start', session: 's1', text: 'Hi'}]);
    backend.deliver([{id: 'c2', op: 'send', session: 's1', text: 'And?'}]);
    expect(session()).to.deep.include({status: 'running', queued: 1});
    finish('s1', 'Done.');
    expect(kinds().slice(2)).to.deep.equal(['queued', 'message', 'turn-ended', 'turn-began', 'message', 'unqueued']);
    expect(session()).to.deep.include({status: 'running', queued: 0});
  });

  it('stops, renames, deletes, and rejects what makes no sense', () => {
    const {backend, memory, session, inputs} = open();
    backend.deliver([
      {id: 'c1', op: 'start', session: 's1', text: 'Hi'},
      {id: 'c2', op: 'stop', session: 's1', of: 'c1'},
      {id: 'c3', op: 'rename', session: 's1', title: 'New'},
      {id: 'c4', op: 'start', session: 's1', text: 'Again'},
      {id: 'c5', op: 'send', session: 'nowhere', text: 'x'},
    ]);
    expect(session()).to.deep.include({status: 'stopped', title: 'New'});
    backend.deliver([{id: 'c6', op: 'delete', session: 's1'}]);
    expect(memory.sessions.size).to.equal(0);
    const outcomes = inputs.flatMap((input) =>
      input.type === 'rejected' ? [input.code] : input.type === 'settled' ? ['settled'] : [],
    );
    expect(outcomes).to.deep.equal(['settled', 'settled', 'settled', 'exists', 'not-found', 'settled']);
  });
});
