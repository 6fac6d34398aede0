import {expect, waitUntil} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse} from '@web/test-runner-commands';
import '../../define.ts';
import {ago, scene, type Scene} from '../shared/testkit.ts';
import {element, focused, isFocused, list, row} from './testkit.ts';

const withFolders = async (): Promise<Scene> => {
  const it = await scene(list, {}, (memory) => {
    for (const [at, title] of ['First', 'Second', 'Third'].entries()) {
      memory.put({id: title, title, cwd: '/srv/manuals', preview: 'What was said last', updated: ago(at)});
    }
    memory.put({id: 'child', title: 'A child', parent: 'First', updated: ago(9)});
  });
  await it.get('button', 'Third');
  return it;
};

const part = (it: Scene, title: string, selector: string): HTMLElement =>
  row(it, title).querySelector(selector) as HTMLElement;

const middleOf = (of: Element): [number, number] => {
  const {x, y, width, height} = of.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
};

const press = (on: Element, button: 'left' | 'middle' = 'left'): Promise<void> =>
  sendMouse({type: 'click', position: middleOf(on), button});

describe('a row', () => {
  afterEach(() => resetMouse());

  it('opens wherever it is pressed, and its title has the focus, without the ring of the keyboard', async () => {
    const it = await withFolders();
    for (const [title, selector] of [
      ['Second', '.detail'],
      ['Third', '[part=row-status]'],
      ['First', 'session-time'],
      ['Second', '.open'],
    ] as const) {
      await press(part(it, title, selector));
      await waitUntil(() => it.provider.selected === title, `${selector} does not open`);
      isFocused(it, await it.get('button', title));
      expect(focused(it)?.matches(':focus-visible'), selector).to.equal(false);
    }
    await sendKeys({press: 'ArrowDown'});
    await waitUntil(() => focused(it)?.matches(':focus-visible'));
    expect(getComputedStyle(row(it, 'A child')).outlineStyle).to.equal('none');
    expect(getComputedStyle(row(it, 'Third')).outlineStyle).to.equal('solid');
    await press(part(it, 'First', '.detail'));
    await waitUntil(() => it.provider.selected === 'First');
    expect(focused(it)?.matches(':focus-visible'), 'after the keyboard').to.equal(false);
  });

  it('leaves its controls what they are', async () => {
    const it = await withFolders();
    await press(part(it, 'First', '.fold'));
    await it.shows('First', 'Second', 'Third');
    await press(part(it, 'Second', '.rename'));
    const box = await it.get('textbox', 'Title');
    await press(box);
    const {x, y} = row(it, 'Third').previousElementSibling?.getBoundingClientRect() ?? new DOMRect();
    await sendMouse({type: 'click', position: [Math.round(x + 2), Math.round(y + 2)]});
    (await it.get('button', 'First')).dispatchEvent(
      new PointerEvent('click', {bubbles: true, composed: true, ctrlKey: true}),
    );
    await it.get('group', '1 selected');
    await press(await it.get('checkbox', 'Select Third'));
    await it.get('group', '2 selected');
    expect(it.provider.selected).to.equal(undefined);
  });

  it('is opened by no other button of the mouse, and by nothing that begins elsewhere', async () => {
    const it = await withFolders();
    await press(part(it, 'Second', '.detail'), 'middle');
    await sendMouse({type: 'move', position: middleOf(part(it, 'Second', '.detail'))});
    await sendMouse({type: 'down'});
    await sendMouse({type: 'move', position: middleOf(part(it, 'Third', '.detail'))});
    await sendMouse({type: 'up'});
    await element(it).updateComplete;
    expect(it.provider.selected).to.equal(undefined);
    expect(getSelection()?.toString(), 'no text is selected').to.equal('');
  });

  it('is opened by two clicks, which select no text', async () => {
    const it = await withFolders();
    const selects: string[] = [];
    it.provider.addEventListener('session-select', ({sessionId}) => selects.push(sessionId));
    const position = middleOf(part(it, 'Second', '[part=row-folder]'));
    await sendMouse({type: 'click', position});
    await sendMouse({type: 'click', position});
    await waitUntil(() => selects.length === 2);
    expect(getSelection()?.toString()).to.equal('');
  });

  it('has nothing over its words: what has a tooltip can be pointed at', async () => {
    const it = await withFolders();
    const folder = part(it, 'Second', '[part=row-folder]');
    const [x, y] = middleOf(folder);
    expect(element(it).shadowRoot?.elementFromPoint(x, y) === folder).to.equal(true);
    expect(getComputedStyle(folder).cursor).to.equal('pointer');
  });
});
