import {expect, waitUntil} from '@open-wc/testing';
import {chatScene, type ChatScene} from './testkit.ts';

/** A turn at work, and as many messages behind it. */
async function queue(...texts: string[]): Promise<ChatScene> {
  const scene = await chatScene();
  await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
  for (const text of texts) scene.memory.event('s', {kind: 'queued', command: text, text});
  await waitUntil(() => scene.all('button', 'Edit').length === texts.length);
  return scene;
}

const marks = (scene: ChatScene): string[] =>
  scene.all('.delivery').map((mark) => (mark.textContent ?? '').replace(/\s+/g, ' ').trim());

describe('<agent-chat>: messages that wait', () => {
  it('says which of them goes when', async () => {
    const scene = await queue('One', 'Two', 'Three');
    expect(marks(scene)).to.deep.equal(['1 of 3', '2 of 3', '3 of 3'].map((place) => `Queued ${place} EditRemove`));
    scene.memory.event('s', {kind: 'unqueued', command: 'One', reason: 'removed'});
    await waitUntil(() => marks(scene).join().startsWith('Queued 1 of 2'));
    scene.memory.event('s', {kind: 'unqueued', command: 'Two', reason: 'removed'});
    await waitUntil(() => marks(scene).join() === 'Queued EditRemove');
  });

  it('takes one back into the box once the server has confirmed it; sent again it goes last', async () => {
    const scene = await queue('One', 'Two');
    await scene.type('Typed');
    await scene.click('Edit');
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.box);
    const [unqueue] = scene.commands('unqueue');
    expect(unqueue).to.include({queued: 'One'});
    await waitUntil(() => scene.said.join() === 'You: Two');
    expect(scene.box.value).to.equal('Typed');
    scene.memory.ack(unqueue?.id ?? '');
    scene.memory.event('s', {kind: 'unqueued', command: 'One', reason: 'removed'}, {command: unqueue?.id ?? ''});
    await waitUntil(() => scene.box.value === 'Typed\n\nOne');
    await scene.send('One, better');
    expect(scene.said).to.deep.equal(['You: Two', 'You: One, better']);
    expect(scene.chat.shadowRoot?.textContent).to.not.include('before it could be taken back');
  });

  it('says so when it has begun meanwhile, until something is written', async () => {
    const scene = await queue('One');
    await scene.click('Edit');
    scene.memory.event('s', {kind: 'message', id: 'm', turn: 'u', role: 'user', text: 'One'}, {command: 'One'});
    scene.memory.reject(scene.commands('unqueue')[0]?.id ?? '', 'too-late', 'The message does not wait any more.');
    await waitUntil(() => scene.status.includes('It had begun before it could be taken back.'));
    expect(scene.said).to.deep.equal(['You: One']);
    expect(scene.box.value).to.equal('');
    await expect(scene.chat).to.be.accessible();
    await scene.type('Then');
    await waitUntil(() => !scene.chat.shadowRoot?.textContent?.includes('It had begun'));
  });

  it('keeps them when the turn is stopped', async () => {
    const scene = await queue('One', 'Two');
    await scene.click('Stop');
    const [stop] = scene.commands('stop');
    expect(stop).to.include({turn: 't'});
    expect(scene.commands('unqueue')).to.have.length(0);
    scene.memory.event('s', {kind: 'turn-ended', turn: 't', outcome: 'stopped'}, {command: stop?.id ?? ''});
    scene.memory.put({id: 's', status: 'stopped'});
    await scene.get('button', 'Continue');
    expect(scene.said).to.deep.equal(['You: One', 'You: Two']);
  });
});
