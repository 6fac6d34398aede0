import {expect} from '@open-wc/testing';
import {resetMouse, sendMouse} from '@web/test-runner-commands';
import '../../define.ts';
import {ago, scene, type Scene} from '../shared/testkit.ts';
import {element, list, row} from './testkit.ts';

const narrow = async (): Promise<Scene> => {
  const it = await scene(list, {}, (memory) => {
    for (const [at, title] of ['First', 'Second', 'Third'].entries()) {
      memory.put({id: title, title, cwd: '/srv/manuals-of-all', status: 'waiting', turn: 't', updated: ago(at)});
    }
  });
  Object.assign(element(it).style, {inlineSize: '320px', blockSize: '400px'});
  await it.get('button', 'Third');
  return it;
};

describe('a narrow list', () => {
  afterEach(() => resetMouse());

  it('has room for the status of a session, however much can be done with it', async () => {
    const it = await narrow();
    const {scrollWidth, clientWidth} = row(it, 'Second').querySelector('.meta') as HTMLElement;
    expect(scrollWidth).to.be.at.most(clientWidth);
  });

  it('shows all that can be done with it below the rows, on two lines too', async () => {
    const it = await narrow();
    const {x, y} = row(it, 'First').getBoundingClientRect();
    await sendMouse({type: 'move', position: [Math.round(x + 20), Math.round(y + 20)]});
    it.put('Third', 'Third', 'finished', {updated: ago(-1)});
    const update = await it.get('button', 'Update order');
    for (const button of [update, await it.get('button', 'Select')]) {
      expect(button.getBoundingClientRect().bottom).to.be.at.most(element(it).getBoundingClientRect().bottom);
    }
  });
});
