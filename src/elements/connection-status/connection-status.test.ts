import {expect, html, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import {scene, textOf, type Scene} from '../shared/testkit.ts';

const badge = html`<connection-status></connection-status>`;
const quiet = {welcome: false};
const root = ({provider}: Scene): ShadowRoot => provider.querySelector('connection-status')?.shadowRoot as ShadowRoot;
/** What can be seen: not what is only announced. */
const words = (it: Scene): string => textOf(root(it).querySelector('.word') ?? root(it)).trim();
const says = (it: Scene, text: string) => waitUntil(() => words(it) === text, `does not say ${text}`);

describe('connection-status', () => {
  it('says each state in its words', async () => {
    const it = await scene(badge, quiet);
    await says(it, 'Connecting…');
    it.memory.welcome();
    await says(it, 'Connected');
    expect((await it.get('status', 'Connected')).classList.contains('hidden')).to.equal(false);
    it.memory.refuse('unauthorized');
    await says(it, 'Signed out');
    it.memory.refuse('forbidden');
    await says(it, 'Refused');
    it.memory.refuse('unsupported-server');
    await says(it, 'Refused');
    expect(it.has('button')).to.equal(false);
  });

  it('counts down to the next attempt, outside of what is announced, and tries at once when asked', async () => {
    const it = await scene(badge, quiet);
    it.memory.drop(it.provider.store.now + 60_000);
    await waitUntil(() => /^Offline — retrying in (?:60|59) s$/.test(words(it)));
    expect(textOf(await it.get('status')).trim()).to.equal('Offline');
    // A tab that is not in front is looked at once a second: it may miss one.
    await waitUntil(() => /^Offline — retrying in 5[0-8] s$/.test(words(it)), 'counts', {timeout: 10_000});
    await it.click('Reconnect');
    await says(it, 'Connecting…');
    it.memory.drop();
    await says(it, 'Offline');
  });

  it('connects when asked', async () => {
    const it = await scene(badge);
    await says(it, 'Connected');
    it.provider.disconnect();
    await says(it, 'Not connected');
    await it.click('Connect');
    await says(it, 'Connected');
  });

  it('stands alone, quietly', async () => {
    const alone = document.createElement('connection-status');
    document.body.append(alone);
    await alone.updateComplete;
    expect(textOf(alone.shadowRoot as ShadowRoot).trim()).to.equal('Not connected');
    alone.remove();
  });

  it('is accessible', async () => {
    const it = await scene(badge, quiet);
    await expect(it.provider).to.be.accessible();
    it.memory.drop(it.provider.store.now + 9_000);
    await it.get('button', 'Reconnect');
    await expect(it.provider).to.be.accessible();
  });
});
