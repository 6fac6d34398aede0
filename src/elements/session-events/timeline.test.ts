import {expect, html, waitUntil} from '@open-wc/testing';
import {emulateMedia, setViewport} from '@web/test-runner-commands';
import '../../define.ts';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import {pretendClipboard} from '../shared/clipboard/testkit.ts';
import {Scene, ago, scene, textOf} from '../shared/testkit.ts';
import type {SessionEvents} from './session-events.ts';

const timeline = html`<session-events session-id="a"></session-events>`;
const working = (memory: MemoryBackend): void => {
  memory.put({id: 'p', title: 'The parent'});
  memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't', cwd: '/srv/site', parent: 'p'});
  memory.event('a', {kind: 'turn-began', turn: 't', origin: 'user'}, {time: ago(2)});
  memory.event('a', {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'Please\n<b>fix</b> it'});
  memory.event('a', {kind: 'tool-began', id: 'o', turn: 't', name: 'Read', input: {path: 'a.ts'}});
  memory.event('a', {kind: 'tool-ended', id: 'o', turn: 't', outcome: 'failed', error: 'No such file', output: 'x'});
  memory.event('a', {kind: 'tool-began', id: 'q', turn: 't', name: 'Bash'});
  memory.event('a', {kind: 'tool-ended', id: 'q', turn: 't', outcome: 'completed', output: 'done'});
};
const element = ({provider}: Scene): SessionEvents => provider.querySelector('session-events') as SessionEvents;
const part = (it: Scene, name: string): HTMLElement | null | undefined =>
  element(it).shadowRoot?.querySelector(`[part=${name}]`);
const facts = (it: Scene): string => textOf(part(it, 'head') ?? document.createElement('i'));
const duration = (it: Scene): string => element(it).shadowRoot?.querySelector('session-duration')?.textContent ?? '';

describe('session-events: whose events, and what they are about', () => {
  it('says of the session what it does, with whom, where, and since when', async () => {
    const it = await scene(timeline, {}, working);
    await it.get('group', 'Session');
    expect(textOf(part(it, 'title') as HTMLElement)).to.equal('Fix the build');
    for (const fact of ['Running', 'Agent', 'Child of The parent', '/srv/site', 'Started now', 'a']) {
      expect(facts(it)).to.include(fact);
    }
    it.put('a', 'Another title', 'finished');
    await waitUntil(() => facts(it).includes('Another title') && facts(it).includes('Finished'));
  });

  it('how long it works, and how long it took', async () => {
    const it = await scene(timeline, {}, working);
    await waitUntil(() => /^2m \ds$/.test(duration(it)));
    const end = new Date(Date.parse(it.memory.log('a')[0]?.time ?? '') + 150_000).toISOString();
    it.memory.event('a', {kind: 'turn-ended', turn: 't', outcome: 'finished'}, {time: end});
    it.put('a', 'Fix the build', 'finished');
    await waitUntil(() => duration(it) === 'Took 2m 30s');
  });

  it('copies the id', async () => {
    const clipboard = pretendClipboard();
    try {
      const it = await scene(timeline, {}, working);
      await it.click('Copy id of Fix the build');
      await waitUntil(() => clipboard.text === 'a');
    } finally {
      clipboard.restore();
    }
  });

  it('has no head for a session that is gone', async () => {
    const it = await scene(timeline, {}, working);
    await it.get('group', 'Session');
    it.memory.remove('a');
    await it.gone('group', 'Session');
  });

  it('names the call that ended, and how', async () => {
    const it = await scene(timeline, {}, working);
    const bad = await it.get('button', /^tool-ended Read · failed · No such file/);
    expect(bad.querySelector('.kind.bad') !== null).to.equal(true);
    await it.get('button', /^tool-ended Bash · completed · done/);
  });

  it('opens to words and values, and below them to what was stored', async () => {
    const it = await scene(timeline, {}, working);
    (await it.get('button', /^message/)).click();
    await waitUntil(() => part(it, 'event-content')?.textContent?.trim() === 'Please\n<b>fix</b> it');
    const stored = await it.get('group', 'message 2');
    expect(stored.checkVisibility()).to.equal(false);
    it.all('summary', 'As it was stored')[0]?.click();
    await waitUntil(() => stored.checkVisibility());
    expect(JSON.parse(textOf(stored)).event.kind).to.equal('message');
    await it.click('Expand all');
    expect(textOf(await it.get('group', 'Input'))).to.include('"path": "a.ts"');
    expect(textOf(await it.get('group', 'Error'))).to.equal('No such file');
    expect(it.all('group', 'Output').map(textOf)).to.deep.equal(['x', 'done']);
    expect((await it.get('group', 'turn-began 1')).checkVisibility(), 'nothing says it better').to.equal(true);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible and no wider than its place: 320 px, right to left, ${colorScheme}`, async () => {
      await emulateMedia({colorScheme});
      await setViewport({width: 320, height: 600});
      document.documentElement.dir = 'rtl';
      try {
        const it = await scene(timeline, {}, (memory) => {
          working(memory);
          memory.put({id: 'a', title: 'word'.repeat(40), cwd: `/srv/${'folder'.repeat(20)}`});
        });
        await it.click('Expand all');
        await it.get('group', 'Error');
        const {scrollWidth, clientWidth} = element(it);
        expect(scrollWidth).to.equal(clientWidth);
        await expect(element(it)).to.be.accessible();
      } finally {
        document.documentElement.removeAttribute('dir');
        await setViewport({width: 800, height: 600});
        await emulateMedia({colorScheme: 'light'});
      }
    });
  }
});
