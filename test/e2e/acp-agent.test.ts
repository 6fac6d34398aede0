import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, describe, it} from 'node:test';
import type {App} from '../support/app.ts';
import {scriptedWorld} from '../support/scripted-world.ts';
import type {World} from '../support/world.ts';

/** Where a picture of each state goes, to be looked at: none, unless this says where. */
const SHOTS = process.env['SHOTS'];

describe('an agent as a process, in the page', () => {
  const folders = ['one', 'two'].map((name) => mkdtempSync(join(tmpdir(), `${name}-`)));
  let world: World;
  before(async () => {
    ({world} = await scriptedWorld({folders}));
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(async () => {
    await world.end();
    for (const folder of folders) rmSync(folder, {recursive: true, force: true});
  });

  async function shot(app: App, name: string): Promise<void> {
    if (SHOTS) await app.page.screenshot({path: `${SHOTS}/acp-${name}.png`});
  }

  const choose = (app: App, label: string, value: string): Promise<void> =>
    app.until(
      (name, wanted) => {
        const select = window.probe.all('select').find((each) => window.probe.name(each) === name);
        if (!(select instanceof HTMLSelectElement)) return false;
        const index = [...select.options].findIndex(({text}) => text.trim() === wanted);
        if (index < 0) return false;
        select.selectedIndex = index;
        select.dispatchEvent(new Event('change', {bubbles: true}));
        return true;
      },
      label,
      value,
    );

  it('a change is shown before it is approved; allowed and rejected', async () => {
    const app = await world.open();
    await app.say('edit');
    await app.untilText('/project/a.txt');
    await app.untilRow('edit', 'Needs input');
    await shot(app, 'approval');
    const buttons = await app.page.evaluate(() =>
      window.probe
        .all('button')
        .map((button) => window.probe.name(button))
        .filter((name) => ['Always', 'Once', 'No'].includes(name)),
    );
    assert.deepEqual(buttons, ['Always', 'Once', 'No'], 'the words of the agent');
    await app.press('Once');
    await app.untilText('answered once');
    await app.untilText('completed');
    await app.say('edit');
    await app.press('No');
    await app.untilText('answered no');
    await app.untilText('rejected');
    await shot(app, 'rejected');
  });

  it('a plan, the usage of the context and a notice', async () => {
    const app = await world.open();
    await app.say('plan');
    await app.untilText('All done.');
    const plan = await app.page.evaluate(() =>
      window.probe.all('ul[aria-label=Plan] li').map((each) => (each.textContent ?? '').replace(/\s+/g, ' ').trim()),
    );
    assert.deepEqual(plan, ['Read completed', 'Write completed', 'Check completed']);
    await app.say('usage 42000 100000');
    await app.untilText('42 % of context');
    await app.say('notice the model is slow.');
    await app.untilText('By the way: the model is slow.');
    await shot(app, 'plan');
    const spoken = await app.messages();
    assert.ok(!spoken.some((line) => !line.startsWith('You:') && line.includes('slow')), 'it is no message');
  });

  it('a turn that the agent begins by itself says so, also on a page that comes later', async () => {
    const app = await world.open();
    await app.say('own good morning');
    await app.untilText('good morning');
    const afterLine = (): boolean =>
      window.probe
        .all('p.line')
        .some(
          (line) =>
            line.textContent === 'The agent began by itself' &&
            line.nextElementSibling?.textContent?.includes('good morning'),
        );
    await app.until(afterLine);
    await app.page.reload();
    await app.press(/own good/);
    await app.until(afterLine);
    await shot(app, 'own-turn');
  });

  it('an option is changed in mid-turn; a refusal brings the old value back', async () => {
    const app = await world.open();
    await app.say('hello\nwait');
    await app.untilText('hello');
    await app.untilRow('hello', 'Running');
    await choose(app, 'Effort', 'high');
    await app.until(() => window.probe.all('select').some((each) => each.ariaBusy === 'false'));
    await choose(app, 'Effort', 'refused');
    await app.untilText('not on this plan');
    await app.until(() => {
      const select = window.probe.all('select').find((each) => window.probe.name(each) === 'Effort');
      return select instanceof HTMLSelectElement && select.selectedOptions[0]?.text.trim() === 'high';
    });
    await shot(app, 'options');
    await app.press('Stop');
    await app.untilRow('hello', 'Stopped');
  });

  it('the commands of the agent are a menu behind a stroke, by keyboard', async () => {
    const app = await world.open();
    await app.say('commands 30');
    await app.untilRow('commands 30', 'Finished');
    await app.type('/command-2');
    await app.until(() => window.probe.all('[role=option]').length > 1);
    await shot(app, 'commands');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Enter');
    await app.until(() => {
      const box = window.probe.all('textarea').find((each) => window.probe.name(each) === 'Message');
      return box instanceof HTMLTextAreaElement && /^\/command-2\d $/.test(box.value);
    });
  });

  it('a question is a form, and its answer comes to the agent', async () => {
    const app = await world.open();
    await app.say('question');
    await app.untilRow('question', 'Needs input');
    await app.until(() => window.probe.all('form textarea, form input').length > 0);
    await shot(app, 'question');
    await app.page.evaluate(() => {
      const [field] = window.probe.all('form textarea, form input');
      if (field instanceof HTMLElement) field.focus();
    });
    await app.page.keyboard.type('this one');
    await app.press('Answer');
    await app.untilText('{"which":"this one"}');
  });

  it('a new conversation is in the folder that was chosen', async () => {
    const app = await world.open();
    const [, second = ''] = folders;
    await choose(app, 'Folder', second);
    await shot(app, 'folder');
    await app.say('where');
    await app.untilRow('where', 'Finished');
    // As an agent sees it; the page shows it beside the conversation too.
    assert.ok(
      (await app.messages()).some((line) => line.endsWith(`: ${second}`)),
      (await app.messages()).join(' | '),
    );
  });

  /** What can be chosen or read beside a conversation; the list has choices of its own. */
  const offered = (app: App): Promise<string[]> =>
    app.page.evaluate(() =>
      window.probe
        .all('select, [role=switch], [role=meter], meter, ul[aria-label=Plan]')
        .filter((each) => (each.getRootNode() as ShadowRoot).host?.localName === 'agent-chat')
        .map((each) => window.probe.name(each)),
    );

  it('what an agent lacks is not shown', async () => {
    const app = await world.open();
    await app.say('hello');
    await app.untilRow('hello', 'Finished');
    assert.ok((await offered(app)).includes('Effort'));
    await app.press(/New session/);
    await choose(app, 'Agent', 'Workspace');
    await app.say('/echo nothing more');
    await app.untilMessages('You: /echo nothing more', /: nothing more$/);
    const shown = await offered(app);
    await shot(app, 'lacks');
    assert.deepEqual(shown, []);
    await app.type('/');
    assert.equal(await app.page.evaluate(() => window.probe.all('[role=listbox]').length), 0);
  });

  it('what an agent says stays text: nothing is created, run or asked for', async () => {
    const app = await world.open();
    const asked: string[] = [];
    app.page.on('request', (request) => asked.push(request.url()));
    await app.say('hostile http://127.0.0.1:9');
    await app.untilText('Always allow commands that start with rm');
    await app.page.evaluate(() => {
      for (const closed of window.probe.all('details')) (closed as HTMLDetailsElement).open = true;
    });
    await app.until(() => window.probe.all('button').some((each) => window.probe.name(each).startsWith('No <img')));
    const focused = await app.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return [
        active?.tagName,
        window.probe.all('button[autofocus], button[type=submit]').map((each) => window.probe.name(each)),
      ];
    });
    assert.deepEqual(focused, ['TEXTAREA', []], 'no button of an approval is the default');
    await shot(app, 'hostile-approval');
    await isText(app);
    await app.press(/^No <img/);
    await app.untilText('This may be a secret');
    const kinds = await app.page.evaluate(() =>
      window.probe
        .all('form input, form textarea')
        .map((each) => [(each as HTMLInputElement).type, each.getAttribute('autocomplete')]),
    );
    assert.ok(!kinds.flat().includes('password') && kinds.every(([, complete]) => complete === 'off'), String(kinds));
    await shot(app, 'hostile-question');
    await isText(app);
    await app.press('Decline');
    await app.untilText('All of it was said.');
    await isText(app);
    await app.press('Events');
    await app.until(() => window.probe.all('session-events').some((each) => each.checkVisibility()));
    await app.until(() =>
      window.probe
        .all('*')
        .some(
          (each) =>
            each.localName.startsWith('session-event') && (each.shadowRoot?.textContent ?? '').includes('onerror'),
        ),
    );
    await shot(app, 'hostile-events');
    await isText(app);
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(world.proxy.origin)),
      [],
    );
  });

  /** Nothing of what was said has become more than text. */
  async function isText(app: App): Promise<void> {
    const found = await app.page.evaluate(() => ({
      hit: 'hit' in window,
      elements: window.probe
        .all('img, iframe, script, object, embed, svg image')
        .filter((each) => each.getRootNode() !== document),
      handlers: window.probe
        .all('*')
        .flatMap((each) => each.getAttributeNames().filter((name) => name.startsWith('on'))),
      links: window.probe.all('a').flatMap((each) => {
        const href = each.getAttribute('href');
        return href === null || /^(https?:|mailto:|#)/.test(href) ? [] : [href];
      }),
    }));
    assert.deepEqual(found, {hit: false, elements: [], handlers: [], links: []});
  }
});
