import {expect} from '@open-wc/testing';
import {FakeArea, stillEnvironment, storeFixture} from './testkit.ts';

/** A message that waits on the server, and the command that takes it back into the draft. */
function taken(fixture = storeFixture()) {
  const {store, memory} = fixture;
  memory.put({id: 's', status: 'running', turn: 't'});
  store.watch('s');
  memory.event('s', {kind: 'queued', command: 'q', text: 'wait for me'});
  store.unqueue('s', 'q', 'wait for me');
  const {id = ''} = memory.delivered.at(-1) ?? {};
  return {store, memory, id};
}

const shown = ({store}: ReturnType<typeof taken>): string[] =>
  [...(store.thread('s')?.items ?? [])].flatMap((item) => (item.kind === 'message' ? [item.text] : []));

describe('a queued message that is taken back into the draft', () => {
  it('is there once the server has confirmed it, behind what was typed', () => {
    const scene = taken();
    const {store, memory, id} = scene;
    expect(memory.delivered.at(-1)).to.deep.equal({op: 'unqueue', id, session: 's', queued: 'q'});
    store.setDraft('typed meanwhile', 's');
    expect(shown(scene)).to.deep.equal([]);
    memory.ack(id);
    memory.event('s', {kind: 'unqueued', command: 'q', reason: 'removed'}, {command: id});
    expect(store.draft('s')).to.equal('typed meanwhile\n\nwait for me');
    expect(shown(scene)).to.deep.equal([]);
  });

  it('stays where it is when it has begun meanwhile', () => {
    const scene = taken();
    const {store, memory, id} = scene;
    memory.event('s', {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'wait for me'}, {command: 'q'});
    memory.reject(id, 'too-late', 'The message does not wait any more.');
    expect(store.draft('s')).to.equal('');
    expect(shown(scene)).to.deep.equal(['wait for me']);
  });

  it('stays where it is when the server stopped its session instead, which had not begun', () => {
    const {store, memory, id} = taken();
    memory.ack(id, 'stopping');
    expect(store.draft('s')).to.equal('');
  });

  it('is not forgotten by a page that is loaded again before the answer', () => {
    const area = new FakeArea();
    const environment = stillEnvironment();
    taken(storeFixture({environment, storage: () => area}));
    const {store, memory} = storeFixture({environment, storage: () => area});
    memory.ack(memory.delivered.at(-1)?.id ?? '', 'unqueued');
    expect(store.draft('s')).to.equal('wait for me');
  });

  it('is thrown away when it is only removed', () => {
    const {store, memory} = storeFixture();
    memory.put({id: 's', status: 'running', turn: 't'});
    store.watch('s');
    memory.event('s', {kind: 'queued', command: 'q', text: 'wait for me'});
    store.unqueue('s', 'q');
    memory.ack(memory.delivered.at(-1)?.id ?? '', 'unqueued');
    expect(store.draft('s')).to.equal('');
    expect(memory.queries).to.have.length(0);
  });
});
