import {expect, waitUntil} from '@open-wc/testing';
import {nextFrame} from './next-frame.ts';
import {chatScene, theirs, type ChatScene} from './testkit.ts';

const logOf = (scene: ChatScene): HTMLElement => scene.all('log')[0] as HTMLElement;
const left = (log: HTMLElement): number => log.scrollHeight - log.clientHeight - log.scrollTop;

const long = async (): Promise<ChatScene> => {
  const scene = await chatScene();
  await scene.open(
    Array.from({length: 30}, (_, at) => theirs(`Answer ${at}`)),
    {status: 'running', turn: 't'},
  );
  await waitUntil(() => logOf(scene).scrollTop > 0 && left(logOf(scene)) <= 1);
  return scene;
};

/** As a person does, who scrolls up to read. */
const leave = async (scene: ChatScene, to: number): Promise<void> => {
  logOf(scene).scrollTop = to;
  await scene.get('button', 'Jump to latest');
};

const topOf = (scene: ChatScene, text: string): number => {
  const article = scene.all('article').find((each) => each.textContent?.includes(text));
  return Math.round(article?.getBoundingClientRect().top ?? NaN);
};

describe('<agent-chat>: scrolling', () => {
  it('stays at the end while the reader is there', async () => {
    const scene = await long();
    scene.memory.stream('s', {item: 'x', turn: 't', text: 'line\n'.repeat(40)});
    await waitUntil(() => scene.said.at(-1)?.includes('line'));
    await waitUntil(() => left(logOf(scene)) <= 1);
    scene.chat.style.setProperty('block-size', '300px');
    await waitUntil(() => logOf(scene).clientHeight < 300 && left(logOf(scene)) <= 1);
    expect(scene.has('button', 'Jump to latest')).to.equal(false);
  });

  it('stays where the reader is when something comes, and offers the way back', async () => {
    const scene = await long();
    await leave(scene, 200);
    const before = logOf(scene).scrollTop;
    scene.memory.event('s', theirs('Something new'));
    scene.memory.stream('s', {item: 'x', turn: 't', text: 'line\n'.repeat(40)});
    await waitUntil(() => scene.said.at(-1)?.includes('line'));
    await nextFrame();
    await nextFrame();
    expect(logOf(scene).scrollTop).to.equal(before);
    const jump = await scene.get('button', /^Jump to latest/);
    expect(jump.querySelector('[aria-hidden="true"].count')?.textContent).to.equal('2');
    jump.focus();
    jump.click();
    await scene.gone('button', /^Jump to latest/);
    expect(left(logOf(scene))).to.be.at.most(1);
    expect(scene.chat.shadowRoot?.activeElement).to.equal(logOf(scene));
  });

  it('goes to the end with what the reader sends', async () => {
    const scene = await long();
    await leave(scene, 200);
    await scene.send('Mine');
    await waitUntil(() => left(logOf(scene)) <= 1 && scene.said.at(-1) === 'You: Mine');
  });

  it('shows the end of another session', async () => {
    const scene = await long();
    await leave(scene, 200);
    scene.memory.put({id: 'other'});
    for (let at = 0; at < 30; at++) scene.memory.event('other', theirs(`Other ${at}`));
    scene.provider.selected = 'other';
    await waitUntil(() => scene.said.at(-1) === 'Agent: Other 29' && left(logOf(scene)) <= 1);
    expect(scene.has('button', /^Jump to latest/)).to.equal(false);
  });

  it('keeps what is read in its place when older messages come above it', async () => {
    const scene = await chatScene();
    scene.memory.put({id: 's'});
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    const at = (seq: number) => ({seq, time: '2026-01-01T00:00:00Z', event: theirs(`Answer ${seq}`)});
    const events = Array.from({length: 30}, (_, n) => at(n + 31));
    scene.memory.tell({type: 'thread', session: 's', events, open: [], next: 31});
    await waitUntil(() => logOf(scene).scrollTop > 0);
    await leave(scene, 0);
    await nextFrame();
    const before = topOf(scene, 'Answer 31');
    await scene.click('Load older messages');
    scene.memory.queries[0]?.answer({events: Array.from({length: 30}, (_, n) => at(n + 1))});
    await waitUntil(() => scene.said.length === 60);
    await waitUntil(() => logOf(scene).scrollTop > 0);
    // The button has gone from above it.
    expect(topOf(scene, 'Answer 31')).to.be.closeTo(before, 2);
  });
});
