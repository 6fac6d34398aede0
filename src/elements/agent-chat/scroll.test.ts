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
  await waitUntil(() => scene.said.length === 30 && left(logOf(scene)) <= 1);
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

const stored = (seq: number) => ({seq, time: '2026-01-01T00:00:00Z', event: theirs(`Answer ${seq}`)});

/** 30 messages, and as many before them that are not loaded. */
const someOlder = async (): Promise<ChatScene> => {
  const scene = await chatScene();
  scene.memory.put({id: 's'});
  scene.provider.selected = 's';
  await scene.chat.updateComplete;
  const events = Array.from({length: 30}, (_, n) => stored(n + 31));
  scene.memory.tell({type: 'thread', session: 's', events, open: [], next: 31});
  await waitUntil(() => scene.said.length === 30 && left(logOf(scene)) <= 1);
  return scene;
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

  it('stays at the end when a phone is turned: more room, and then lines that are longer', async () => {
    const scene = await long();
    scene.memory.event('s', theirs('Many words. '.repeat(60)));
    await waitUntil(() => scene.said.at(-1)?.includes('Many') && left(logOf(scene)) <= 1);
    const before = logOf(scene).scrollTop;
    scene.chat.style.setProperty('block-size', '600px');
    expect(logOf(scene).scrollTop, 'the browser moves it').to.be.lessThan(before);
    scene.chat.style.setProperty('inline-size', '300px');
    expect(left(logOf(scene))).to.be.greaterThan(2);
    await nextFrame();
    await waitUntil(() => left(logOf(scene)) <= 1);
    expect(scene.has('button', 'Jump to latest')).to.equal(false);
  });

  it('stays at the end when what is there shrinks before it grows', async () => {
    const scene = await long();
    const last = scene.all('article').at(-1) as HTMLElement;
    last.style.setProperty('block-size', '300px');
    await nextFrame();
    await waitUntil(() => left(logOf(scene)) <= 1);
    for (const height of ['200px', '600px']) {
      const before = logOf(scene).scrollTop;
      last.style.setProperty('block-size', '50px');
      expect(logOf(scene).scrollTop, 'the browser moves it').to.be.lessThan(before);
      last.style.setProperty('block-size', height);
      expect(left(logOf(scene))).to.be.greaterThan(2);
      await nextFrame();
      await waitUntil(() => left(logOf(scene)) <= 1);
      expect(scene.has('button', 'Jump to latest')).to.equal(false);
    }
  });

  it('stays at the end when the chat takes a line away and puts as high a one in its place', async () => {
    const scene = await long();
    const last = scene.all('article').at(-1) as HTMLElement;
    const height = last.getBoundingClientRect().height;
    const before = logOf(scene).scrollTop;
    last.style.setProperty('display', 'none');
    scene.chat.requestUpdate();
    await scene.chat.updateComplete;
    expect(logOf(scene).scrollTop, 'the browser moves it').to.be.lessThan(before);
    last.style.removeProperty('display');
    expect(last.getBoundingClientRect().height).to.equal(height);
    await nextFrame();
    await waitUntil(() => logOf(scene).scrollTop === before);
    expect(scene.has('button', 'Jump to latest')).to.equal(false);
  });

  it('keeps what is in sight when something high is unfolded at the end, and stays at the end otherwise', async () => {
    const scene = await long();
    const last = scene.all('article').at(-1) as HTMLElement;
    const button = document.createElement('button');
    last.append(button);
    for (const [grown, stays] of [
      [60, false],
      [3000, true],
    ] as const) {
      await waitUntil(() => left(logOf(scene)) <= 1);
      const {top} = button.getBoundingClientRect();
      const {height} = last.getBoundingClientRect();
      button.onclick = () => last.style.setProperty('min-block-size', `${height + grown}px`);
      button.click();
      await nextFrame();
      await nextFrame();
      await waitUntil(() => scene.has('button', 'Jump to latest') === stays);
      if (stays) expect(button.getBoundingClientRect().top).to.be.closeTo(top, 1);
      else expect(left(logOf(scene))).to.be.lessThan(2);
    }
  });

  it('lets a reader go who turns the wheel while more comes', async () => {
    const scene = await long();
    logOf(scene).dispatchEvent(new WheelEvent('wheel', {bubbles: true, composed: true}));
    (scene.all('article').at(-1) as HTMLElement).style.setProperty('block-size', '300px');
    const to = logOf(scene).scrollTop - 60;
    await leave(scene, to);
    await nextFrame();
    expect(logOf(scene).scrollTop).to.equal(to);
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
    const scene = await someOlder();
    await leave(scene, 30);
    await nextFrame();
    const before = topOf(scene, 'Answer 32');
    await waitUntil(() => scene.memory.queries.length === 1);
    await scene.get('button', 'Loading older messages…');
    scene.memory.queries[0]?.answer({events: Array.from({length: 30}, (_, n) => stored(n + 1))});
    await scene.gone('button', 'Loading older messages…');
    await waitUntil(() => logOf(scene).scrollTop > 300);
    // The button has gone from above it.
    expect(topOf(scene, 'Answer 32')).to.be.closeTo(before, 2);
  });

  it('asks for older ones by scrolling once; where that fails, the button is left', async () => {
    const scene = await someOlder();
    await leave(scene, 30);
    await waitUntil(() => scene.memory.queries.length === 1);
    scene.memory.queries[0]?.fail('internal', 'No.');
    await scene.get('button', 'Load older messages');
    logOf(scene).scrollTop = 10;
    await nextFrame();
    await nextFrame();
    expect(scene.memory.queries).to.have.length(1);
    await scene.click('Load older messages');
    expect(scene.memory.queries).to.have.length(2);
  });
});
