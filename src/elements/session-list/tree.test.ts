import {expect, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import {ago, scene, textOf, type Scene} from '../shared/testkit.ts';
import {element, isFocused, list, row} from './testkit.ts';

const family = () =>
  scene(list, {}, (memory) => {
    memory.put({id: 'a', title: 'Plan the trip', updated: ago(1)});
    memory.put({id: 'b', title: 'Find a train', parent: 'a', updated: ago(2)});
    memory.put({id: 'c', title: 'Ask for seats', parent: 'b', updated: ago(3)});
    memory.put({id: 'd', title: 'Water the plants', updated: ago(4)});
  });

const below = (it: Scene, title: string): string => {
  const told = row(it, title).querySelector('[part=row-below]');
  return told ? textOf(told).trim() : '';
};

describe('sessions below others', () => {
  it('are folded away and back, and stay so for the next list of the page', async () => {
    const it = await family();
    await it.shows('Plan the trip', 'Find a train', 'Ask for seats', 'Water the plants');
    const fold = await it.get('button', 'Children of Plan the trip');
    expect(fold.ariaExpanded).to.equal('true');
    expect(it.all('listitem').map((each) => each.ariaLevel)).to.deep.equal(['1', '2', '3', '1']);
    fold.click();
    await it.shows('Plan the trip', 'Water the plants');
    expect(fold.ariaExpanded).to.equal('false');
    await it.get('button', 'Delete all (4)…');
    const next = document.createElement('session-list');
    element(it).replaceWith(next);
    await it.shows('Plan the trip', 'Water the plants');
    next.query = 'seats';
    await it.shows('Ask for seats');
    next.query = '';
    await it.shows('Plan the trip', 'Water the plants');
    await it.click('Children of Plan the trip');
    await it.shows('Plan the trip', 'Find a train', 'Ask for seats', 'Water the plants');
  });

  it('are opened and closed by the arrows, as the page is read', async () => {
    const it = await family();
    const top = await it.get('button', 'Plan the trip');
    top.focus();
    await sendKeys({press: 'ArrowLeft'});
    await it.shows('Plan the trip', 'Water the plants');
    await sendKeys({press: 'ArrowRight'});
    await it.shows('Plan the trip', 'Find a train', 'Ask for seats', 'Water the plants');
    await sendKeys({press: 'ArrowRight'});
    isFocused(it, await it.get('button', 'Find a train'));
    element(it).dir = 'rtl';
    await sendKeys({press: 'ArrowLeft'});
    isFocused(it, await it.get('button', 'Ask for seats'));
    await sendKeys({press: 'ArrowRight'});
    isFocused(it, await it.get('button', 'Find a train'));
    await sendKeys({press: 'ArrowRight'});
    await it.shows('Plan the trip', 'Find a train', 'Water the plants');
  });

  it('tell on those above them what most wants a person, also where they are not shown', async () => {
    const it = await family();
    await it.get('button', 'Ask for seats');
    expect(below(it, 'Plan the trip')).to.equal('');
    it.put('c', 'Ask for seats', 'running', {parent: 'b', turn: 't'});
    await waitUntil(() => below(it, 'Plan the trip') === 'Running below: 1');
    it.put('b', 'Find a train', 'failed', {parent: 'a'});
    await waitUntil(() => below(it, 'Plan the trip') === 'Failed below: 1');
    expect(below(it, 'Find a train')).to.equal('Running below: 1');
    await it.click('Children of Plan the trip');
    await it.shows('Plan the trip', 'Water the plants');
    it.put('c', 'Ask for seats', 'waiting', {parent: 'b', turn: 't'});
    await waitUntil(() => below(it, 'Plan the trip') === 'Needs input below: 1');
    element(it).query = 'plan';
    it.put('e', 'Another one', 'waiting', {parent: 'c', turn: 't'});
    await waitUntil(() => below(it, 'Plan the trip') === 'Needs input below: 2');
    it.memory.remove('c');
    await waitUntil(() => below(it, 'Plan the trip') === 'Failed below: 1');
  });

  it('in their thousands, one below the other, are shown', async () => {
    const it = await scene(list, {}, (memory) => {
      for (let i = 0; i < 5000; i++) memory.put({id: `s${i}`, title: `Depth ${i}`, ...(i && {parent: `s${i - 1}`})});
    });
    await it.get('button', 'Depth 0');
    await it.get('button', 'Delete all (5,000)…');
  });

  it('are accessible', async () => {
    const it = await family();
    await it.get('button', 'Plan the trip');
    it.put('c', 'Ask for seats', 'waiting', {parent: 'b', turn: 't'});
    await waitUntil(() => below(it, 'Plan the trip') !== '');
    await expect(element(it)).to.be.accessible();
  });
});
