import {expect} from '@open-wc/testing';
import '../../define.ts';
import {ago, scene, type Scene} from '../shared/testkit.ts';
import {fold, foldedOf} from './folded.ts';
import {list} from './testkit.ts';

/** A server that lets whoever is `it.user` in. */
async function family(): Promise<Scene & {user: string}> {
  let user = 'ann';
  const it = await scene(
    list,
    {welcome: false, onConnect: (memory) => memory.welcome({user: {id: user, name: user}})},
    (memory) => {
      memory.put({id: 'a', title: 'Plan the trip', updated: ago(1)});
      memory.put({id: 'b', title: 'Find a train', parent: 'a', updated: ago(2)});
    },
  );
  it.provider.persist = 'session';
  await it.shows('Plan the trip', 'Find a train');
  return Object.defineProperty(it, 'user', {set: (name: string) => (user = name)}) as Scene & {user: string};
}

/** As a reload does, it leaves nothing but what lies in the storage. */
async function reload(it: Scene, ...titles: string[]): Promise<void> {
  it.provider.persist = 'none';
  await it.provider.updateComplete;
  it.provider.persist = 'session';
  await it.provider.updateComplete;
  await it.shows(...titles);
}

describe('what is folded away', () => {
  afterEach(() => sessionStorage.clear());

  it('stays so over a reload, until it is unfolded', async () => {
    const it = await family();
    await it.click('Children of Plan the trip');
    await it.shows('Plan the trip');
    await reload(it, 'Plan the trip');
    await it.click('Children of Plan the trip');
    await it.shows('Plan the trip', 'Find a train');
    await reload(it, 'Plan the trip', 'Find a train');
  });

  it('is so for one person, and where the page keeps things', async () => {
    const it = await family();
    await it.click('Children of Plan the trip');
    await it.shows('Plan the trip');
    it.user = 'ben';
    await reload(it, 'Plan the trip', 'Find a train');
    it.user = 'ann';
    await reload(it, 'Plan the trip');
    it.provider.persist = 'none';
    await it.shows('Plan the trip', 'Find a train');
  });

  it('joins what another tab has folded meanwhile', async () => {
    const it = await family();
    const {store} = it.provider;
    fold(store, 'x', true);
    const [key = ''] = Object.keys(sessionStorage).filter((each) => each.includes('/note/'));
    sessionStorage.setItem(key, '["y"]');
    fold(store, 'z', true);
    expect([...foldedOf(store)]).to.deep.equal(['y', 'z']);
  });

  it('is of the latest only, and of nothing that cannot be read', async () => {
    const it = await family();
    const {store} = it.provider;
    for (let at = 0; at < 1000; at++) fold(store, `s${at}`, true);
    expect(foldedOf(store).has('s999') && !foldedOf(store).has('s0')).to.equal(true);
    const [key = ''] = Object.keys(sessionStorage).filter((each) => each.includes('/note/'));
    expect((sessionStorage.getItem(key) ?? '').length).to.be.lessThan(10_000);
    for (const text of ['{"a":1}', '[1, null, {}]', '[', '"a"']) {
      sessionStorage.setItem(key, text);
      await reload(it, 'Plan the trip', 'Find a train');
      expect(foldedOf(it.provider.store).size, text).to.equal(0);
    }
  });
});
