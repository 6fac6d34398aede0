import {expect, waitUntil} from '@open-wc/testing';
import type {EventOf, ThreadEvent} from '../../../model/events.ts';
import {chatScene, mine, nameOf, theirs, type ChatScene} from '../testkit.ts';

const began = (id: string, more: Partial<EventOf<'tool-began'>> = {}): ThreadEvent => ({
  kind: 'tool-began',
  id,
  turn: 't',
  name: 'count',
  title: id,
  ...more,
});
const ended = (id: string, outcome: EventOf<'tool-ended'>['outcome'] = 'completed'): ThreadEvent => ({
  kind: 'tool-ended',
  id,
  turn: 't',
  outcome,
});
const calls = (from: number, to: number): ThreadEvent[] =>
  Array.from({length: to - from + 1}, (_, at) => `k${from + at}`).flatMap((id) => [began(id), ended(id)]);

const shown = (scene: ChatScene): string[] => scene.all('button', /^count/).map(nameOf);
const shows = (scene: ChatScene, ...names: string[]): Promise<void> =>
  waitUntil(() => JSON.stringify(shown(scene)) === JSON.stringify(names), `shows ${shown(scene).join()}`);
const counts = (scene: ChatScene): string[] =>
  scene.all('button', 'Tool calls').map((button) => {
    const root = button.getRootNode() as ShadowRoot;
    return nameOf(root.getElementById(button.getAttribute('aria-describedby') ?? '') as HTMLElement);
  });
const describes = (scene: ChatScene, ...words: string[]): Promise<void> =>
  waitUntil(() => counts(scene).join(';') === words.join(';'), counts(scene).join(';'));

describe('<agent-chat>: many tool calls', () => {
  it('stand alone as long as they are few', async () => {
    const scene = await chatScene();
    await scene.open(calls(1, 5));
    await waitUntil(() => shown(scene).length === 5);
    expect(scene.has('button', 'Tool calls')).to.equal(false);
  });

  it('are one row with the last of them, and with what failed or goes on', async () => {
    const scene = await chatScene();
    await scene.open([mine('Go'), ...calls(1, 6), theirs('Done')]);
    await shows(scene, 'count k6 completed');
    await describes(scene, '6 completed');
    const group = await scene.get('button', 'Tool calls');
    scene.memory.event('s', {...(theirs('More') as EventOf<'message'>), id: 'm2'});
    for (const event of [...calls(11, 16), began('f'), ended('f', 'failed'), began('r'), ...calls(17, 18)]) {
      scene.memory.event('s', event);
    }
    await shows(scene, 'count k6 completed', 'count f failed', 'count r running', 'count k18 completed');
    expect((await scene.get('button', 'Tool calls')) === group, 'the first stays').to.equal(true);
    await describes(scene, '6 completed', '1 failed, 8 completed, 1 running');
    scene.memory.event('s', ended('r'));
    await shows(scene, 'count k6 completed', 'count f failed', 'count k18 completed');
    await expect(scene.chat).to.be.accessible();
  });

  it('open on all of them, and stay open while there are more', async () => {
    const scene = await chatScene();
    await scene.open(calls(1, 6));
    await shows(scene, 'count k6 completed');
    const group = await scene.get('button', 'Tool calls');
    expect(group.getAttribute('aria-expanded')).to.equal('false');
    group.focus();
    group.click();
    await waitUntil(() => shown(scene).length === 6);
    expect(group.getAttribute('aria-expanded')).to.equal('true');
    for (const event of calls(7, 8)) scene.memory.event('s', event);
    await waitUntil(() => shown(scene).length === 8);
    expect(scene.chat.shadowRoot?.activeElement === group, 'keeps the focus').to.equal(true);
    group.click();
    await shows(scene, 'count k8 completed');
  });

  it('do not take away what a person reads, or has the focus on', async () => {
    const scene = await chatScene();
    await scene.open(calls(1, 5));
    (await scene.get('button', 'count k2 completed')).click();
    const third = await scene.get('button', 'count k3 completed');
    third.focus();
    for (const event of calls(6, 7)) scene.memory.event('s', event);
    await shows(scene, 'count k2 completed', 'count k3 completed', 'count k7 completed');
    expect(scene.chat.shadowRoot?.activeElement === third).to.equal(true);
  });

  it('render one card when one of a thousand changes', async () => {
    const scene = await chatScene();
    await scene.open([...calls(1, 1_000), began('last')]);
    await describes(scene, '1000 completed, 1 running');
    await shows(scene, 'count last running');
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    const column = scene.all('.items')[0] as HTMLElement;
    observer.observe(column, {subtree: true, childList: true, characterData: true, attributes: true});
    scene.memory.stream('s', {item: 'last', turn: 't', kind: 'tool-output', text: 'one line\n'});
    scene.memory.event('s', {kind: 'tool-updated', id: 'last', turn: 't', title: 'other'});
    await shows(scene, 'count other running');
    expect(changes).to.be.below(5);
    observer.disconnect();
  });
});

