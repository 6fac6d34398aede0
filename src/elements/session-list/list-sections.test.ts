import {expect, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import {ago, scene, type Scene} from '../shared/testkit.ts';
import {element, list} from './testkit.ts';

const DAY = 24 * 60;
const headings = (it: Scene): string =>
  it
    .all('heading')
    .map((each) => each.textContent)
    .join();

describe('the sections of a list', () => {
  it('by time have names in the language of the page, and none in an order by title', async () => {
    const it = await scene(list, {}, (memory) => {
      memory.put({id: 'a', title: 'Of now', updated: ago(0)});
      memory.put({id: 'b', title: 'Of the day before', updated: ago(DAY)});
      memory.put({id: 'c', title: 'Of long ago', updated: ago(40 * DAY)});
    });
    element(it).group = 'time';
    await waitUntil(() => headings(it) === 'Today,Yesterday,Older');
    await expect(element(it)).to.be.accessible();
    element(it).lang = 'de';
    element(it).requestUpdate();
    await waitUntil(() => headings(it) === 'Heute,Gestern,Older');
    element(it).sort = 'title';
    await it.gone('heading');
    await it.shows('Of long ago', 'Of now', 'Of the day before');
  });

  it('by state begin with what wants a person', async () => {
    const it = await scene(list, {}, (memory) => {
      memory.put({id: 'a', title: 'One'});
      memory.put({id: 'b', title: 'Two', status: 'waiting'});
      memory.put({id: 'c', title: 'Three', status: 'running', turn: 't'});
    });
    element(it).setAttribute('group', 'status');
    await waitUntil(() => headings(it) === 'Needs input,Active,Finished');
    await it.shows('Two', 'Three', 'One');
  });
});
