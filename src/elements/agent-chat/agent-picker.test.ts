import {expect, waitUntil} from '@open-wc/testing';
import {emulateMedia, sendKeys, setViewport} from '@web/test-runner-commands';
import type {Agent} from '../../model/inputs.ts';
import {chatScene, type ChatScene} from './testkit.ts';

const names = ['Researcher', 'Reviewer', 'Writer', 'Translator', 'Tester', 'Planner', 'Librarian', 'Cook', 'Gardener'];
const agents: readonly Agent[] = [
  {id: 'none', title: 'Generic Agent'},
  ...names.map((title) => ({id: title.toLowerCase(), title, description: `Does what a ${title.toLowerCase()} does`})),
];

const picker = (scene: ChatScene): HTMLInputElement => scene.all<HTMLInputElement>('input[role=combobox]')[0] as never;
const options = (scene: ChatScene): string[] => scene.all('[role=option] .name').map((each) => each.textContent ?? '');
const active = (scene: ChatScene): string | null | undefined =>
  scene.chat.shadowRoot
    ?.getElementById(picker(scene).getAttribute('aria-activedescendant') ?? '')
    ?.querySelector('.name')?.textContent;
const isOpen = (scene: ChatScene): boolean => picker(scene).ariaExpanded === 'true';

async function many(): Promise<ChatScene> {
  const scene = await chatScene({welcome: {agents}});
  await waitUntil(() => picker(scene)?.value === 'Generic Agent');
  return scene;
}
async function opened(): Promise<ChatScene> {
  const scene = await many();
  picker(scene).click();
  picker(scene).focus();
  await waitUntil(() => isOpen(scene) && options(scene).length === agents.length);
  return scene;
}

describe('<agent-chat>: the choice of many agents', () => {
  it('is a plain select where there are few', async () => {
    const scene = await chatScene({welcome: {agents: agents.slice(0, 8)}});
    const select = await scene.get<HTMLSelectElement>('combobox', 'Agent');
    expect(select.options.length).to.equal(8);
    expect(picker(scene)).to.equal(undefined);
  });

  it('is closed at first, says its name and what is chosen', async () => {
    const scene = await many();
    expect(picker(scene).ariaLabel).to.equal('Agent');
    expect(isOpen(scene)).to.equal(false);
    expect(options(scene)).to.deep.equal([]);
    picker(scene).focus();
    await sendKeys({press: 'Enter'});
    expect(isOpen(scene)).to.equal(false);
    await expect(scene.chat).to.be.accessible();
  });

  it('follows what is typed, in name and description, and Enter takes what is marked', async () => {
    const scene = await opened();
    await sendKeys({type: 're'});
    await waitUntil(() => options(scene).join() === 'Researcher,Reviewer');
    expect(active(scene)).to.equal('Researcher');
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => active(scene) === 'Reviewer');
    expect(scene.all('[role=option]').map(({ariaSelected}) => ariaSelected)).to.deep.equal(['false', 'true']);
    await sendKeys({press: 'Enter'});
    await waitUntil(() => !isOpen(scene) && picker(scene).value === 'Reviewer');
    expect(scene.chat.shadowRoot?.activeElement === picker(scene), 'keeps the focus').to.equal(true);
    await scene.send('Look at this');
    expect(scene.commands('start')[0]).to.include({agent: 'reviewer', text: 'Look at this'});
  });

  it('opens by the first letter, and loses none', async () => {
    const scene = await many();
    picker(scene).select();
    await sendKeys({type: 'cook'});
    await waitUntil(() => options(scene).join() === 'Cook');
    expect(picker(scene).value).to.equal('cook');
  });

  it('opens by the arrows where one stands, and goes round', async () => {
    const scene = await many();
    picker(scene).focus();
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => isOpen(scene) && active(scene) === 'Generic Agent');
    await sendKeys({press: 'ArrowUp'});
    await waitUntil(() => active(scene) === 'Gardener');
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => active(scene) === 'Generic Agent');
    const controls = picker(scene).getAttribute('aria-controls') ?? '';
    expect(scene.chat.shadowRoot?.getElementById(controls)?.getAttribute('role')).to.equal('listbox');
  });

  it('changes nothing on Escape, which goes no further, nor when it is left', async () => {
    const scene = await opened();
    let heard = 0;
    const count = (event: KeyboardEvent): unknown => event.key === 'Escape' && heard++;
    document.addEventListener('keydown', count);
    await sendKeys({type: 'cook'});
    await waitUntil(() => options(scene).join() === 'Cook');
    await sendKeys({press: 'Escape'});
    await waitUntil(() => !isOpen(scene) && picker(scene).value === 'Generic Agent');
    expect(heard).to.equal(0);
    await sendKeys({press: 'Escape'});
    expect(heard).to.equal(1);
    document.removeEventListener('keydown', count);
    await sendKeys({type: 'x'});
    await waitUntil(() => picker(scene).value === 'x');
    await sendKeys({press: 'Tab'});
    await waitUntil(() => picker(scene).value === 'Generic Agent');
    expect(scene.all('[popover]').length).to.equal(0);
  });

  it('takes a click, and says where nothing matches', async () => {
    const scene = await opened();
    await sendKeys({type: 'nobody'});
    await waitUntil(() => scene.has('status', 'No agent matches.'));
    expect(isOpen(scene)).to.equal(false);
    expect(picker(scene).hasAttribute('aria-controls')).to.equal(false);
    await expect(scene.chat).to.be.accessible();
    await sendKeys({press: 'Escape'});
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => options(scene).length === agents.length);
    scene.all('[role=option]')[9]?.click();
    await waitUntil(() => picker(scene).value === 'Gardener');
  });

  it('leaves what an input method has not finished alone', async () => {
    const scene = await opened();
    picker(scene).dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}));
    await scene.chat.updateComplete;
    expect(isOpen(scene)).to.equal(true);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is in sight, whole and accessible when open, 320 px wide, from right to left, ${colorScheme}`, async () => {
      await emulateMedia({colorScheme});
      await setViewport({width: 320, height: 480});
      document.documentElement.dir = 'rtl';
      try {
        const scene = await opened();
        const box = scene.all('[popover]')[0]?.getBoundingClientRect() as DOMRect;
        expect(box.left >= 0 && box.right <= 320 && box.top >= 0 && box.bottom <= 480, JSON.stringify(box)).to.equal(
          true,
        );
        expect(box.height).to.be.greaterThan(100);
        await expect(scene.chat).to.be.accessible();
      } finally {
        document.documentElement.removeAttribute('dir');
        await setViewport({width: 800, height: 600});
        await emulateMedia({colorScheme: 'light'});
      }
    });
  }
});
