import {expect, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import type {Session} from '../../model/session.ts';
import type {Scene} from '../shared/testkit.ts';
import {element, focused, inABox, isFocused} from './testkit.ts';

const scroller = (it: Scene): Element => element(it).shadowRoot?.querySelector('.scroll') as Element;
const rendered = (it: Scene): number => it.all('listitem').length;
const title = (it: Scene, name: string): HTMLElement | undefined => it.all('button', name)[0];

/** What stands at the upper edge of the box. */
const atTheTop = (it: Scene): string | undefined => {
  const {top} = scroller(it).getBoundingClientRect();
  const row = it.all('listitem').find((each) => each.getBoundingClientRect().bottom > top + 10);
  return row?.querySelector('.open')?.textContent.trim();
};

describe('the rows of a long list', () => {
  it('are rendered as far as they are in sight, wherever that is', async () => {
    const it = await inABox(10_000);
    await it.get('button', 'Session 0');
    await waitUntil(() => rendered(it) > 5 && rendered(it) < 60);
    const row = it.all('listitem')[0];
    expect(row?.getAttribute('aria-posinset')).to.equal('1');
    expect(row?.getAttribute('aria-setsize')).to.equal('10000');
    const box = scroller(it);
    expect(box.scrollHeight).to.be.greaterThan(200_000);
    box.scrollTop = box.scrollHeight / 2;
    await waitUntil(() => /^Session [3-6]\d\d\d$/.test(atTheTop(it) ?? ''), 'nothing in the middle');
    expect(rendered(it)).to.be.lessThan(60);
    box.scrollTop = box.scrollHeight;
    await waitUntil(() => {
      box.scrollTop = box.scrollHeight;
      return title(it, 'Session 9999');
    });
    box.scrollTop = 0;
    await waitUntil(() => atTheTop(it) === 'Session 0');
    expect(rendered(it)).to.be.lessThan(60);
  });

  it('keep the focus, and what is written, out of sight', async () => {
    const it = await inABox(1000);
    await it.click('Rename Session 2');
    const box = await it.get<HTMLInputElement>('textbox', 'Title');
    await waitUntil(() => focused(it) === box);
    box.value = 'Half a title';
    (await it.get('button', 'Session 4')).focus();
    scroller(it).scrollTop = 20_000;
    await waitUntil(() => /^Session [1-9]\d\d$/.test(atTheTop(it) ?? ''));
    isFocused(it, title(it, 'Session 4') as Element);
    expect(it.all<HTMLInputElement>('textbox', 'Title')[0]?.value).to.equal('Half a title');
    expect(it.has('button', 'Session 8')).to.equal(false);
  });

  it('stay where they are when others come above them', async () => {
    const it = await inABox(1000);
    await it.get('button', 'Session 0');
    scroller(it).scrollTop = 20_000;
    await waitUntil(() => /^Session [1-9]\d\d$/.test(atTheTop(it) ?? ''));
    const first = atTheTop(it) ?? '';
    const place = (): number => Number(title(it, first)?.closest('session-list-row')?.ariaPosInSet);
    const before = place();
    for (let i = 0; i < 5; i++) it.put(`new${i}`, `New ${i}`);
    await waitUntil(() => place() === before + 5 && atTheTop(it) === first, 'it has moved');
  });

  it('go on with what the server has as a person scrolls to the end, and only then', async () => {
    const it = await inABox(100);
    await it.get('button', 'Session 0');
    const held = [...it.memory.sessions.values()];
    it.memory.tell({type: 'sessions', sessions: held, next: 'page 2', keep: []});
    await it.get('button', 'Show more sessions');
    expect(it.all('listitem')[0]?.getAttribute('aria-setsize')).to.equal('-1');
    expect(it.memory.queries.length).to.equal(0);
    const box = scroller(it);
    await waitUntil(() => {
      box.scrollTop = box.scrollHeight;
      return it.memory.queries.length > 0;
    });
    expect(it.memory.queries.map(({query}) => query)).to.deep.equal([{cursor: 'page 2'}]);
    it.memory.queries[0]?.answer({
      sessions: [{...(held[0] as Session), id: 'old', title: 'Long ago', updated: held[99]?.created ?? ''}],
    });
    await it.gone('button', 'Show more sessions');
  });
});
