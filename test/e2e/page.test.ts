import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {violations} from '../support/axe.ts';
import type {App} from '../support/app.ts';
import {World} from '../support/world.ts';

/** What is told of other sessions, once something is, stands above this element. */
async function assertCoversNothingOf(app: App, selector: string): Promise<void> {
  await app.until(() => window.probe.all('[part=notice]').length > 0);
  const [below = 0, top = 0] = await app.page.evaluate(
    (selector) => [
      Math.max(...window.probe.all('[part=notice]').map((notice) => notice.getBoundingClientRect().bottom)),
      window.probe.all(selector)[0]?.getBoundingClientRect().top ?? 0,
    ],
    selector,
  );
  assert.ok(below <= top, `${below} <= ${top}`);
}

describe('the demo page', () => {
  let world: World;
  before(async () => {
    world = await World.create();
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(() => world.end());

  for (const [name, path] of [
    ['the demo', '/'],
    ['list and chat in separate trees of a host page', '/hosts/split.html'],
  ] as const) {
    for (const scheme of ['light', 'dark']) {
      it(`axe finds nothing on ${name}, ${scheme}`, async () => {
        const app = await world.open(path);
        await app.page.emulateMediaFeatures([
          {name: 'prefers-color-scheme', value: scheme},
          {name: 'prefers-reduced-motion', value: 'reduce'},
        ]);
        await app.page.setBypassCSP(true);
        await app.page.reload();
        await app.say('/tools 2');
        await app.untilText('2 calls made.');
        await app.say('/ask May I?');
        await app.untilText('Allow');
        await app.untilRow('/tools 2', 'Needs input');
        assert.deepEqual(await violations(app), []);
      });
    }
  }

  it('the whole story by keyboard: start, watch, answer, stop, resume, rename, delete', async () => {
    const app = await world.open();
    await app.untilText('Connected');
    await app.tabTo('Message');
    await app.page.keyboard.type('/ask May I?');
    await app.page.keyboard.press('Enter');
    // What can be pressed at once could be pressed by mistake.
    await app.until(() =>
      window.probe
        .all('button')
        .some((button) => window.probe.name(button) === 'Allow' && !(button as HTMLButtonElement).disabled),
    );
    await app.tabTo('Allow');
    await app.page.keyboard.press('Enter');
    await app.untilText('Allowed.');
    await app.tabTo('Message');
    await app.page.keyboard.type('/stream 5000 20');
    await app.page.keyboard.press('Enter');
    await app.untilText('w3 ');
    await app.tabTo('Stop');
    await app.page.keyboard.press('Space');
    await app.untilRow('/ask May I?', 'Stopped');
    await app.tabTo('Message');
    await app.page.keyboard.type('/echo resumed');
    await app.page.keyboard.press('Enter');
    await app.untilRow('/ask May I?', 'Finished');
    await app.tabTo(/^Rename /);
    await app.page.keyboard.press('Enter');
    await app.page.keyboard.type(' by keyboard');
    await app.page.keyboard.press('Enter');
    await app.untilText('by keyboard');
    await app.tabTo(/^Delete .*by keyboard/);
    await app.page.keyboard.press('Enter');
    await app.tabTo('Delete');
    await app.page.keyboard.press('Enter');
    await app.until(() => !window.probe.all('[part~=row]').some((row) => row.textContent?.includes('by keyboard')));
  });

  it('Enter of an input method sends nothing', async () => {
    const app = await world.open();
    await app.type('half');
    const client = await app.page.createCDPSession();
    await client.send('Input.imeSetComposition', {text: 'か', selectionStart: 1, selectionEnd: 1});
    await app.page.keyboard.press('Enter');
    assert.deepEqual(await app.messages(), []);
  });

  it('a list that is mounted later knows everything at once', async () => {
    const app = await world.open();
    await app.page.evaluate(() => document.querySelector('session-list')?.remove());
    await app.say('/wait 2');
    await app.page.evaluate(() => {
      document.getElementById('list')?.append(document.createElement('session-list'));
    });
    await app.untilRow('/wait 2', 'Running');
    await app.untilRow('/wait 2', 'Finished');
  });

  it('the drawer of a phone opens at a tap on its button', async () => {
    const app = await world.open();
    await app.page.setViewport({width: 390, height: 844, hasTouch: true, isMobile: true});
    const button = await app.page.waitForSelector('#show-list', {visible: true});
    await button?.tap();
    await app.until(() => window.probe.all('session-list')[0]?.checkVisibility({visibilityProperty: true}) ?? false);
  });

  it('what is told of other sessions covers nothing on a phone', async () => {
    const app = await world.open();
    await app.page.setViewport({width: 390, height: 844, hasTouch: true, isMobile: true});
    await app.say('/child /ask May I?');
    await assertCoversNothingOf(app, 'agent-chat');
    await app.press('Sessions');
    const begin = await app.page.waitForSelector('>>> .new', {visible: true});
    await begin?.tap();
    await app.until(() => window.probe.text().includes('Start a conversation'));
  });

  it('what is told of other sessions covers nothing of the timeline', async () => {
    const app = await world.open();
    await app.press('Events');
    await app.say('/child echo of a child');
    await assertCoversNothingOf(app, 'session-events');
  });

  it('a text that is too long is refused with a sentence, and stays', async () => {
    const app = await world.open();
    await app.untilText('Connected');
    await app.type('x');
    await app.page.evaluate(() => {
      const [box] = window.probe.all('textarea') as HTMLTextAreaElement[];
      if (!box) return;
      box.value = 'long '.repeat(30_000);
      box.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    });
    await app.page.keyboard.press('Enter');
    await app.untilText('too long');
    const kept = await app.page.evaluate(() => (window.probe.all('textarea')[0] as HTMLTextAreaElement).value.length);
    assert.equal(kept, 150_000);
    assert.deepEqual(await app.messages(), []);
  });
});

describe('users', () => {
  let world: World;
  before(async () => {
    world = await World.create('--token', 'for-ann=ann', '--token', 'for-bob=bob');
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(() => world.end());

  it('a second user in the same tab never sees or sends what the first left', async () => {
    const ann = await world.open('/#token=for-ann');
    await ann.say('/echo from ann');
    await ann.untilMessages('You: /echo from ann', /: from ann$/);
    world.proxy.cut();
    await ann.untilText('Offline');
    await ann.say('/echo unsent of ann');
    await ann.type('draft of ann');
    world.proxy.restore();
    ann.page.on('dialog', (dialog) => void dialog.accept());
    // Bob signs in where Ann was, before anything of hers could be sent again.
    await ann.page.evaluate(() => {
      const context = document.querySelector('session-context');
      if (context) context.token = 'for-bob';
      context?.disconnect();
      context?.reconnect();
    });
    await ann.until(() => !document.body.innerText.includes('ann') && window.probe.all('[part~=row]').length === 0);
    const seen = await ann.page.evaluate(() => {
      const texts = (node: Node): string =>
        node.nodeType === Node.TEXT_NODE
          ? (node.textContent ?? '')
          : [...(node instanceof Element && node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes]
              .map(texts)
              .join(' ');
      const boxes = window.probe.all('textarea').map((box) => (box as HTMLTextAreaElement).value);
      return texts(document.body) + boxes.join(' ');
    });
    assert.ok(!seen.includes('of ann') && !seen.includes('from ann'), seen);
    await ann.page.evaluate(() => {
      const context = document.querySelector('session-context');
      if (context) context.token = 'for-ann';
      context?.disconnect();
      context?.reconnect();
    });
    await ann.untilRow('/echo from ann', 'Finished');
    const again = await world.open('/#token=for-bob');
    await again.untilText('Connected');
    await again.untilText('No sessions yet.');
  });

  it('a wrong token says so; the page stays usable with what was typed', async () => {
    const app = await world.open('/#token=wrong');
    await app.untilText('Signed out');
    await app.untilText('does not accept the token');
    await app.type('still here');
    assert.ok(!(await app.page.url()).includes('wrong'), 'the token is gone from the address');
    await app.page.evaluate(() => {
      const context = document.querySelector('session-context');
      if (context) context.token = 'for-ann';
    });
    await app.untilText('Connected');
    const typed = await app.page.evaluate(() => (window.probe.all('textarea')[0] as HTMLTextAreaElement).value);
    assert.equal(typed, 'still here');
  });
});
