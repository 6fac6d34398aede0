import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {render} from 'lit';
import {laterEnglish} from '../../../context/later-strings.ts';
import type {Strings} from '../../../context/strings.ts';
import {copyButton} from './copy-button.ts';
import {pretendClipboard, saidAround} from './testkit.ts';

const strings = laterEnglish as Strings;

describe('the button that copies', () => {
  let clipboard = pretendClipboard();
  const pretend = (...how: Parameters<typeof pretendClipboard>): void => {
    clipboard = pretendClipboard(...how);
  };
  afterEach(() => clipboard.restore());

  /** As many as texts, in an element. */
  async function buttons(...texts: readonly string[]): Promise<ShadowRoot> {
    const root = (await fixture(html`<div></div>`)).attachShadow({mode: 'open'});
    const all = texts.map((text) => copyButton({text: () => text, name: `Copy the ${text}`, strings}));
    render(all, root);
    return root;
  }

  async function button(text = 'words'): Promise<{it: HTMLButtonElement; box: ShadowRoot; said: () => string}> {
    const box = await buttons(text);
    return {it: box.querySelector('button') as HTMLButtonElement, box, said: () => saidAround(box).join()};
  }

  it('uses the clipboard, and says so', async () => {
    pretend();
    const {it, said} = await button();
    expect([it.ariaLabel, it.title, said()]).to.deep.equal(['Copy the words', 'Copy the words', '']);
    it.click();
    await waitUntil(() => said() === 'Copied');
    expect(clipboard.text).to.equal('words');
  });

  for (const write of [false, 'refuse'] as const) {
    it(write ? 'goes the old way where the clipboard refuses' : 'goes the old way where there is none', async () => {
      pretend({write, command: true});
      const {it, box, said} = await button('one\ntwo');
      it.focus();
      it.click();
      await waitUntil(() => said() === 'Copied');
      expect(clipboard.selected).to.equal('one\ntwo');
      expect(box.activeElement === it, 'keeps the focus').to.equal(true);
      expect(box.querySelector('textarea')).to.equal(null);
    });
  }

  for (const command of [false, undefined]) {
    it(`says that nothing was copied where the old way ${command === undefined ? 'throws' : 'fails'}`, async () => {
      pretend({write: false, ...(command !== undefined && {command})});
      const {it, box, said} = await button();
      it.click();
      await waitUntil(() => said() === 'This could not be copied.');
      expect(box.querySelector('textarea')).to.equal(null);
    });
  }

  it('copies what there is when it is pressed, and stays the same button', async () => {
    pretend();
    const {it, box, said} = await button('old');
    render([copyButton({text: () => 'new', name: 'Copy the words', strings})], box);
    expect(box.querySelector('button') === it).to.equal(true);
    it.click();
    await waitUntil(() => said() === 'Copied');
    expect(clipboard.text).to.equal('new');
  });

  it('has one live region, however many there are, and shows beside each what came of it', async () => {
    pretend();
    const root = await buttons('one', 'two', 'three');
    const [one, two] = root.querySelectorAll('button');
    expect(root.querySelectorAll('[aria-live]')).to.have.length(0);
    one?.click();
    await waitUntil(() => saidAround(root).join() === 'Copied');
    const [region] = root.querySelectorAll('[aria-live]');
    const before = region?.firstChild;
    two?.click();
    await waitUntil(() => region?.firstChild !== before);
    expect(saidAround(root)).to.deep.equal(['Copied']);
    const shown = [...root.querySelectorAll('.copied')].map((each) => [each.textContent, each.ariaHidden]);
    expect(shown).to.deep.equal([
      ['Copied', 'true'],
      ['Copied', 'true'],
      ['', 'true'],
    ]);
  });
});
