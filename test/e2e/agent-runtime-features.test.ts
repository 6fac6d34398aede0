import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import type {App} from '../support/app.ts';
import {violations} from '../support/axe.ts';
import {RuntimeWorld} from '../support/agent-runtime/world.ts';

/** What the original dashboard had, on a stand-in of its server, as docs/backends.md says that it is here. */
describe('agent-runtime: the features of the original dashboard', () => {
  let world: RuntimeWorld;
  before(async () => {
    world = await RuntimeWorld.create();
    for (const name of ['reviewer', 'researcher', 'writer', 'tester', 'planner', 'cook', 'gardener', 'librarian']) {
      world.server.runtime.agents.push({
        name,
        description: `Does what a ${name} does`,
        system_prompt: '',
        status: 'active',
      });
    }
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(() => world.end());

  /** Waits until some element that matches has that text. */
  const untilPart = (app: App, selector: string, pattern: RegExp): Promise<void> =>
    app.until(
      (wanted, source) =>
        window.probe.all(wanted).some((each) => new RegExp(source).test((each.textContent ?? '').trim())),
      selector,
      pattern.source,
    );
  const search = async (app: App, text: string): Promise<void> => {
    const box = await app.page.waitForFunction(() => window.probe.all('input[type=search]')[0]);
    await (box as import('puppeteer-core').ElementHandle<HTMLInputElement>).click({count: 3});
    await app.page.keyboard.type(text);
  };

  it('an agent is found by typing, by keyboard alone', async () => {
    const app = await world.open();
    await app.until(() => window.probe.all('input[role=combobox]').length === 1);
    await app.tabTo('Agent');
    await app.page.keyboard.type('what a res');
    await untilPart(app, '[role=option][aria-selected=true]', /^researcher/);
    await app.page.keyboard.press('Enter');
    await app.until(() => !window.probe.all('[role=option]').length);
    await app.say('/echo of the researcher');
    await app.untilRow('echo-of-the-researcher', 'Finished');
    await untilPart(app, '[part=row-agent]', /^researcher$/);
  });

  it('the list: n of m, search by agent, folder and id, and all that is shown deleted after a question', async () => {
    const app = await world.open();
    for (const name of ['one', 'two']) {
      await app.press('New session');
      await app.say(`/echo ${name}`);
      await app.untilRow(`echo-${name}`, 'Finished');
    }
    await untilPart(app, '[part=count]', /^3 sessions$/);
    await search(app, 'researcher');
    await untilPart(app, '[part=count]', /^1 of 3 sessions$/);
    await search(app, 'echo project');
    await untilPart(app, '[part=count]', /^3 sessions$/);
    await search(app, 'echo-tw');
    await untilPart(app, '[part=count]', /^1 of 3 sessions$/);
    await app.press('Delete all (1)…');
    await app.untilText('Delete “echo-two”? It cannot be brought back.');
    await app.press('Cancel');
    await search(app, 'echo');
    await untilPart(app, '[part=count]', /^3 sessions$/);
    await app.press('Delete all (3)…');
    await app.untilText('Delete 3 sessions? They cannot be brought back.');
    await app.press('Delete 3 sessions');
    await app.until(() => window.probe.all('[part~=row]').length === 0);
    // They go from the list at once, and from the server when it has been told.
    while (world.server.runtime.rows.length > 0) await setTimeout(10);
  });

  it('the time that a turn takes runs, and stands still when it is over', async () => {
    const app = await world.open();
    await app.press('Events');
    await app.say('/hold it');
    await world.server.executors.worksOn('/hold it');
    // In the conversation, and in the head of the timeline.
    await app.until(
      () => window.probe.all('session-duration').filter((each) => /^[1-9]s$/.test(each.textContent ?? '')).length === 2,
    );
    await untilPart(app, '[part=live]', /^Live — waiting for events…$/);
    world.server.executors.release('/hold it');
    await app.until(
      () => window.probe.all('session-duration').filter((each) => /^Took \d/.test(each.textContent ?? '')).length === 2,
    );
    await app.until(() => window.probe.all('[part=live]').length === 0);
  });

  for (const [scheme, width, dir] of [
    ['light', 1280, 'ltr'],
    ['dark', 320, 'rtl'],
  ] as const) {
    it(`axe finds nothing on chat and timeline, all open: ${scheme}, ${width} px, ${dir}`, async () => {
      const app = await world.open();
      await app.page.emulateMediaFeatures([
        {name: 'prefers-color-scheme', value: scheme},
        {name: 'prefers-reduced-motion', value: 'reduce'},
      ]);
      await app.page.setBypassCSP(true);
      await app.page.reload();
      await app.untilText('Connected');
      await app.page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), dir);
      await app.say('/tools 2');
      await app.untilText('2 calls made.');
      await app.press(/^Read\s+completed/);
      await app.page.setViewport({width, height: 800});
      await app.press('Events');
      await app.press('Expand all');
      await untilPart(app, '[part=event-content]', /2 calls made/);
      const sideways = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${sideways} px stick out`);
      assert.deepEqual(await violations(app), []);
    });
  }
});
