import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {App} from '../support/app.ts';
import {HostPage} from '../support/host-page.ts';
import {World} from '../support/world.ts';

/** `standalone.js` has all that is loaded first, and what is loaded later belongs to it, whatever the page calls it. */
describe('the files of plain pages', () => {
  let world: World;
  let host: HostPage;
  let warnings: string[];
  before(async () => {
    world = await World.create();
  });
  afterEach(async () => {
    const complaints = await world.closeTabs();
    host.close();
    assert.deepEqual([...complaints, ...warnings], []);
  });
  after(() => world.end());

  /** A page with the scripts of these addresses, in that order. */
  async function open(sources: readonly string[], prepare = (): void => {}): Promise<App> {
    const scripts = sources.map((source) => `<script type="module" src="${source}"></script>`).join('');
    host = new HostPage(
      `<!doctype html><html lang="en"><title>Host</title>${scripts}
       <session-context url="${world.url}"><session-list></session-list><agent-chat></agent-chat>
       <session-inspector></session-inspector></session-context>`,
    );
    prepare();
    const origin = await host.listen();
    await world.admit(origin);
    const app = await world.openAt('about:blank');
    warnings = [];
    app.page.on('console', (message) => {
      if (message.type() === 'warn') warnings.push(message.text());
    });
    await app.page.goto(`${origin}/`);
    return app;
  }

  const assertNothingTwice = (): void =>
    assert.deepEqual(
      host.scripts.filter((path, index) => host.scripts.indexOf(path) !== index),
      [],
      'nothing is asked for twice',
    );

  const hasMessageBox = (): boolean => window.probe.all('textarea').some((box) => window.probe.name(box) === 'Message');

  it('the box for a message is there before any script but standalone.js', async () => {
    let release = (): void => {};
    const app = await open(['/standalone.js'], () => (host.others = new Promise((resolve) => (release = resolve))));
    await app.until(hasMessageBox);
    assert.equal(await app.page.evaluate(() => customElements.get('session-list')), undefined, 'the rest is held back');
    release();
    await app.say('/echo seen');
    await app.untilRow('/echo seen', 'Finished');
    assertNothingTwice();
  });

  /** What the page can import is what its elements are made of, those that came later too. */
  const isOneCopy = (app: App, ...sources: string[]): Promise<boolean> =>
    app.page.evaluate(async (sources) => {
      const copies = (await Promise.all(
        sources.map((source) => import(source)),
      )) as (typeof import('../../src/standalone.ts'))[];
      const selected = new Promise((resolve) => document.addEventListener('session-select', resolve, {once: true}));
      (window.probe.all('[part~=row]')[0] as HTMLElement).click();
      const event = await selected;
      const store = document.querySelector('session-context')?.store;
      return copies.every((own) => event instanceof own.SessionSelectEvent && store instanceof own.SessionStore);
    }, sources);

  for (const [how, source] of [
    ['with a query', '/standalone.js?v=3'],
    ['behind a redirect', '/latest/standalone.js'],
  ] as const) {
    it(`${how}: each file is asked for once, and its elements, events and signals are one copy's`, async () => {
      const app = await open([source]);
      await app.say('/echo seen');
      await app.untilRow('/echo seen', 'Finished');
      assert.ok(await isOneCopy(app, source));
      assertNothingTwice();
    });
  }

  for (const sources of [
    ['/standalone.js', '/standalone-inspector.js'],
    ['/standalone-inspector.js', '/standalone.js'],
    ['/standalone-inspector.js'],
  ]) {
    it(`${sources.join(', ')}: each file is asked for once, and the inspector sees what comes and goes`, async () => {
      const app = await open(sources);
      await app.say('/echo seen');
      await app.untilRow('/echo seen', 'Finished');
      await app.untilText('command start');
      assert.ok(await isOneCopy(app, '/standalone.js'));
      assertNothingTwice();
    });
  }

  it('under two addresses it runs once, and hands on the same things', async () => {
    const app = await open(['/standalone-inspector.js', '/standalone.js?v=3']);
    await app.say('/echo seen');
    await app.untilRow('/echo seen', 'Finished');
    await app.untilText('command start');
    assert.ok(await isOneCopy(app, '/standalone.js', '/standalone.js?v=3'));
  });
});
