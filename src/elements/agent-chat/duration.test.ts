import {expect, waitUntil} from '@open-wc/testing';
import type {ThreadEvent} from '../../model/events.ts';
import {chatScene, mine, theirs, type ChatScene} from './testkit.ts';

const ago = (seconds: number): {time: string} => ({time: new Date(Date.now() - seconds * 1000).toISOString()});
const began = (turn: string): ThreadEvent => ({kind: 'turn-began', turn, origin: 'user'});
const ended = (turn: string): ThreadEvent => ({kind: 'turn-ended', turn, outcome: 'finished'});

const told = (scene: ChatScene): string => (scene.all('session-duration')[0]?.textContent ?? '').trim();

/** A session that has worked for 90 s so far. */
async function working(): Promise<ChatScene> {
  const scene = await chatScene();
  scene.memory.put({id: 's', status: 'running', turn: 't'});
  scene.memory.event('s', began('t'), ago(90));
  scene.memory.event('s', mine('Count'), ago(90));
  scene.provider.selected = 's';
  await waitUntil(() => told(scene) !== '');
  return scene;
}

describe('<agent-chat>: how long it works', () => {
  it('runs with the turn, outside of live regions, and stays when the turn has ended', async () => {
    const scene = await working();
    expect(told(scene)).to.match(/^1m 3\ds$/);
    expect(scene.all('session-duration')[0]?.closest('[role=status], [aria-live]:not([aria-live=off])')).to.equal(null);
    await expect(scene.chat).to.be.accessible();
    const end = new Date(Date.parse(scene.memory.log('s')[0]?.time ?? '') + 125_000).toISOString();
    scene.memory.event('s', theirs('Six'));
    scene.memory.event('s', ended('t'), {time: end});
    scene.memory.put({id: 's', status: 'finished'});
    await waitUntil(() => told(scene) === 'Took 2m 5s');
  });

  it('is that of the turn of now, not of the one before', async () => {
    const scene = await working();
    scene.memory.event('s', ended('t'), ago(60));
    scene.memory.put({id: 's', status: 'finished'});
    await waitUntil(() => told(scene) === 'Took 30s');
    scene.store.send('s', 'Again');
    await waitUntil(() => told(scene) === '');
    scene.memory.event('s', began('u'), ago(3));
    scene.memory.put({id: 's', status: 'running', turn: 'u'});
    await waitUntil(() => /^\ds$/.test(told(scene)));
  });

  it('is not told below what waits, as if that had taken it', async () => {
    const scene = await working();
    scene.memory.event('s', {kind: 'queued', command: 'c', text: 'Later'});
    scene.memory.event('s', ended('t'), ago(60));
    scene.memory.put({id: 's', status: 'stopped'});
    await waitUntil(() => told(scene) === '');
    scene.memory.event('s', {kind: 'unqueued', command: 'c', reason: 'removed'});
    await waitUntil(() => told(scene) === 'Took 30s');
  });

  it('is not told where the beginning is not known, nor where nobody knows whether it runs', async () => {
    const scene = await working();
    scene.memory.put({id: 's', status: 'unknown'});
    await waitUntil(() => told(scene) === '');
    scene.memory.put({id: 'old', status: 'finished'});
    scene.memory.event('old', theirs('Its beginning is not loaded'));
    scene.memory.event('old', ended('lost'));
    scene.provider.selected = 'old';
    await waitUntil(() => scene.said.length === 1);
    expect(told(scene)).to.equal('');
    expect(getComputedStyle(scene.all('.working')[0] as HTMLElement).display).to.equal('none');
  });
});
