import {expect, html, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import {nextEvent, scene, textOf, type Scene} from '../shared/testkit.ts';
import type {SessionNotices} from './session-notices.ts';

const content = html`<button>Before</button><session-notices></session-notices>`;
const two = (memory: MemoryBackend): void => {
  memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't1'});
  memory.put({id: 'b', title: 'Write the manual', status: 'running', turn: 't2'});
  memory.put({id: 'c', title: 'Was over before', status: 'failed'});
};
const element = ({provider}: Scene): SessionNotices => provider.querySelector('session-notices') as SessionNotices;
const told = (it: Scene): string[] =>
  [...(element(it).shadowRoot?.querySelectorAll('[part=notice-text]') ?? [])].map((each) => textOf(each).trim());
const tells = (it: Scene, ...texts: string[]) =>
  waitUntil(() => told(it).join('|') === texts.join('|'), `does not tell ${texts.join(', ')}`, {interval: 5});

/** Timers that run when told. */
function timers(): {run: () => void; count: () => number; restore: () => void} {
  const waiting = new Map<number, () => void>();
  const {setTimeout, clearTimeout} = window;
  let last = 1_000_000;
  window.setTimeout = ((run: () => void, after: number) => {
    if (after !== 8_000) return setTimeout(run, after);
    waiting.set(++last, run);
    return last;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => {
    if (!waiting.delete(id as number)) clearTimeout(id);
  };
  return {
    run: () => {
      const due = [...waiting.values()];
      waiting.clear();
      for (const each of due) each();
    },
    count: () => waiting.size,
    restore: () => Object.assign(window, {setTimeout, clearTimeout}),
  };
}

describe('session-notices', () => {
  it('tells of other sessions that end or ask, once each, and nothing of what was so already', async () => {
    const it = await scene(content, {}, two);
    it.provider.selected = 'a';
    await it.get('region', 'Notifications');
    await waitUntil(() => it.provider.store.listLive);
    expect(told(it)).to.deep.equal([]);
    it.memory.put({id: 'b', status: 'waiting'});
    await tells(it, 'Write the manual needs your answer.');
    it.memory.put({id: 'b', preview: 'Nothing new'});
    it.memory.drop();
    it.memory.welcome();
    await waitUntil(() => it.provider.store.listLive);
    await tells(it, 'Write the manual needs your answer.');
    it.memory.put({id: 'b', status: 'running'});
    await tells(it);
    it.memory.put({id: 'b', status: 'finished'});
    await tells(it, 'Write the manual has finished.');
    it.memory.put({id: 'a', status: 'failed'});
    it.memory.put({id: 'd', title: 'New here', status: 'finished'});
    await element(it).updateComplete;
    await tells(it, 'Write the manual has finished.');
  });

  it('announces failures and problems as alerts, the rest as status', async () => {
    const it = await scene(content, {}, two);
    it.memory.put({id: 'a', status: 'finished'});
    it.memory.put({id: 'b', status: 'failed'});
    it.memory.tell({type: 'problem', code: 'internal', message: 'The server has a problem.'});
    await waitUntil(() => told(it).length === 3);
    expect(textOf(await it.get('alert')))
      .to.include('Write the manual has failed.')
      .and.include('has a problem');
    expect(textOf(await it.get('status'))).to.include('Fix the build has finished.');
    it.memory.tell({type: 'problem', code: 'internal', message: 'The server has a problem.'});
    await element(it).updateComplete;
    expect(told(it).length).to.equal(3);
  });

  it('opens the session, unless prevented, and forgets what a person looks at', async () => {
    const it = await scene(content, {}, two);
    it.memory.put({id: 'b', status: 'waiting'});
    const asked = nextEvent(it.provider, 'session-select');
    await it.click('Open');
    expect((await asked).sessionId).to.equal('b');
    expect(it.provider.selected).to.equal('b');
    await tells(it);
    it.memory.put({id: 'a', status: 'finished'});
    await tells(it, 'Fix the build has finished.');
    it.provider.selected = 'a';
    await tells(it);
    await element(it).updateComplete;
    it.provider.selected = 'b';
    await element(it).updateComplete;
    await tells(it);
  });

  it('is dismissed by button and by Escape, and gives the focus back', async () => {
    const it = await scene(content, {}, two);
    const before = await it.get('button', 'Before');
    it.memory.put({id: 'a', status: 'failed'});
    it.memory.put({id: 'b', status: 'failed'});
    await waitUntil(() => told(it).length === 2);
    before.focus();
    await sendKeys({press: 'Tab'});
    await sendKeys({press: 'Escape'});
    await tells(it, 'Write the manual has failed.');
    await waitUntil(() => element(it).shadowRoot?.activeElement?.getAttribute('aria-label') === 'Dismiss');
    await sendKeys({press: 'Enter'});
    await tells(it);
    await waitUntil(() => document.activeElement === before);
  });

  it('lets good news go by themselves, but not while a person is there, and bad news never', async () => {
    const clock = timers();
    try {
      const it = await scene(content, {}, two);
      it.memory.put({id: 'a', status: 'failed'});
      it.memory.put({id: 'b', status: 'finished'});
      await waitUntil(() => told(it).length === 2);
      expect(clock.count()).to.equal(1);
      it.all('button', 'Dismiss')[0]?.focus();
      expect(clock.count()).to.equal(0);
      (await it.get('button', 'Before')).focus();
      expect(clock.count()).to.equal(1);
      clock.run();
      await tells(it, 'Fix the build has failed.');
      it.memory.put({id: 'b', status: 'running'});
      it.memory.put({id: 'b', status: 'finished'});
      await waitUntil(() => clock.count() === 1);
      element(it).remove();
      await waitUntil(() => clock.count() === 0, 'no timer is left behind');
    } finally {
      clock.restore();
    }
  });

  it('shows a bounded number, the newest', async () => {
    const it = await scene(content);
    for (let i = 0; i < 9; i++) it.memory.tell({type: 'problem', code: 'x', message: `Problem ${i}`});
    await tells(it, ...[4, 5, 6, 7, 8].map((i) => `Problem ${i}`));
  });

  it('is accessible', async () => {
    const it = await scene(content, {}, two);
    await expect(element(it)).to.be.accessible();
    it.memory.put({id: 'a', status: 'failed'});
    it.memory.put({id: 'b', status: 'finished'});
    await waitUntil(() => told(it).length === 2);
    await expect(element(it)).to.be.accessible();
  });
});
