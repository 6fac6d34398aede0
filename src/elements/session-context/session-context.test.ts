import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {createMemoryBackend, type MemoryHandlers} from '../../backend/memory/memory-backend.ts';
import {ConnectionChangeEvent, SelectionChangeEvent, SessionErrorEvent} from '../../events.ts';
import {SessionContext} from './session-context.ts';

if (!customElements.get('session-context')) customElements.define('session-context', SessionContext);

const open: MemoryHandlers = {onConnect: (memory) => memory.welcome()};

async function mount(handlers: MemoryHandlers = open) {
  const memory = createMemoryBackend(handlers);
  const context = await fixture<SessionContext>(
    html`<session-context .backend=${memory.factory} persist="none"></session-context>`,
  );
  return {memory, context};
}

/** Whether leaving the page would ask first. */
const asksFirst = (): boolean => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}));

describe('session-context', () => {
  it('tells of the connection', async () => {
    const {memory, context} = await mount({});
    const told: string[] = [];
    context.parentElement?.addEventListener('connection-change', (event) => {
      expect(event).to.be.instanceOf(ConnectionChangeEvent);
      told.push(event.connection);
    });
    expect(context.connection).to.equal('connecting');
    memory.welcome();
    await waitUntil(() => told.at(-1) === 'open');
    memory.drop();
    await waitUntil(() => told.at(-1) === 'waiting');
    context.disconnect();
    await waitUntil(() => told.at(-1) === 'idle');
    context.reconnect();
    await waitUntil(() => told.at(-1) === 'connecting');
    expect(context.connection).to.equal('connecting');
  });

  it('tells of problems', async () => {
    const {memory, context} = await mount();
    const told: SessionErrorEvent[] = [];
    context.addEventListener('session-error', (event) => told.push(event));
    memory.tell({type: 'problem', code: 'internal', message: 'That did not work.', session: 'a'});
    expect(told[0]).to.be.instanceOf(SessionErrorEvent);
    expect(told[0]).to.include({code: 'internal', message: 'That did not work.', sessionId: 'a'});
  });

  it('reflects the selection and tells of it, whatever changed it, but not of what it began with', async () => {
    const told: unknown[] = [];
    const place = await fixture(html`<div @selection-change=${(event: Event) => told.push(event)}></div>`);
    place.innerHTML = '<session-context selected="a"></session-context>';
    const context = place.firstElementChild as SessionContext;
    await context.updateComplete;
    expect(context.selected).to.equal('a');
    expect(told).to.have.length(0);
    context.selected = 'b';
    await context.updateComplete;
    expect(context.getAttribute('selected')).to.equal('b');
    context.removeAttribute('selected');
    expect(context.selected).to.equal(undefined);
    context.selected = undefined;
    expect(
      told.map((event) => [(event as SelectionChangeEvent).previous, (event as SelectionChangeEvent).sessionId]),
    ).to.deep.equal([
      ['a', 'b'],
      ['b', undefined],
    ]);
  });

  it('refuses an unknown backend with a clear problem and without an exception', async () => {
    const told: SessionErrorEvent[] = [];
    const place = await fixture(html`<div @session-error=${(event: SessionErrorEvent) => told.push(event)}></div>`);
    place.innerHTML = '<session-context url="/sync" backend="nonsense" persist="none"></session-context>';
    const context = place.firstElementChild as SessionContext;
    await waitUntil(() => told.length === 1);
    expect(told[0]?.code).to.equal('unknown-backend');
    expect(told[0]?.message).to.include('nonsense').and.to.include('session-sync');
    expect(context.connection).to.equal('refused');
  });

  it('asks before leaving while words are not confirmed, and only then', async () => {
    const {memory, context} = await mount();
    expect(asksFirst()).to.equal(false);
    context.store.start('Please do this');
    await waitUntil(asksFirst);
    const id = memory.delivered[0]?.id ?? '';
    memory.event(memory.delivered[0]?.session ?? '', {kind: 'turn-began', turn: 't', origin: 'user'});
    memory.settle(id);
    await waitUntil(() => !asksFirst());
    context.store.start('And this');
    await waitUntil(asksFirst);
    context.remove();
    await waitUntil(() => !asksFirst());
  });

  it('does not read a token from markup', async () => {
    const context = await fixture<SessionContext>(html`<session-context></session-context>`);
    context.setAttribute('token', 'secret');
    expect(context.token).to.equal(undefined);
  });

  it('survives a move, and comes back with what it had', async () => {
    const {memory, context} = await mount();
    memory.put({id: 'a', title: 'Fix the build'});
    const {store} = context;
    const other = await fixture(html`<div></div>`);
    other.append(context);
    await context.updateComplete;
    expect(context.connection).to.equal('open');
    context.remove();
    await waitUntil(() => memory.status === 'idle');
    other.append(context);
    await waitUntil(() => context.connection === 'open');
    expect(context.store === store && context.store.session('a')?.title === 'Fix the build').to.equal(true);
  });

  it('is not there for the page’s layout', async () => {
    const {context} = await mount();
    expect(getComputedStyle(context).display).to.equal('contents');
  });
});
