import {expect, waitUntil} from '@open-wc/testing';
import {MAX_TEXT_BYTES} from '../../model/commands.ts';
import {chatScene, mine} from './testkit.ts';

describe('<agent-chat>: writing', () => {
  it('sends with Enter and with the button, and breaks the line with Shift+Enter', async () => {
    const scene = await chatScene();
    await scene.open();
    await scene.type('One');
    expect(scene.press({key: 'Enter', shiftKey: true}).defaultPrevented).to.equal(false);
    expect(scene.commands('send')).to.have.length(0);
    expect(scene.press({key: 'Enter'}).defaultPrevented).to.equal(true);
    await scene.type('Two');
    await scene.click('Send');
    expect(scene.commands('send').map((command) => 'text' in command && command.text)).to.deep.equal(['One', 'Two']);
    await waitUntil(() => scene.box.value === '');
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.box);
  });

  it('sends nothing that has no word', async () => {
    const scene = await chatScene();
    await scene.open();
    const [button] = scene.all<HTMLButtonElement>('button', 'Send');
    expect(button?.disabled).to.equal(true);
    await scene.send(' \n ');
    expect(scene.memory.delivered).to.have.length(0);
    expect(scene.box.value).to.equal(' \n ');
  });

  it('leaves Enter to an input method', async () => {
    const scene = await chatScene();
    await scene.open();
    await scene.type('にほん');
    scene.press({key: 'Enter', isComposing: true});
    scene.press({key: 'Enter', keyCode: 229});
    scene.box.dispatchEvent(new CompositionEvent('compositionstart'));
    scene.press({key: 'Enter'});
    // Safari: the composition ends before its key is told of.
    scene.box.dispatchEvent(new CompositionEvent('compositionend'));
    scene.press({key: 'Enter'});
    expect(scene.commands('send')).to.have.length(0);
    await waitUntil(() => {
      scene.press({key: 'Enter'});
      return scene.commands('send').length === 1;
    });
  });

  it('writes nothing into the box while a text is being composed', async () => {
    const scene = await chatScene();
    await scene.open();
    scene.box.focus();
    scene.box.dispatchEvent(new CompositionEvent('compositionstart'));
    await scene.type('に');
    scene.store.setDraft('に\n\nreturned', 's');
    await scene.chat.updateComplete;
    expect(scene.box.value).to.equal('に');
    await scene.type('にほ');
    expect(scene.store.draft('s')).to.equal('にほ\n\nreturned');
    scene.box.dispatchEvent(new CompositionEvent('compositionend'));
    await waitUntil(() => scene.box.value === 'にほ\n\nreturned');
  });

  it('does nothing at Escape', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
    await scene.type('Half a');
    expect(scene.press({key: 'Escape'}).defaultPrevented).to.equal(false);
    expect(scene.box.value).to.equal('Half a');
    expect(scene.memory.delivered).to.have.length(0);
  });

  it('keeps a draft for each session and one for a new conversation', async () => {
    const scene = await chatScene();
    await scene.type('A new one');
    await scene.open();
    expect(scene.box.value).to.equal('');
    await scene.type('To the session');
    scene.chat.newConversation();
    await scene.chat.updateComplete;
    expect(scene.provider.selected).to.equal(undefined);
    expect(scene.box.value).to.equal('A new one');
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    expect(scene.box.value).to.equal('To the session');
  });

  it('leaves focus, caret and text alone when news come', async () => {
    const scene = await chatScene();
    await scene.open([mine('Hello')]);
    await scene.type('Half a thought');
    scene.box.setSelectionRange(4, 6);
    scene.memory.event('s', {kind: 'message', id: 'a', turn: 't', role: 'agent', text: 'News'});
    scene.store.setDraft('Half a thought\n\nand words that came back', 's');
    await waitUntil(() => scene.box.value.endsWith('came back'));
    expect([scene.box.selectionStart, scene.box.selectionEnd]).to.deep.equal([4, 6]);
    expect(scene.chat.shadowRoot?.activeElement).to.equal(scene.box);
  });

  it('tells of the limit before it is reached, in words and calmly', async () => {
    const scene = await chatScene();
    await scene.open();
    await scene.type('x'.repeat(MAX_TEXT_BYTES * 0.89));
    expect(scene.chat.shadowRoot?.textContent).to.not.include('%');
    await scene.type('x'.repeat(MAX_TEXT_BYTES * 0.925));
    await waitUntil(() => scene.chat.shadowRoot?.querySelector('.foot')?.textContent?.includes('92 % of the longest'));
    expect(scene.status).to.include('90 % of the longest message that can be sent (128 KiB).');
    await scene.type('x'.repeat(MAX_TEXT_BYTES));
    await waitUntil(() => scene.status.includes('95 %'));
    expect(scene.has('alert')).to.equal(false);
    await expect(scene.chat).to.be.accessible();
    scene.press({key: 'Enter'});
    expect(scene.commands('send')).to.have.length(1);
  });

  it('sends nothing that is too long, says so, and keeps it', async () => {
    const scene = await chatScene();
    await scene.open();
    const problems: string[] = [];
    scene.provider.addEventListener('session-error', ({code}) => problems.push(code));
    const text = 'x'.repeat(MAX_TEXT_BYTES + 1);
    await scene.send(text);
    expect((await scene.get('alert')).textContent).to.include('too long');
    expect(scene.box.getAttribute('aria-invalid')).to.equal('true');
    expect(scene.all<HTMLButtonElement>('button', 'Send')[0]?.disabled).to.equal(true);
    scene.press({key: 'Enter'});
    expect([scene.box.value === text, scene.memory.delivered.length, problems.length]).to.deep.equal([true, 0, 0]);
    await expect(scene.chat).to.be.accessible();
    await scene.type('short');
    expect(scene.has('alert')).to.equal(false);
    expect(scene.box.hasAttribute('aria-invalid')).to.equal(false);
  });

  it('lets a person choose the agent of a new conversation where there are several', async () => {
    const agents = [
      {id: 'a', title: 'Writer'},
      {id: 'b', title: 'Reviewer'},
    ];
    const scene = await chatScene({welcome: {agents}});
    const picker = await scene.get<HTMLSelectElement>('combobox', 'Agent');
    expect(picker.value).to.equal('a');
    scene.chat.agent = 'b';
    await waitUntil(() => picker.value === 'b');
    picker.value = 'a';
    picker.dispatchEvent(new Event('change', {bubbles: true}));
    await scene.send('Hello');
    expect(scene.commands('start')[0]).to.include({agent: 'a'});
    expect(scene.has('combobox')).to.equal(false);
  });

  it('has no choice of agent where there is one', async () => {
    const scene = await chatScene();
    expect(scene.has('combobox')).to.equal(false);
  });
});
