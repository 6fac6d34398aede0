import {expect, waitUntil} from '@open-wc/testing';
import {emulateMedia, sendKeys, setViewport} from '@web/test-runner-commands';
import type {Completion, CompletionSource} from './completion-source.ts';
import {chatScene, type ChatScene} from './testkit.ts';

const commands = [
  {name: 'compact', description: 'Shortens the conversation'},
  {name: 'test', description: 'Runs the tests', hint: 'path'},
  {name: 'latest'},
];

const people = ['Anna', 'Annabel', 'Bob'];
const mentions: CompletionSource = {
  trigger: '@',
  find: (query) => people.filter((name) => name.startsWith(query)).map((label) => ({label, insert: `@${label} `})),
};

const list = (scene: ChatScene): HTMLElement | undefined => scene.all('[role=listbox]')[0];
const options = (scene: ChatScene): string[] => scene.all('[role=option] .name').map((each) => each.textContent ?? '');
const active = (scene: ChatScene): string | null | undefined =>
  scene.chat.shadowRoot?.getElementById(scene.box.getAttribute('aria-activedescendant') ?? '')?.querySelector('.name')
    ?.textContent;
const offers = (scene: ChatScene, names: string): Promise<void> =>
  waitUntil(() => options(scene).join() === names, `not offered: ${names}`, {interval: 5});

async function scene(sources: readonly CompletionSource[] = [mentions]): Promise<ChatScene> {
  const scene = await chatScene();
  await scene.open([{kind: 'commands', commands}]);
  scene.chat.completions = sources;
  await scene.chat.updateComplete;
  scene.box.focus();
  return scene;
}

/** A source whose answers the test gives. */
function slow() {
  const asked: {
    query: string;
    signal: AbortSignal;
    answer: (items: readonly Completion[]) => void;
    fail: (cause: unknown) => void;
  }[] = [];
  const source: CompletionSource = {
    trigger: '#',
    find: (query, signal) => new Promise((answer, fail) => asked.push({query, signal, answer, fail})),
  };
  return {source, asked};
}

