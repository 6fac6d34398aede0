import {expect, waitUntil} from '@open-wc/testing';
import {chatScene, mine, theirs, type ChatScene} from '../testkit.ts';

const dividers = (scene: ChatScene): HTMLElement[] => scene.all('[role=separator]');

/** What the one divider stands before. */
const next = (scene: ChatScene): string =>
  dividers(scene).length === 1 ? (dividers(scene)[0]?.nextElementSibling?.textContent ?? '') : '';

const logOf = (scene: ChatScene): HTMLElement => scene.all('log')[0] as HTMLElement;

/** A conversation of twenty answers, whose end a reader sees. */
async function read(): Promise<ChatScene> {
  const scene = await chatScene();
  await scene.open(
    Array.from({length: 20}, (_, at) => theirs(`Answer ${at}`)),
    {status: 'finished', unread: true},
  );
  // What is on the screen is told to the server.
  await waitUntil(() => scene.commands('seen').length > 0);
  await waitUntil(() => logOf(scene).scrollTop > 0);
  return scene;
}

async function other(scene: ChatScene): Promise<void> {
  scene.memory.put({id: 'other'});
  scene.provider.selected = 'other';
  await scene.gone('article');
}

/** As the browser tells that another tab is in front. */
function turn(to: 'hidden' | 'visible'): void {
  if (to === 'hidden') Object.defineProperty(document, 'visibilityState', {configurable: true, value: to});
  else Reflect.deleteProperty(document, 'visibilityState');
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('<agent-chat>: what came unseen', () => {
  afterEach(() => turn('visible'));

  it('stands behind a line when the session is opened again, until another one is opened', async () => {
    const scene = await read();
    expect(dividers(scene)).to.have.length(0);
    await other(scene);
    scene.memory.event('s', mine('From another device'));
    scene.memory.event('s', theirs('Came meanwhile'));
    scene.memory.event('s', theirs('And more'));
    scene.provider.selected = 's';
    await waitUntil(() => next(scene).includes('Came meanwhile'));
    expect(dividers(scene)[0]?.getAttribute('aria-label')).to.equal('New');
    await expect(scene.chat).to.be.accessible();
    const log = logOf(scene);
    await waitUntil(() => log.scrollHeight - log.clientHeight - log.scrollTop <= 1, 'the reader is at the end');
    await other(scene);
    scene.provider.selected = 's';
    await scene.get('article');
    expect(dividers(scene)).to.have.length(0);
  });

  it('is told from what was seen while the page is hidden, and no more once something is sent', async () => {
    const scene = await read();
    turn('hidden');
    scene.memory.event('s', theirs('While away'));
    await waitUntil(() => next(scene).includes('While away'));
    turn('visible');
    await scene.chat.updateComplete;
    scene.memory.event('s', theirs('Before the eyes'));
    await waitUntil(() => scene.said.at(-1)?.includes('Before the eyes'));
    expect(next(scene)).to.include('While away');
    await scene.send('Go on');
    await waitUntil(() => dividers(scene).length === 0);
  });

  it('does not move what a reader reads who has left the end', async () => {
    const scene = await read();
    const log = logOf(scene);
    scene.memory.stream('s', {item: 'x', turn: 't', text: 'Begun'});
    await waitUntil(() => scene.said.at(-1)?.includes('Begun'));
    log.scrollTop = 200;
    await scene.get('button', 'Jump to latest');
    const first = scene.all('article')[5] as HTMLElement;
    const {top} = first.getBoundingClientRect();
    scene.memory.stream('s', {item: 'x', turn: 't', at: 5, text: ' and ended'});
    scene.memory.event('s', theirs('Begun and ended', 'x'));
    scene.memory.event('s', theirs('Something new'));
    await waitUntil(() => next(scene).includes('Something new'));
    expect(Math.abs(first.getBoundingClientRect().top - top)).to.be.lessThan(1);
  });
});
