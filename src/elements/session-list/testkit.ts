import {expect, html} from '@open-wc/testing';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import {Scene, ago, scene, textOf, type SceneOptions} from '../shared/testkit.ts';
import type {SessionList} from './session-list.ts';

export const list = html`<session-list></session-list>`;

export const three = (memory: MemoryBackend): void => {
  memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't1', updated: ago(1)});
  memory.put({id: 'b', title: 'Write the manual', updated: ago(2)});
  memory.put({id: 'c', title: 'Tidy up', updated: ago(3)});
};

export const withThree = (options: SceneOptions = {}) => scene(list, options, three);

export const element = ({provider}: Scene): SessionList => provider.querySelector('session-list') as SessionList;

export const row = (it: Scene, title: string): HTMLElement =>
  it.all('listitem').find((each) => textOf(each).includes(title)) as HTMLElement;

export const focused = (it: Scene): Element | null | undefined => element(it).shadowRoot?.activeElement;

// Compared here: the assertion library would print the whole page.
export const isFocused = (it: Scene, wanted: Element): void => {
  expect(focused(it) === wanted, 'has the focus').to.equal(true);
};

/** A list in a box of so many pixels, with `count` sessions, the newest first. */
export const inABox = (count: number, blockSize = 400): Promise<Scene> =>
  scene(html`<div><session-list></session-list></div>`, {}, (memory) => {
    for (let i = 0; i < count; i++) memory.put({id: `s${i}`, title: `Session ${i}`, updated: ago(i)});
  }).then((it) => {
    element(it).style.setProperty('block-size', `${blockSize}px`);
    return it;
  });
