import {expect, oneEvent, waitUntil} from '@open-wc/testing';
import {createObedientBackend} from '../../backend/memory/obedient.ts';
import type {MessageSendEvent, SessionStartEvent, SessionStopEvent} from '../../events.ts';
import {chatScene, mine, theirs} from './testkit.ts';

describe('<agent-chat>', () => {
  it('shows the conversation of the selected session', async () => {
    const scene = await chatScene();
    await scene.open([mine('Hello'), theirs('Good morning')]);
    expect(scene.said).to.deep.equal(['You: Hello', 'Agent: Good morning']);
    const log = await scene.get('log', 'Conversation');
    expect(log.getAttribute('aria-live')).to.equal('off');
    expect(log.tabIndex).to.equal(0);
  });

  it('begins a session with the first message, and selects it', async () => {
    const {memory, finish} = createObedientBackend();
    const scene = await chatScene({memory});
    const started = oneEvent(scene.chat, 'session-start') as Promise<SessionStartEvent>;
    await scene.send('Hello');
    const {sessionId} = await started;
    expect(scene.provider.selected).to.equal(sessionId);
    expect(scene.said).to.deep.equal(['You: Hello']);
    expect(scene.box.value).to.equal('');
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.box);
    finish(sessionId, 'Good morning');
    await waitUntil(() => scene.said.length === 2);
    expect(scene.said[1]).to.equal('Agent: Good morning');
  });

  it('keeps the text where the page prevents that it is sent', async () => {
    const scene = await chatScene();
    await scene.open();
    let asked: MessageSendEvent | undefined;
    scene.chat.addEventListener('message-send', (event) => {
      asked = event;
      event.preventDefault();
    });
    await scene.send('Wait');
    expect(asked?.text).to.equal('Wait');
    expect(asked?.sessionId).to.equal('s');
    expect(scene.box.value).to.equal('Wait');
    expect(scene.commands('send')).to.have.length(0);
  });

  it('keeps the element of a message from the click until it is in the log', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
    scene.memory.drop();
    await scene.send('Me too');
    const article = await scene.get('article', 'You');
    expect(article.textContent).to.include('Not confirmed');
    scene.memory.welcome();
    await waitUntil(() => article.textContent?.includes('Sending'));
    const [command] = scene.commands('send');
    scene.memory.event('s', {kind: 'queued', command: command?.id ?? '', text: 'Me too'}, {command: command?.id ?? ''});
    await waitUntil(() => article.textContent?.includes('Queued'));
    expect(scene.has('button', 'Remove')).to.equal(true);
    scene.memory.event('s', mine('Me too'), {command: command?.id ?? ''});
    await waitUntil(() => !article.textContent?.includes('Queued'));
    expect(scene.all('article', 'You')).to.deep.equal([article]);
    expect(article.isConnected).to.equal(true);
  });

  it('stops the open turn, and says so until the server does', async () => {
    const scene = await chatScene();
    expect(scene.has('button', 'Stop')).to.equal(false);
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, mine('Work')], {status: 'running', turn: 't'});
    const stop = await scene.get<HTMLButtonElement>('button', 'Stop');
    const asked = oneEvent(scene.chat, 'session-stop') as Promise<SessionStopEvent>;
    stop.focus();
    stop.click();
    expect((await asked).sessionId).to.equal('s');
    await scene.chat.updateComplete;
    expect(stop.disabled).to.equal(true);
    expect(scene.status).to.equal('Stopping the agent.');
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.box);
    const [command] = scene.commands('stop');
    expect(command).to.include({turn: 't'});
    scene.memory.event('s', {kind: 'turn-ended', turn: 't', outcome: 'stopped'}, {command: command?.id ?? ''});
    scene.memory.put({id: 's', status: 'stopped'});
    await scene.gone('button', 'Stop');
    expect(scene.status).to.equal('The agent was stopped.');
  });
});