describe('<agent-chat>: calls and other sessions', () => {
  it('stand further in inside of others, however deep', async () => {
    const scene = await chatScene();
    await scene.open([
      began('a'),
      began('b', {parent: 'a'}),
      began('c', {parent: 'b'}),
      began('x', {parent: 'y'}),
      began('y', {parent: 'x'}),
    ]);
    await waitUntil(() => shown(scene).length === 5);
    const insets = scene.all('[part=tool]').map((card) => getComputedStyle(card).marginInlineStart);
    expect(insets).to.deep.equal(['0px', '20px', '40px', '80px', '80px']);
  });

  it('name the session that was started, say what it does, and open it', async () => {
    const scene = await chatScene();
    scene.memory.put({id: 'c', title: 'Run the tests', parent: 's', status: 'running', turn: 'tc'});
    await scene.open([began('a', {child: 'c'})]);
    const open = await scene.get('button', 'Open Run the tests');
    const status = (): string => scene.all('.child .status')[0]?.textContent ?? '';
    expect(status()).to.equal('Running');
    scene.memory.put({id: 'c', title: 'Run the tests', parent: 's', status: 'waiting', turn: 'tc'});
    await waitUntil(() => status() === 'Needs input');
    const prevent = (event: Event): void => event.preventDefault();
    scene.provider.addEventListener('session-select', prevent, {once: true});
    open.click();
    expect(scene.provider.selected).to.equal('s');
    await expect(scene.chat).to.be.accessible();
    open.click();
    expect(scene.provider.selected).to.equal('c');
  });

  it('offer the way to a session that is not known', async () => {
    const scene = await chatScene();
    await scene.open([began('a', {child: 'gone'})]);
    await scene.get('button', 'Open the session it started');
  });
});

describe('<agent-chat>: thoughts', () => {
  const at = (seconds: number, seq: number, event: ThreadEvent) => ({
    seq,
    time: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString(),
    event,
  });

  it('say how long they took, by the times of the log', async () => {
    const scene = await chatScene();
    scene.memory.put({id: 's', status: 'finished'});
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    const events = [
      at(0, 1, {kind: 'turn-began', turn: 't', origin: 'user'}),
      at(0, 2, mine('Go')),
      at(42, 3, {kind: 'thought', id: 'a', turn: 't', text: 'Hm.'}),
      at(42, 4, began('k')),
      at(50, 5, ended('k')),
      at(50, 6, {kind: 'thought', id: 'b', turn: 't', text: 'Quick.'}),
      at(52, 7, began('l')),
      at(59, 8, {kind: 'thought', id: 'c', turn: 't', text: 'While it runs.'}),
    ];
    scene.memory.tell({type: 'thread', session: 's', events, open: []});
    await waitUntil(() => scene.all('button', /^Thought/).length === 3);
    await waitUntil(
      () =>
        scene
          .all('button', /^Thought/)
          .map(nameOf)
          .join() === 'Thought for 42s,Thought,Thought',
      scene
        .all('button', /^Thought/)
        .map(nameOf)
        .join(),
    );
  });

  it('are folded while they are streamed, too', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, mine('Go')], {status: 'running', turn: 't'});
    scene.memory.stream('s', {item: 'a', turn: 't', kind: 'thought', text: 'So far'});
    const button = await scene.get('button', /^Thinking/);
    expect(scene.all('log')[0]?.textContent).not.to.include('So far');
    button.click();
    await waitUntil(() => scene.all('log')[0]?.textContent?.includes('So far'));
    await expect(scene.chat).to.be.accessible();
  });
});
