import {expect, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import type {Scene} from '../shared/testkit.ts';
import {element, focused, isFocused, withThree} from './testkit.ts';

const click = async (it: Scene, title: string, keys: MouseEventInit): Promise<void> => {
  (await it.get('button', title)).dispatchEvent(new PointerEvent('click', {bubbles: true, composed: true, ...keys}));
};
const pressWith = async (held: string, key: string): Promise<void> => {
  await sendKeys({down: held});
  await sendKeys({press: key});
  await sendKeys({up: held});
};
const marked = (it: Scene): string[] =>
  it
    .all('listitem')
    .filter((each) => each.querySelector<HTMLInputElement>('[type=checkbox]')?.checked)
    .map((each) => each.querySelector('.open')?.textContent.trim() ?? '');

describe('several sessions at once', () => {
  it('are marked by clicks with Ctrl and Shift, and opened by none of them', async () => {
    const it = await withThree();
    await click(it, 'Fix the build', {ctrlKey: true});
    await it.get('group', '1 selected');
    await click(it, 'Tidy up', {shiftKey: true});
    await it.get('group', '3 selected');
    expect(marked(it)).to.deep.equal(['Fix the build', 'Write the manual', 'Tidy up']);
    await click(it, 'Write the manual', {metaKey: true});
    await it.get('group', '2 selected');
    expect(it.provider.selected).to.equal(undefined);
    await click(it, 'Write the manual', {});
    expect(it.provider.selected).to.equal('b');
    await it.click('Clear');
    await it.gone('group', /selected/);
    await waitUntil(() => focused(it)?.closest('session-list-row'), 'the focus is lost');
  });

  it('are marked with the keyboard, and Escape forgets', async () => {
    const it = await withThree();
    (await it.get('button', 'Fix the build')).focus();
    await pressWith('Shift', 'ArrowDown');
    await it.get('group', '2 selected');
    await pressWith('Shift', 'ArrowUp');
    await it.get('group', '1 selected');
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'Space'});
    await it.get('group', '2 selected');
    expect(marked(it)).to.deep.equal(['Fix the build', 'Tidy up']);
    await pressWith('Control', 'a');
    await it.get('group', '3 selected');
    await sendKeys({press: 'Escape'});
    await it.gone('group', /selected/);
    isFocused(it, await it.get('button', 'Tidy up'));
    await sendKeys({press: 'Space'});
    expect(it.provider.selected, 'nobody is marking: it is a button').to.equal('c');
  });

  it('are marked by a finger once a person has said so', async () => {
    const it = await withThree();
    await click(it, 'Tidy up', {pointerType: 'touch'} as PointerEventInit);
    expect(it.provider.selected).to.equal('c');
    await it.click('Select');
    await it.get('group', '0 selected');
    await click(it, 'Fix the build', {pointerType: 'touch'} as PointerEventInit);
    await it.get('group', '1 selected');
    expect(it.provider.selected).to.equal('c');
    (await it.get('checkbox', 'Select Write the manual')).click();
    await it.get('group', '2 selected');
    await expect(element(it)).to.be.accessible();
  });

  it('are archived and brought back', async () => {
    const it = await withThree();
    await click(it, 'Write the manual', {ctrlKey: true});
    await click(it, 'Tidy up', {ctrlKey: true});
    await it.click('Archive');
    await it.shows('Fix the build');
    expect(it.has('group', /selected/)).to.equal(false);
    element(it).filter = 'archived';
    await it.shows('Write the manual', 'Tidy up');
    await click(it, 'Tidy up', {ctrlKey: true});
    await it.click('Unarchive');
    await it.shows('Write the manual');
  });

  it('are deleted after one question, each unless the page prevents it', async () => {
    const it = await withThree();
    await click(it, 'Fix the build', {ctrlKey: true});
    await click(it, 'Tidy up', {ctrlKey: true});
    it.provider.addEventListener('session-delete', (event) => {
      if (event.sessionId === 'c') event.preventDefault();
    });
    (await it.get('button', 'Tidy up')).focus();
    await sendKeys({press: 'Delete'});
    await it.get('dialog', /^Delete 2 sessions\? .* 1 of them is running/);
    await it.click('Cancel');
    await it.gone('dialog');
    expect(it.ops).to.deep.equal([]);
    await it.click('Delete…');
    await it.click('Delete 2 sessions');
    await it.shows('Write the manual', 'Tidy up');
    expect(it.memory.delivered.map(({op, session}) => `${op} ${session}`)).to.deep.equal(['delete a']);
    await it.get('group', '1 selected');
  });

  it('are no more than what is shown', async () => {
    const it = await withThree();
    (await it.get('button', 'Fix the build')).focus();
    await pressWith('Control', 'a');
    await it.get('group', '3 selected');
    element(it).query = 'tidy';
    await it.get('group', '1 selected');
    it.memory.remove('c');
    await it.gone('group', /selected/);
  });

  it('cannot be marked where nothing could be done with them', async () => {
    const it = await withThree({onConnect: (memory) => memory.welcome({capabilities: ['rename']})});
    (await it.get('button', 'Fix the build')).focus();
    await pressWith('Shift', 'ArrowDown');
    isFocused(it, await it.get('button', 'Write the manual'));
    expect(it.has('button', 'Select') || it.has('group', /selected/)).to.equal(false);
  });
});
