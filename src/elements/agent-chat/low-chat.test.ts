import {expect, waitUntil} from '@open-wc/testing';
import {chatScene, theirs, type ChatScene} from './testkit.ts';

/** The least that a chat asks for. */
const LEAST = '16rem';

const isIn = (inner: Element, outer: Element): boolean => {
  const [one, other] = [inner.getBoundingClientRect(), outer.getBoundingClientRect()];
  return one.height > 0 && one.top >= other.top - 1 && one.bottom <= other.bottom + 1;
};

async function lowChat(inlineSize: string): Promise<ChatScene> {
  const scene = await chatScene();
  scene.chat.style.setProperty('block-size', LEAST);
  scene.chat.style.setProperty('inline-size', inlineSize);
  await scene.open(
    [
      {kind: 'turn-began', turn: 't', origin: 'user'},
      ...Array.from({length: 20}, (_, at) => theirs(`Answer ${at}`)),
      {
        kind: 'plan',
        turn: 't',
        entries: Array.from({length: 40}, (_, at) => ({text: `Step ${at}`, status: at ? 'pending' : 'running'})),
      },
      theirs('The last answer'),
    ],
    {status: 'running', turn: 't', cwd: '/srv/shop'},
  );
  await scene.get('button', /^Plan: /);
  return scene;
}

/** The whole box with its buttons, and of the conversation no less than a line. */
const isUsable = (scene: ChatScene): boolean => {
  const [log] = scene.all('log');
  const line = parseFloat(getComputedStyle(scene.chat).lineHeight);
  return (
    isIn(scene.box, scene.chat) &&
    scene.all('button', /^(Send|Stop)$/).every((each) => isIn(each, scene.chat)) &&
    (log?.clientHeight ?? 0) >= 2 * line
  );
};

describe('<agent-chat> of the least height', () => {
  for (const inlineSize of ['390px', '900px']) {
    it(`has box and conversation in sight, whatever is opened and written, ${inlineSize} wide`, async () => {
      const scene = await lowChat(inlineSize);
      await waitUntil(() => isUsable(scene), 'at first');
      const before = scene.box.clientHeight;
      const line = await scene.get('button', /^Plan: /);
      line.click();
      const steps = await scene.get('list', 'Steps');
      expect(isUsable(scene) && isIn(line, scene.chat), 'with the plan open').to.equal(true);
      await scene.type('line\n'.repeat(100));
      await waitUntil(() => scene.box.scrollHeight > 500);
      expect(isUsable(scene) && isIn(line, scene.chat), 'with a long text too').to.equal(true);
      line.click();
      await scene.gone('list', 'Steps');
      expect(isUsable(scene), 'with a long text').to.equal(true);
      await scene.type('line\n'.repeat(20_000));
      await waitUntil(() => scene.box.classList.contains('long'));
      expect(isUsable(scene), 'with one that is not measured').to.equal(true);
      await scene.type('');
      await waitUntil(() => scene.box.clientHeight === before);
      expect(steps.isConnected).to.equal(false);
    });
  }

  it('gives what is opened and written its room as soon as there is some', async () => {
    const scene = await lowChat('900px');
    (await scene.get('button', /^Plan: /)).click();
    const steps = await scene.get('list', 'Steps');
    await scene.type('line\n'.repeat(100));
    const [low, lowSteps] = [scene.box.clientHeight, steps.clientHeight];
    scene.chat.style.setProperty('block-size', '50rem');
    expect(scene.box.clientHeight).to.be.greaterThan(low);
    expect(steps.clientHeight).to.be.greaterThan(lowSteps);
    expect(isUsable(scene)).to.equal(true);
  });
});
