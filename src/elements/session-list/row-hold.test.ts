import {expect, waitUntil} from '@open-wc/testing';
import {resetMouse, sendMouse} from '@web/test-runner-commands';
import '../../define.ts';
import {ago, type Scene} from '../shared/testkit.ts';
import {element, inABox, row, withThree} from './testkit.ts';

const pointAt = async (it: Scene, title: string): Promise<void> => {
  await it.get('button', title);
  const {x, y, width, height} = row(it, title).getBoundingClientRect();
  await sendMouse({type: 'move', position: [Math.round(x + width / 2), Math.round(y + height / 2)]});
};

describe('a pointer among the rows', () => {
  afterEach(() => resetMouse());

  it('holds their order, says that there is another, and lets it come as it leaves', async () => {
    const it = await withThree();
    await pointAt(it, 'Write the manual');
    it.put('c', 'Tidy up', 'waiting', {updated: ago(0)});
    const update = await it.get('button', 'Update order');
    await it.shows('Fix the build', 'Write the manual', 'Tidy up');
    expect(row(it, 'Tidy up').textContent).to.include('Needs input');
    update.click();
    await it.shows('Tidy up', 'Fix the build', 'Write the manual');
    await it.gone('button', 'Update order');
    it.put('b', 'Write the manual', 'finished', {updated: ago(-1)});
    await it.get('button', 'Update order');
    await sendMouse({type: 'move', position: [1, 1]});
    await it.shows('Write the manual', 'Tidy up', 'Fix the build');
  });

  it('keeps what it points at, though others come above', async () => {
    const it = await inABox(50);
    await pointAt(it, 'Session 2');
    const {y} = row(it, 'Session 2').getBoundingClientRect();
    it.put('new', 'Brand new');
    await waitUntil(() => it.titles.includes('Brand new'));
    await element(it).updateComplete;
    expect(Math.round(row(it, 'Session 2').getBoundingClientRect().y)).to.equal(Math.round(y));
  });
});
