import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {App} from '../support/app.ts';
import {violations} from '../support/axe.ts';
import {World} from '../support/world.ts';

/** Where a picture of each state goes, to be looked at: none, unless this says where. */
const SHOTS = process.env['SHOTS'];

describe('what an agent offers, with the real server', () => {
  let world: World;
  before(async () => {
    world = await World.create();
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(() => world.end());

  async function shot(app: App, name: string): Promise<void> {
    if (SHOTS) await app.page.screenshot({path: `${SHOTS}/${name}.png`});
  }

  /** The fields of the open form, by their labels; a press is what a pointer does. */
  async function fill(app: App, label: string, text: string): Promise<void> {
    const handle = await app.page.waitForFunction(
      (wanted) =>
        window.probe
          .all('label')
          .find((each) => each.textContent?.trim().startsWith(wanted))
          ?.closest('label') ?? undefined,
      {polling: 'raf', timeout: 20_000},
      label,
    );
    const found = handle as import('puppeteer-core').ElementHandle<HTMLLabelElement>;
    await found.evaluate((each) => each.control?.focus());
    if (text === ' ') await app.page.keyboard.press('Space');
    else await app.page.keyboard.type(text);
  }

  it('a form: the session waits, the values come to the agent, and a page that comes later sees them', async () => {
    const app = await world.open();
    await app.say('/form Which one shall it be?');
    await app.untilRow('/form Which one', 'Needs input');
    await fill(app, 'Name', 'The first');
    await fill(app, 'How many', '3');
    await fill(app, 'Large', ' ');
    await fill(app, 'Tests', ' ');
    await shot(app, 'form');
    await app.page.setBypassCSP(true);
    const other = await world.openAt(app.page.url(), app);
    await other.press(/Which one shall it be/);
    await other.untilText('quick, and often enough');
    await app.press('Answer');
    await app.untilText('The first');
    await app.untilRow('/form Which one', 'Finished');
    await app.untilText('How many: 3');
    await other.untilText('How many: 3');
    await shot(app, 'form-answered');
  });

  it('axe finds nothing in a form with options and usage, light and dark', async () => {
    const app = await world.open();
    for (const scheme of ['light', 'dark']) {
      await app.page.emulateMediaFeatures([
        {name: 'prefers-color-scheme', value: scheme},
        {name: 'prefers-reduced-motion', value: 'reduce'},
      ]);
      await app.page.setBypassCSP(true);
      await app.page.reload();
      await app.say('/options');
      await app.untilText('Choose.');
      await app.say('/usage 42000 100000');
      await app.untilText('42 % of context');
      await app.say('/form Which?');
      await app.untilText('Begin at once');
      assert.deepEqual(await violations(app), []);
      await shot(app, `offers-${scheme}`);
      await app.press('Decline');
      await app.untilText('Declined.');
    }
    await app.page.setViewport({width: 390, height: 780});
    await shot(app, 'offers-narrow');
  });

  it('options: the wish is obeyed, or the old value comes back with the reason, on every page and after a restart', async () => {
    const app = await world.open();
    await app.say('/options');
    await app.untilText('Choose.');
    await app.page.evaluate(() => {
      const pace = window.probe.all('select').find((each) => window.probe.name(each) === 'Pace') as HTMLSelectElement;
      pace.selectedIndex = 2;
      pace.dispatchEvent(new Event('change', {bubbles: true}));
      (window.probe.all('[role=switch]')[0] as HTMLElement).click();
    });
    await app.untilText('“Write files” stays as it was: this agent only reads.');
    const isRight = (): boolean => {
      const pace = window.probe.all('select').find((each) => window.probe.name(each) === 'Pace') as HTMLSelectElement;
      const write = window.probe.all('[role=switch]')[0] as HTMLInputElement | undefined;
      return pace?.selectedIndex === 2 && write?.checked === false && pace.ariaBusy === 'false';
    };
    await app.until(isRight);
    await shot(app, 'options-refused');
    await world.killServer();
    await world.restartServer();
    await app.untilText('Connected');
    const fresh = await world.openAt(app.page.url(), app);
    await fresh.press(/options/);
    await fresh.until(isRight);
  });

  it('a plan moves on in place, and a change is shown before it is approved', async () => {
    const app = await world.open();
    await app.say('/plan 3');
    await app.untilText('3 steps done.');
    const plan = await app.page.evaluate(() =>
      window.probe.all('ul[aria-label=Plan] li').map((each) => (each.textContent ?? '').replace(/\s+/g, ' ').trim()),
    );
    assert.deepEqual(plan, ['Step 1 completed', 'Step 2 completed', 'Step 3 completed']);
    await app.say('/diff app.ts');
    await app.untilText('A line that was not there before.');
    await shot(app, 'diff');
    await app.press('Reject');
    await app.untilText('Rejected.');
    await app.untilText('rejected');
  });

  it('the plan that is at work stands above the box of every page until its turn is over, and opens by keyboard', async () => {
    const app = await world.open();
    await app.say('/plan 50');
    const hasBegun = (): boolean =>
      window.probe.all('button').some((each) => /^Plan: [1-9]\d* of 50 done/.test(window.probe.name(each)));
    await app.until(hasBegun);
    await app.tabTo(/^Plan: /);
    await app.page.keyboard.press('Enter');
    await app.until(() => window.probe.all('ul[aria-label=Steps] li').length === 50);
    await app.until(() => {
      const step = window.probe.all('ul[aria-label=Steps] .running')[0]?.getBoundingClientRect();
      const room = window.probe.all('ul[aria-label=Steps]')[0]?.getBoundingClientRect();
      return !!step && !!room && step.top >= room.top && step.bottom <= room.bottom;
    });
    await shot(app, 'plan-open');
    const other = await world.openAt(app.page.url(), app);
    await other.press(/plan 50/);
    await other.until(hasBegun);
    await app.page.keyboard.press('Escape');
    await app.until(() => !window.probe.all('ul[aria-label=Steps]').length);
    await app.press('Stop');
    for (const each of [app, other]) {
      await each.untilRow('/plan 50', 'Stopped');
      await each.until(() => !window.probe.all('button').some((button) => /^Plan: /.test(window.probe.name(button))));
    }
  });
});
