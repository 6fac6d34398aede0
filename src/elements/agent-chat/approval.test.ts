import {expect, waitUntil} from '@open-wc/testing';
import type {EventOf} from '../../model/events.ts';
import {chatScene, type ChatScene} from './testkit.ts';

const question = (more: Partial<EventOf<'approval-asked'>> = {}): EventOf<'approval-asked'> => ({
  kind: 'approval-asked',
  id: 'a',
  turn: 't',
  title: 'Delete dist?',
  options: [
    {id: 'yes', label: 'Allow', kind: 'allow'},
    {id: 'always', label: 'Always allow “rm -rf dist” in this folder', kind: 'allow-always'},
    {id: 'no', label: 'Reject', kind: 'reject'},
  ],
  ...more,
});

async function asked(...before: Parameters<ChatScene['open']>[0] & object): Promise<ChatScene> {
  const scene = await chatScene();
  const began = {kind: 'turn-began', turn: 't', origin: 'user'} as const;
  await scene.open([began, ...before, question()], {status: 'waiting', turn: 't'});
  return scene;
}

const button = (scene: ChatScene, name: string): Promise<HTMLButtonElement> => scene.get('button', name);
const ready = async (scene: ChatScene, name: string): Promise<HTMLButtonElement> => {
  await waitUntil(
    () => scene.all<HTMLButtonElement>('button', name)[0]?.disabled === false,
    `no ${name} to be pressed`,
  );
  return button(scene, name);
};
/** As a pointer presses. */
const press = (target: HTMLElement): void =>
  void target.dispatchEvent(new MouseEvent('click', {bubbles: true, detail: 1}));
const answers = (scene: ChatScene): unknown[] =>
  scene.commands('answer').map((command) => 'option' in command && command.option);

describe('<agent-chat>: approvals', () => {
  it('cannot be answered by what was meant for something else when they appear', async () => {
    const scene = await asked();
    const allow = await button(scene, 'Allow');
    allow.click();
    press(allow);
    expect(allow.disabled).to.equal(true);
    expect(scene.chat.shadowRoot?.activeElement, 'takes no focus').to.equal(null);
    press(await ready(scene, 'Allow'));
    expect(answers(scene)).to.deep.equal(['yes']);
  });

  it('are armed again when what they ask changes', async () => {
    const scene = await asked();
    (await ready(scene, 'Reject')).focus();
    scene.memory.event('s', question({title: 'Delete src?'}));
    const group = await scene.get('group', 'Delete src?');
    const allow = await button(scene, 'Allow');
    allow.click();
    expect(allow.disabled).to.equal(true);
    expect(scene.chat.shadowRoot?.activeElement === group, 'no answer keeps the focus').to.equal(true);
    (await ready(scene, 'Reject')).click();
    expect(answers(scene)).to.deep.equal(['no']);
  });

  it('are armed again when the call changes that they are about', async () => {
    const scene = await chatScene();
    const call = {id: 'k', turn: 't', input: {command: 'ls'}} as const;
    await scene.open([{kind: 'tool-began', name: 'bash', ...call}, question({title: 'Run it?', tool: 'k'})]);
    const allow = await ready(scene, 'Allow');
    scene.memory.event('s', {kind: 'tool-updated', ...call, input: {command: 'rm -rf /'}});
    await waitUntil(() => allow.disabled);
    allow.click();
    expect(answers(scene)).to.deep.equal([]);
    (await ready(scene, 'Allow')).click();
    expect(answers(scene)).to.deep.equal(['yes']);
  });

  it('are not answered by a press that began before they could be', async () => {
    const scene = await asked();
    const down = (on: HTMLElement) => on.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
    down(await button(scene, 'Allow'));
    press(await ready(scene, 'Allow'));
    expect(answers(scene)).to.deep.equal([]);
    const allow = await ready(scene, 'Allow');
    down(allow);
    press(allow);
    expect(answers(scene)).to.deep.equal(['yes']);
  });

  it('are not answered by a pointer below which they have just moved', async () => {
    const scene = await asked({kind: 'tool-began', id: 'k', turn: 't', name: 'count', input: {dir: 'src'}});
    const allow = await ready(scene, 'Allow');
    (await scene.get('button', /^count/)).click();
    await scene.get('group', 'Input');
    press(allow);
    expect(answers(scene)).to.deep.equal([]);
    await waitUntil(() => scene.all('group', 'Delete dist?')[0]?.textContent?.includes('had just moved'));
    await waitUntil(() => {
      press(allow);
      return answers(scene).length > 0;
    });
    expect(answers(scene)).to.deep.equal(['yes']);
  });

  it('are not answered by Enter in the box', async () => {
    const scene = await asked();
    await ready(scene, 'Allow');
    await scene.send('Go on');
    expect(answers(scene)).to.deep.equal([]);
  });

  it('say in the words of the agent what is allowed for good', async () => {
    const scene = await asked();
    (await ready(scene, 'Always allow “rm -rf dist” in this folder')).click();
    expect(answers(scene)).to.deep.equal(['always']);
    const group = await scene.get('group', 'Delete dist?');
    await waitUntil(() => group.textContent?.includes('Answering…'));
  });

  it('stay over a lost connection, and are answered then', async () => {
    const scene = await asked();
    const allow = await ready(scene, 'Allow');
    scene.memory.drop();
    allow.click();
    await waitUntil(() => allow.getAttribute('aria-disabled') === 'true');
    scene.memory.welcome();
    await waitUntil(() => answers(scene).length > 0);
    scene.memory.event(
      's',
      {kind: 'approval-answered', id: 'a', option: 'yes'},
      {command: scene.commands('answer')[0]?.id ?? ''},
    );
    await scene.gone('button', 'Allow');
    expect((await scene.get('group', 'Delete dist?')).textContent).to.include('Answered: Allow');
  });

  it('say why nobody has to answer any more', async () => {
    const scene = await asked();
    scene.memory.event('s', {kind: 'approval-answered', id: 'a', option: null, reason: 'agent-exited'});
    await waitUntil(() => scene.all('group')[0]?.textContent?.includes('Withdrawn: the agent has ended.'));
  });

  it('show what cannot be seen in what they ask', async () => {
    const scene = await chatScene();
    const label = 'Allow \u202eyaw\u202c';
    await scene.open([question({title: 'Run \u2066x', options: [{id: 'y', label, kind: 'allow'}]})]);
    await scene.get('group', 'Run ⟨U+2066⟩x');
    await scene.get('button', 'Allow ⟨U+202E⟩yaw⟨U+202C⟩');
    await expect(scene.chat).to.be.accessible();
  });
});
