import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {createObedientBackend} from '../../backend/memory/obedient.ts';
import type {ThreadEvent} from '../../model/events.ts';
import type {AgentChat} from './agent-chat.ts';
import {chatScene, mine, theirs} from './testkit.ts';

describe('<agent-chat>: where it belongs', () => {
  it('says that it has no provider', async () => {
    const chat = await fixture<AgentChat>(html`<agent-chat></agent-chat>`);
    expect(chat.shadowRoot?.textContent).to.include('No session provider is connected.');
  });

  it('shows a calm form until the conversation has come, and is quiet when offline', async () => {
    const scene = await chatScene({welcome: false});
    scene.memory.put({id: 's'});
    scene.memory.event('s', mine('Hello'));
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    expect((await scene.get('log')).textContent).to.include('Loading the conversation…');
    expect(scene.box.disabled).to.equal(false);
    scene.memory.welcome();
    await waitUntil(() => scene.said.length === 1);
    scene.memory.drop();
    await waitUntil(() => scene.chat.shadowRoot?.textContent?.includes('Not connected.'));
    expect(scene.said).to.deep.equal(['You: Hello']);
  });

  it('lets a fixed session be, whatever is selected', async () => {
    const scene = await chatScene();
    await scene.open([mine('Selected')]);
    scene.memory.put({id: 'other'});
    scene.memory.event('other', mine('Fixed'));
    scene.chat.setAttribute('session-id', 'other');
    await waitUntil(() => scene.said.join() === 'You: Fixed');
    await scene.send('To it');
    expect(scene.commands('send')[0]).to.include({session: 'other'});
    scene.chat.newConversation();
    await waitUntil(() => scene.said.length === 0);
    expect(scene.provider.selected).to.equal('s');
    await scene.send('Anew');
    const [start] = scene.commands('start');
    expect(scene.chat.sessionId).to.equal(start?.session);
    expect(scene.provider.selected).to.equal('s');
  });

  it('leaves nothing of one user for the next, not even in what was said aloud', async () => {
    const scene = await chatScene({welcome: {user: {id: 'ann'}}});
    await scene.send('A question');
    const {session} = scene.commands('start')[0] ?? {session: ''};
    scene.memory.put({id: session, status: 'finished'});
    scene.memory.event(session, theirs('The answer is a secret.'));
    const all = () => scene.chat.shadowRoot?.textContent ?? '';
    const spoken = () => scene.all('agent-chat-spoken')[0]?.textContent ?? '';
    await waitUntil(() => spoken().includes('secret'), 'it is said', {timeout: 3000});
    scene.memory.drop();
    scene.memory.remove(session);
    scene.memory.welcome({user: {id: 'bob'}, reset: true});
    await scene.chat.updateComplete;
    await scene.chat.updateComplete;
    expect(all()).not.to.include('secret');
  });

  it('gives the words back when a start that never left is stopped', async () => {
    const scene = await chatScene();
    scene.memory.drop();
    await scene.send('Hello');
    expect(scene.provider.selected).to.be.a('string');
    await scene.click('Stop');
    await waitUntil(() => scene.box.value === 'Hello');
    expect(scene.provider.selected).to.equal(undefined);
    expect(scene.said).to.deep.equal([]);
  });

  it('can stop what the server has not answered yet', async () => {
    const scene = await chatScene();
    await scene.send('Hello');
    await scene.click('Stop');
    const [start] = scene.commands('start');
    expect(scene.commands('stop')[0]).to.include({of: start?.id, session: start?.session});
  });

  it('follows a refused start to its next try', async () => {
    const scene = await chatScene();
    await scene.send('Hello');
    const [start] = scene.commands('start');
    scene.memory.reject(start?.id ?? '', 'exists', 'there is such a session.');
    const begun: string[] = [];
    scene.chat.addEventListener('session-start', ({sessionId}) => begun.push(sessionId));
    await scene.click('Retry');
    await waitUntil(() => scene.commands('start').length === 2);
    const again = scene.commands('start')[1]?.session;
    expect(again).to.not.equal(start?.session);
    expect(scene.provider.selected).to.equal(again);
    expect(begun).to.deep.equal([again]);
    expect(scene.said).to.deep.equal(['You: Hello']);
  });

  it('goes back to a new conversation when a refused start is discarded', async () => {
    const scene = await chatScene();
    await scene.send('Hello');
    scene.memory.reject(scene.commands('start')[0]?.id ?? '', 'invalid', 'no.');
    await scene.click('Discard');
    await waitUntil(() => scene.provider.selected === undefined);
    expect(scene.box.value).to.equal('');
  });

  it('says that its session is gone, and keeps the draft', async () => {
    const scene = await chatScene();
    await scene.open([theirs('Hello')]);
    await scene.type('Half a thought');
    scene.memory.remove('s');
    await waitUntil(() => scene.chat.shadowRoot?.textContent?.includes('does not exist any more'));
    expect(scene.box.value).to.equal('Half a thought');
    expect(scene.all<HTMLButtonElement>('button', 'Send')[0]?.disabled).to.equal(true);
    scene.press({key: 'Enter'});
    expect(scene.memory.delivered).to.have.length(0);
    await scene.click('Begin a new conversation with it');
    await waitUntil(() => scene.provider.selected === undefined);
    await waitUntil(() => scene.box.value === 'Half a thought');
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.box);
  });

  it('works on nothing and offers nothing to do in a session that is gone', async () => {
    const scene = await chatScene({welcome: {capabilities: ['queue', 'unqueue', 'continue']}});
    const asked: ThreadEvent = {kind: 'approval-asked', id: 'a', turn: 't', title: 'May I?', options: []};
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, asked], {status: 'waiting', turn: 't'});
    scene.memory.event('s', {kind: 'queued', command: 'c', text: 'Later'});
    await scene.get('button', 'Remove');
    await scene.get('button', 'Stop');
    scene.memory.remove('s');
    await waitUntil(() => scene.chat.shadowRoot?.textContent?.includes('does not exist any more'));
    for (const name of ['Remove', 'Edit', 'Stop', 'Continue']) expect(scene.has('button', name), name).to.equal(false);
    expect(scene.said).to.include('You: Later');
    expect(scene.status).to.equal('');
  });

  it('tells the server once what has been seen', async () => {
    const scene = await chatScene();
    await scene.open([theirs('Hello')], {unread: true});
    await waitUntil(() => scene.commands('seen').length === 1);
    expect(scene.commands('seen')[0]).to.include({seq: 1});
    scene.memory.reject(scene.commands('seen')[0]?.id ?? '', 'unsupported');
    scene.memory.put({id: 's', unread: true});
    await scene.chat.updateComplete;
    expect(scene.commands('seen')).to.have.length(1);
    scene.memory.event('s', theirs('And again'));
    await waitUntil(() => scene.commands('seen').length === 2);
  });

  it('offers nothing to do where it is only to be read', async () => {
    const scene = await chatScene();
    await scene.open(
      [
        {
          kind: 'approval-asked',
          id: 'a',
          turn: 't',
          title: 'Sure?',
          options: [{id: 'y', label: 'Allow', kind: 'allow'}],
        },
        {kind: 'queued', command: 'q', text: 'Later'},
      ],
      {status: 'running', turn: 't'},
    );
    scene.chat.readonly = true;
    await scene.gone('textbox');
    // Who reads may look for something.
    await waitUntil(() => scene.all('button').every((button) => button.ariaLabel === 'Find in conversation'));
    expect(scene.has('group', 'Sure?')).to.equal(true);
    scene.chat.focus();
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.all('log')[0]);
  });

  it('survives being moved, and lets go of the thread when it is removed', async () => {
    const {memory} = createObedientBackend();
    const scene = await chatScene({memory});
    await scene.send('Hello');
    const id = scene.provider.selected ?? '';
    const article = scene.all('article')[0];
    const other = document.createElement('div');
    scene.provider.append(other);
    other.append(scene.chat);
    await scene.chat.updateComplete;
    expect(scene.all('article')[0]).to.equal(article);
    expect(memory.watched).to.include(id);
    expect(scene.store.thread(id)?.watchers).to.equal(1);
    scene.chat.remove();
    expect(scene.store.thread(id)?.watchers).to.equal(0);
  });
});
