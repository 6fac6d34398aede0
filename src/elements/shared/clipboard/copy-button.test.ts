import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {render} from 'lit';
import {laterEnglish} from '../../../context/later-strings.ts';
import type {Strings} from '../../../context/strings.ts';
import {copyButton} from './copy-button.ts';
import {pretendClipboard} from './testkit.ts';

const strings = laterEnglish as Strings;

describe('the button that copies', () => {
  let clipboard = pretendClipboard();
  const pretend = (...how: Parameters<typeof pretendClipboard>): void => {
    clipboard = pretendClipboard(...how);
  };
  afterEach(() => clipboard.restore());

  async function button(text = 'words'): Promise<{it: HTMLButtonElement; box: HTMLElement; said: () => string}> {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    render(copyButton({text: () => text, name: 'Copy the words', strings}), box);
    const it = box.querySelector('button') as HTMLButtonElement;
    return {it, box, said: () => box.querySelector('[aria-live=polite]')?.textContent ?? ''};
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
      expect(document.activeElement === it, 'keeps the focus').to.equal(true);
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
    render(copyButton({text: () => 'new', name: 'Copy the words', strings}), box);
    expect(box.querySelector('button') === it).to.equal(true);
    it.click();
    await waitUntil(() => said() === 'Copied');
    expect(clipboard.text).to.equal('new');
  });
});
