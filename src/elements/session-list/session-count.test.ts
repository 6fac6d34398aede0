import {expect, html, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import {Scene, ago, deep, scene} from '../shared/testkit.ts';
import type {SessionList} from './session-list.ts';

const list = html`<session-list></session-list>`;
const three = (memory: MemoryBackend): void => {
  memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't1', updated: ago(1)});
  memory.put({id: 'b', title: 'Write the manual', updated: ago(2)});
  memory.put({id: 'c', title: 'Tidy the build', updated: ago(3)});
};
const element = ({provider}: Scene): SessionList => provider.querySelector('session-list') as SessionList;
const count = (it: Scene): HTMLElement | undefined =>
  [...deep(it.provider)].find((each) => each.part.contains('count'));
const counted = (it: Scene, words: string): Promise<void> =>
  waitUntil(() => count(it)?.textContent === words, `not “${words}” but “${count(it)?.textContent}”`, {interval: 5});

describe('session-list: how many there are', () => {
  it('is told as it changes, and nothing where there are none', async () => {
    const it = await scene(list);
    await it.get('paragraph', 'No sessions yet.');
    expect(count(it)).to.equal(undefined);
    it.put('a', 'Fix the build');
    await counted(it, '1 session');
    it.put('b', 'Write the manual');
    await counted(it, '2 sessions');
    it.memory.remove('a');
    await counted(it, '1 session');
    it.provider.store.start('A new one');
    await counted(it, '2 sessions');
  });

  it('is told with what matches, politely, where a person looks for something', async () => {
    const it = await scene(list, {}, three);
    await counted(it, '3 sessions');
    expect(count(it)?.ariaLive).to.equal('off');
    element(it).query = 'build';
    await counted(it, '2 of 3 sessions');
    expect(count(it)?.ariaLive).to.equal('polite');
    element(it).filter = 'finished';
    await counted(it, '1 of 3 sessions');
    element(it).query = 'nothing like it';
    await counted(it, '0 of 3 sessions');
  });

  it('has the archived ones apart', async () => {
    const it = await scene(list, {}, three);
    await counted(it, '3 sessions');
    it.memory.put({id: 'b', archived: true});
    await counted(it, '2 sessions');
    element(it).filter = 'archived';
    await counted(it, '1 session');
    it.memory.put({id: 'b', archived: false});
    await waitUntil(() => count(it) === undefined);
    element(it).filter = 'all';
    await counted(it, '3 sessions');
  });

  it('says that there are more than it holds, until it has read them all', async () => {
    const it = await scene(list, {}, three);
    const held = [...it.memory.sessions.values()];
    it.memory.tell({type: 'sessions', sessions: held, keep: [], next: 'older'});
    await counted(it, '3+ sessions');
    element(it).query = 'manual';
    await waitUntil(() => it.memory.queries.length === 1);
    it.memory.queries[0]?.answer({sessions: [], next: 'more'});
    await counted(it, '1+ of 3+ sessions');
    element(it).query = '';
    await counted(it, '3+ sessions');
    await it.click('Show more sessions');
    await waitUntil(() => it.memory.queries.length === 2);
    const old = {...held[0], id: 'd', title: 'Of old', updated: ago(9999), rev: 1} as (typeof held)[0];
    it.memory.queries[1]?.answer({sessions: [old]});
    await counted(it, '4 sessions');
  });

  it('is that of the provider of now, in the numbers of its language', async () => {
    const it = await scene(html`<div lang="de">${list}</div>`, {}, (memory) => {
      for (let i = 0; i < 1200; i++) memory.put({id: `s${i}`, title: `Number ${i}`});
    });
    await counted(it, '1.200 sessions');
    const other = await scene(html`<p></p>`, {}, three);
    other.provider.append(element(it));
    await counted(other, '3 sessions');
  });
});