describe('<agent-chat>: completions', () => {
  it('offers the agent’s commands behind a / in the empty box', async () => {
    const chat = await scene();
    await sendKeys({type: '/'});
    await offers(chat, '/compact,/test,/latest');
    expect(list(chat)?.ariaLabel).to.equal('Suggestions');
    expect(chat.box.getAttribute('aria-controls')).to.equal(list(chat)?.id);
    expect(active(chat)).to.equal('/compact');
    await waitUntil(() => chat.status.includes('Suggestions: 3'));
    await sendKeys({type: 'te'});
    await offers(chat, '/test,/latest');
    await sendKeys({press: 'Enter'});
    await waitUntil(() => !list(chat));
    expect(chat.box.value).to.equal('/test ');
    expect(chat.store.draft('s')).to.equal('/test ');
    expect(chat.commands('send')).to.have.length(0);
    expect(chat.box.hasAttribute('aria-controls')).to.equal(false);
    await sendKeys({press: 'Enter'});
    expect(chat.commands('send')[0]).to.include({text: '/test'});
  });

  it('offers none where the agent has none, nor in the middle of a text', async () => {
    const chat = await chatScene({welcome: {capabilities: []}});
    await chat.open([{kind: 'commands', commands}]);
    chat.chat.completions = [mentions];
    chat.box.focus();
    await sendKeys({type: '@B'});
    await offers(chat, 'Bob');
    await sendKeys({press: 'Backspace'});
    await sendKeys({press: 'Backspace'});
    await sendKeys({type: '/'});
    await waitUntil(() => !list(chat));
    const other = await scene();
    await sendKeys({type: 'a /'});
    await sendKeys({type: ' @B'});
    await offers(other, 'Bob');
  });

  it('goes through them with the arrows, and takes with Tab in the middle of a text', async () => {
    const chat = await scene();
    await chat.type('Ask  please');
    chat.box.setSelectionRange(4, 4);
    await sendKeys({type: '@Ann'});
    await offers(chat, 'Anna,Annabel');
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => active(chat) === 'Annabel');
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => active(chat) === 'Anna');
    await sendKeys({press: 'ArrowUp'});
    await waitUntil(() => active(chat) === 'Annabel');
    await sendKeys({press: 'Tab'});
    await waitUntil(() => !list(chat));
    expect(chat.box.value).to.equal('Ask @Annabel  please');
    expect(chat.box.selectionStart).to.equal('Ask @Annabel '.length);
    expect(chat.chat.shadowRoot?.activeElement).to.equal(chat.box);
  });

  it('sends at once what is typed whole', async () => {
    const chat = await scene();
    await sendKeys({type: '/test'});
    await offers(chat, '/test,/latest');
    await sendKeys({press: 'Enter'});
    expect(chat.commands('send')[0]).to.include({text: '/test'});
    await waitUntil(() => !list(chat));
  });

  it('closes on Escape and clears nothing; the key goes no further', async () => {
    const chat = await scene();
    let heard = 0;
    const count = (event: KeyboardEvent): unknown => event.key === 'Escape' && heard++;
    document.addEventListener('keydown', count);
    await sendKeys({type: '/c'});
    await offers(chat, '/compact');
    await sendKeys({press: 'Escape'});
    await waitUntil(() => !list(chat));
    await sendKeys({type: 'o'});
    await sendKeys({press: 'Escape'});
    document.removeEventListener('keydown', count);
    expect(heard).to.equal(1);
    expect(chat.box.value).to.equal('/co');
    expect(list(chat)).to.equal(undefined);
    await sendKeys({press: 'Enter'});
    expect(chat.commands('send')[0]).to.include({text: '/co'});
  });

  it('takes a click, and closes when the box is left', async () => {
    const chat = await scene();
    await sendKeys({type: '@'});
    await offers(chat, 'Anna,Annabel,Bob');
    chat.all('[role=option]')[2]?.click();
    await waitUntil(() => chat.box.value === '@Bob ');
    await sendKeys({type: '@'});
    await offers(chat, 'Anna,Annabel,Bob');
    chat.box.blur();
    await waitUntil(() => !list(chat));
    expect(chat.box.value).to.equal('@Bob @');
  });

  it('drops what comes too late', async () => {
    const {source, asked} = slow();
    const chat = await scene([source]);
    await sendKeys({type: '#'});
    await waitUntil(() => asked.length === 1);
    await sendKeys({type: 'b'});
    await waitUntil(() => asked.length === 2);
    expect(asked.map(({query, signal}) => [query, signal.aborted])).to.deep.equal([
      ['', true],
      ['b', false],
    ]);
    asked[1]?.answer([{label: 'new'}]);
    await offers(chat, 'new');
    asked[0]?.answer([{label: 'old'}]);
    await sendKeys({type: 'c'});
    await waitUntil(() => asked.length === 3);
    expect(options(chat)).to.deep.equal(['new']);
    await sendKeys({press: 'Escape'});
    asked[2]?.answer([{label: 'late'}]);
    await waitUntil(() => asked[2]?.signal.aborted);
    expect(list(chat)).to.equal(undefined);
  });

  it('says that a source has failed, and offers what the others have', async () => {
    const {source, asked} = slow();
    const chat = await scene([source, {trigger: '#', find: () => [{label: 'there'}]}]);
    await sendKeys({type: '#'});
    await waitUntil(() => asked.length === 1);
    asked[0]?.fail(new Error('no directory'));
    await offers(chat, 'there');
    expect(chat.chat.shadowRoot?.textContent).to.include('Suggestions could not be found: no directory');
    await expect(chat.chat).to.be.accessible();
  });

  it('leaves what an input method has not finished alone', async () => {
    const chat = await scene();
    await sendKeys({type: '/'});
    await offers(chat, '/compact,/test,/latest');
    chat.press({key: 'Enter', isComposing: true});
    chat.press({key: 'ArrowDown', keyCode: 229});
    expect(chat.box.value).to.equal('/');
    expect(active(chat)).to.equal('/compact');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is in sight, whole and accessible, 320 px wide, from right to left, ${colorScheme}`, async () => {
      await emulateMedia({colorScheme});
      await setViewport({width: 320, height: 480});
      document.documentElement.dir = 'rtl';
      try {
        const chat = await scene();
        await sendKeys({type: '/'});
        await offers(chat, '/compact,/test,/latest');
        await waitUntil(() => !!list(chat)?.getBoundingClientRect().height);
        const {left, right, top, bottom} = list(chat)?.getBoundingClientRect() as DOMRect;
        expect(left >= 0 && right <= 320 && top >= 0 && bottom <= 480).to.equal(true);
        await expect(chat.chat).to.be.accessible();
      } finally {
        document.documentElement.removeAttribute('dir');
        await setViewport({width: 800, height: 600});
        await emulateMedia({colorScheme: 'light'});
      }
    });
  }
});
