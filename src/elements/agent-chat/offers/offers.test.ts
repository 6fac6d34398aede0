import {expect, waitUntil} from '@open-wc/testing';
import type {EventOf} from '../../../model/events.ts';
import {chatScene, type ChatScene} from '../testkit.ts';

const options = (pace: string, write = false): EventOf<'options'> => ({
  kind: 'options',
  options: [
    {
      id: 'pace',
      label: 'Pace',
      type: 'select',
      value: pace,
      choices: [
        {value: 'brisk', label: 'Brisk'},
        {value: 'calm', label: 'Calm', description: 'to be read along'},
      ],
    },
    {id: 'write', label: 'Write files', type: 'boolean', value: write},
  ],
});

const shown = (scene: ChatScene): string =>
  scene.all<HTMLSelectElement>('combobox', 'Pace')[0]?.selectedOptions[0]?.textContent?.trim() ?? '';
const choose = async (scene: ChatScene, name: string, place: number): Promise<void> => {
  const select = await scene.get<HTMLSelectElement>('combobox', name);
  select.selectedIndex = place;
  select.dispatchEvent(new Event('change', {bubbles: true}));
  await scene.chat.updateComplete;
};

describe('<agent-chat>: what the agent offers', () => {
  it('shows options by their labels, and what is chosen at once', async () => {
    const scene = await chatScene();
    await scene.open([options('brisk')]);
    expect(shown(scene)).to.equal('Brisk');
    await expect(scene.chat).to.be.accessible();
    await choose(scene, 'Pace', 1);
    expect(scene.commands('set-option')[0]).to.include({option: 'pace', value: 'calm'});
    const select = await scene.get('combobox', 'Pace');
    await waitUntil(() => select.ariaBusy === 'true');
    expect(shown(scene)).to.equal('Calm');
    scene.memory.event('s', options('calm'), {command: scene.commands('set-option')[0]?.id ?? ''});
    await waitUntil(() => select.ariaBusy === 'false');
    expect(shown(scene)).to.equal('Calm');

    const write = scene.all<HTMLInputElement>('[role=switch]', 'Write files')[0];
    write?.click();
    expect(scene.commands('set-option')[1]).to.include({option: 'write', value: true});
    await waitUntil(() => write?.ariaBusy === 'true');
    expect(write?.checked).to.equal(true);
  });

  it('shows the old value again when the agent or the server refuses', async () => {
    const scene = await chatScene();
    await scene.open([options('brisk')]);
    await choose(scene, 'Pace', 1);
    const [first] = scene.commands('set-option');
    scene.memory.event('s', options('calm'), {command: first?.id ?? ''});
    scene.memory.event('s', options('brisk'));
    scene.memory.event('s', {kind: 'notice', id: 'n', level: 'warning', text: '“Pace” stays as it was.'});
    await waitUntil(() => shown(scene) === 'Brisk');
    await scene.get('note', '“Pace” stays as it was.');
    await choose(scene, 'Pace', 1);
    scene.memory.reject(scene.commands('set-option')[1]?.id ?? '', 'invalid', 'No.');
    await waitUntil(() => shown(scene) === 'Brisk');
  });

  it('shows nothing of what the server has not', async () => {
    const scene = await chatScene({welcome: {capabilities: []}});
    await scene.open([options('brisk')]);
    await scene.get('textbox', 'Message');
    expect(scene.has('combobox', 'Pace')).to.equal(false);
    expect(scene.has('group', 'Options')).to.equal(false);
  });

  it('says how full the context is', async () => {
    const scene = await chatScene();
    await scene.open([], {usage: {used: 42_000, size: 100_000, cost: {amount: 0.5, currency: 'EUR'}}});
    const row = await scene.get('group', 'Options');
    expect(row.textContent?.replace(/\s+/g, ' ')).to.include('42 % of context 0.5 EUR');
    const meter = scene.all<HTMLMeterElement>('meter')[0];
    expect([meter?.value, meter?.ariaLabel]).to.deep.equal([42, '42 % of context']);
    await expect(scene.chat).to.be.accessible();
  });

  it('starts a conversation in the folder that is chosen, the first unless another is', async () => {
    const agents = [
      {id: 'a', title: 'A', folders: ['/srv/one', '/srv/two']},
      {id: 'b', title: 'B'},
    ];
    const scene = await chatScene({welcome: {agents}});
    await choose(scene, 'Folder', 1);
    await scene.send('Hello');
    expect(scene.commands('start')[0]).to.include({agent: 'a', cwd: '/srv/two'});
    scene.chat.newConversation();
    await choose(scene, 'Agent', 1);
    await scene.gone('combobox', 'Folder');
    await scene.send('Hello');
    expect(scene.commands('start')[1]).not.to.have.property('cwd');
  });

  it('shows a plan as a list with its states in words, once, where it was told last', async () => {
    const scene = await chatScene();
    const plan = (status: 'running' | 'done'): EventOf<'plan'> => ({
      kind: 'plan',
      turn: 't',
      entries: [
        {text: 'Look', status},
        {text: 'Do', status: 'pending'},
      ],
    });
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, plan('running')], {
      status: 'running',
      turn: 't',
    });
    await scene.get('list', 'Plan');
    const said = (): string[] =>
      scene
        .all('list', 'Plan')
        .flatMap((list) => [...list.children].map((each) => each.textContent?.replace(/\s+/g, ' ').trim() ?? ''));
    expect(said()).to.deep.equal(['Look running', 'Do to do']);
    scene.memory.event('s', {kind: 'message', id: 'm', turn: 't', role: 'agent', text: 'Seen.'});
    scene.memory.event('s', plan('done'));
    await waitUntil(() => said()[0] === 'Look completed');
    expect(said()).to.have.length(2);
    expect(scene.all('list', 'Plan')).to.have.length(1);
    await expect(scene.chat).to.be.accessible();
  });
});
