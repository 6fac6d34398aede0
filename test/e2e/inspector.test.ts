import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, before, describe, it} from 'node:test';
import {readExport} from '../../src/backend/wire/export.ts';
import {replay} from '../faults/replay.ts';
import type {App} from '../support/app.ts';
import {HostPage} from '../support/host-page.ts';
import {World} from '../support/world.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe('the frame inspector', () => {
  let world: World;
  let host: HostPage | undefined;
  before(async () => {
    world = await World.create();
  });
  afterEach(async () => {
    assert.deepEqual(await world.closeTabs(), []);
    host?.close();
    host = undefined;
  });
  after(() => world.end());

  /** Presses the button and takes what it hands over as a file. */
  async function exported(app: App, button: string): Promise<string> {
    await app.page.evaluate(() => {
      const {createObjectURL} = URL;
      URL.createObjectURL = (blob) => {
        URL.createObjectURL = createObjectURL;
        void (blob as Blob).text().then((text) => Object.assign(window, {exported: text}));
        return createObjectURL.call(URL, blob);
      };
    });
    await app.press(button);
    await app.until(() => 'exported' in window);
    return app.page.evaluate(() => (window as unknown as {exported: string}).exported);
  }

  it('is on the demo page when asked for, from the first frame; what it exports is played again to the same end', async () => {
    const app = await world.open('/?inspect#token=correct-horse-battery');
    await app.untilText('hello');
    await app.say('/tools 1');
    await app.untilText('1 calls made.');
    await app.untilRow('/tools 1', 'Finished');
    world.proxy.cut();
    await app.untilText('waiting');
    world.proxy.restore();
    await app.press('Reconnect');
    await app.untilText('Connected');
    await app.say('/echo after the cut');
    await app.untilMessages('You: /tools 1', /1 calls made/, 'You: /echo after the cut', /: after the cut$/);
    await app.untilRow('/tools 1', 'Finished');
    const text = await exported(app, 'Export all');
    assert.ok(!text.includes('correct-horse'), 'the token is nowhere');
    const {threads, played, skipped, warnings} = await replay(readExport(text));
    assert.deepEqual([skipped, warnings], [0, []]);
    assert.ok(played > 10);
    const texts = Object.values(threads)
      .flat()
      .flatMap((item) => (item.kind === 'message' ? [item.text] : []));
    assert.deepEqual(texts.slice(0, 1), ['/tools 1']);
    assert.deepEqual(texts.slice(-2), ['/echo after the cut', 'after the cut']);
  });

  it('stands beside standalone.js under the strict policy, with one copy of everything', async () => {
    host = new HostPage(
      `<!doctype html><html lang="en"><title>Host</title>
       <script type="module" src="/standalone.js"></script>
       <script type="module" src="/standalone-inspector.js"></script>
       <session-context><agent-chat></agent-chat><session-inspector></session-inspector></session-context>`,
    );
    const origin = await host.listen();
    await world.admit(origin);
    const app = await world.openAt(`${origin}/`);
    await app.page.evaluate(async (url) => {
      await customElements.whenDefined('session-inspector');
      document.querySelector('session-context')?.setAttribute('url', url);
    }, world.url);
    await app.untilText('welcome');
    await app.say('/echo seen');
    await app.untilText('command start');
    await app.untilMessages('You: /echo seen', /: seen$/);
    const versions = await app.page.evaluate(
      () => (globalThis as unknown as {litElementVersions?: string[]}).litElementVersions,
    );
    assert.equal(versions?.length, 1, 'Lit is loaded once');
    await exported(app, 'Export all');
  });

  for (const scheme of ['light', 'dark']) {
    it(`axe finds nothing, and nothing is wider than 320 pixels, ${scheme}`, async () => {
      const app = await world.open('/?inspect');
      await app.page.emulateMediaFeatures([
        {name: 'prefers-color-scheme', value: scheme},
        {name: 'prefers-reduced-motion', value: 'reduce'},
      ]);
      await app.page.setBypassCSP(true);
      await app.page.reload();
      await app.untilText('snapshot');
      await app.page.evaluate(() => (window.probe.all('[part=frame]')[2] as HTMLElement).click());
      await app.until(() => window.probe.all('[part=json]').length === 1);
      for (const width of [1280, 320]) {
        await app.page.setViewport({width, height: 800});
        await app.page.addScriptTag({path: axe});
        const found = await app.page.evaluate(async () => {
          const {axe} = window as unknown as {
            axe: {run(where: string): Promise<{violations: {id: string; nodes: {target: unknown}[]}[]}>};
          };
          const {violations} = await axe.run('#inspector');
          return violations.map(({id, nodes}) => `${id}: ${JSON.stringify(nodes.map(({target}) => target))}`);
        });
        assert.deepEqual(found, [], `${width} pixels`);
        assert.ok((await app.page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      }
    });
  }
});
