import {expect, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {chatScene, mine, theirs, type ChatScene} from './testkit.ts';

async function opened(): Promise<ChatScene> {
  const scene = await chatScene();
  await scene.open([mine('First'), theirs('Answer'), mine('Second\nline'), mine('First', 'again')]);
  scene.box.focus();
  return scene;
}

async function press(key: string): Promise<void> {
  await sendKeys({press: key});
}

describe('<agent-chat>: what was sent before', () => {
  it('comes with the up arrow in an empty box, the last first, and goes with the down arrow', async () => {
    const scene = await opened();
    await press('ArrowUp');
    expect(scene.box.value).to.equal('First');
    expect(scene.store.draft('s')).to.equal('First');
    await waitUntil(() => scene.status.includes('Earlier message 1 of 2: First'));
    await press('ArrowUp');
    await press('ArrowUp');
    expect(scene.box.value).to.equal('Second\nline');
    expect(scene.box.selectionStart).to.equal('Second\nline'.length);
    await press('ArrowDown');
    expect(scene.box.value).to.equal('First');
    await press('ArrowDown');
    expect(scene.box.value).to.equal('');
    await waitUntil(() => !scene.status.includes('Earlier'));
  });

  it('is left at once by Escape, which goes no further', async () => {
    const scene = await opened();
    let heard = 0;
    const count = (event: KeyboardEvent): unknown => event.key === 'Escape' && heard++;
    document.addEventListener('keydown', count);
    await press('ArrowUp');
    await press('ArrowUp');
    await press('Escape');
    document.removeEventListener('keydown', count);
    expect(scene.box.value).to.equal('');
    expect(heard).to.equal(0);
  });

  it('belongs to who changes it, or moves in it', async () => {
    const scene = await opened();
    await press('ArrowUp');
    await sendKeys({type: '!'});
    await press('ArrowUp');
    expect(scene.box.value).to.equal('First!');
    await scene.type('');
    await press('ArrowUp');
    await press('ArrowLeft');
    await press('ArrowUp');
    expect(scene.box.value).to.equal('First');
    await scene.type('Own words');
    await press('ArrowUp');
    expect(scene.box.value).to.equal('Own words');
  });

  it('goes on with what was sent elsewhere from this page, for the same user', async () => {
    const scene = await chatScene({welcome: {user: {id: 'ann'}}});
    scene.chat.addEventListener('message-send', (event) => event.text === 'Prevented' && event.preventDefault());
    await scene.send('To another');
    scene.memory.put({id: 's'});
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    await scene.send('Prevented');
    await scene.type('');
    scene.box.focus();
    await press('ArrowUp');
    expect(scene.box.value).to.equal('To another');
    await press('ArrowUp');
    expect(scene.box.value).to.equal('To another');
    await scene.type('');
    scene.memory.drop();
    scene.memory.welcome({user: {id: 'bob'}, reset: true});
    await scene.chat.updateComplete;
    await press('ArrowUp');
    expect(scene.box.value).to.equal('');
  });

  it('leaves the arrows to an input method and to the modifiers', async () => {
    const scene = await opened();
    for (const init of [{isComposing: true}, {keyCode: 229}, {shiftKey: true}, {altKey: true}]) {
      expect(scene.press({key: 'ArrowUp', ...init}).defaultPrevented).to.equal(false);
    }
    expect(scene.box.value).to.equal('');
  });
});
