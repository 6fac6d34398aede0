import assert from 'node:assert/strict';
import {once} from 'node:events';
import {after, afterEach, before, describe, it} from 'node:test';
import {WebSocketServer} from 'ws';
import type {AddressInfo} from 'node:net';
import {App} from '../support/app.ts';
import {HostPage} from '../support/host-page.ts';
import {World} from '../support/world.ts';

/** `standalone.js` in a page of somebody else, under the strict policy: what a page author does on a Friday afternoon. */
describe('a host page with standalone.js', () => {
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

  const page = (body: string): string =>
    `<!doctype html><html lang="en"><title>Host</title>
    <script type="module" src="/standalone.js"></script>${body}`;

  /** Serves the page from an origin that the server lets in. */
  async function open(body: string): Promise<App> {
    host = new HostPage(page(body));
    const origin = await host.listen();
    await world.admit(origin);
    return world.openAt(`${origin}/`);
  }

  it('works under the strict policy with nothing reported, and loads little before the first message', async () => {
    const app = await open(
      `<session-context url="URL"><session-list></session-list><agent-chat></agent-chat></session-context>`,
    );
    await app.page.evaluate((url) => document.querySelector('session-context')?.setAttribute('url', url), world.url);
    await app.say('/tools 1');
    await app.untilText('1 calls made.');
    await app.untilRow('/tools 1', 'Finished');
    await app.untilText('completed');
  });

  it('a selected conversation is shown before more than 36 kB of script are loaded', async () => {
    const demo = await world.open();
    await demo.say('/echo first message');
    await demo.untilMessages('You: /echo first message', /: first message$/);
    const id = await demo.page.evaluate(() => document.querySelector('session-context')?.selected ?? '');
    const app = await open(
      `<session-context url="${world.url}" selected="${id}"><session-list></session-list><agent-chat></agent-chat>
       </session-context>`,
    );
    await app.page.evaluateOnNewDocument(() => {
      const look = (): void => {
        const shown = window.probe.all('article').length > 0;
        if (!shown) return void requestAnimationFrame(look);
        const scripts = performance.getEntriesByType('resource').map(({name}) => name.replace(/.*\//, ''));
        Object.assign(window, {loadedFirst: scripts});
      };
      look();
    });
    await app.page.reload();
    await app.until(() => 'loadedFirst' in window);
    const loaded = await app.page.evaluate(() => (window as unknown as {loadedFirst: string[]}).loadedFirst);
    const weight = loaded.reduce((sum, file) => sum + HostPage.weightOf(file), 0);
    assert.ok(weight > 20_000, `it was measured: ${loaded.join(', ')}`);
    assert.ok(weight <= 36_000, `${weight} bytes in ${loaded.join(', ')}`);
    await app.untilRow('/echo first message', 'Finished');
  });

  it('with persist="local" tabs follow each other: what one wrote offline another sends, once, also when the first is gone', async () => {
    const body = `<session-context url="${world.url}" persist="local"><session-list></session-list><agent-chat></agent-chat>
      </session-context>`;
    const first = await open(body);
    await first.untilText('New session');
    const second = await world.openAt(first.page.url(), first);
    await second.untilText('New session');
    world.proxy.cut();
    await second.until(() => document.querySelector('session-context')?.connection === 'waiting');
    await first.until(() => document.querySelector('session-context')?.connection === 'waiting');
    await first.say('/echo from the first tab');
    await second.untilRow('/echo from the first tab', 'Starting');
    first.page.on('dialog', (dialog) => void dialog.accept());
    await first.page.close({runBeforeUnload: false});
    world.proxy.restore();
    await second.untilRow('/echo from the first tab', 'Finished');
    const rows = await second.page.evaluate(() => window.probe.all('[part~=row]').length);
    const known = await second.page.evaluate(
      () =>
        [...(document.querySelector('session-context')?.store.sessions.all() ?? [])].filter(
          ({title}) => title === '/echo from the first tab',
        ).length,
    );
    assert.ok(rows >= 1);
    assert.equal(known, 1);
    assert.equal(await second.page.evaluate(() => localStorage.length), 0, 'nothing is kept of what is settled');
  });

  it('a server that speaks something else is named as such, and the text stays', async () => {
    const other = new WebSocketServer({port: 0, host: '127.0.0.1', handleProtocols: () => 'session-sync.v1'});
    other.on('connection', (socket) => socket.on('message', () => socket.send('{"hello":"world"}')));
    await once(other, 'listening');
    const url = `ws://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    try {
      const app = await open(
        `<session-context url="${url}"><connection-status></connection-status><agent-chat></agent-chat>
         <session-notices></session-notices></session-context>`,
      );
      await app.type('kept');
      await app.untilText('Refused');
      await app.untilText('does not speak session-sync.v1');
      const typed = await app.page.evaluate(() => (window.probe.all('textarea')[0] as HTMLTextAreaElement).value);
      assert.equal(typed, 'kept');
    } finally {
      for (const socket of other.clients) socket.terminate();
      other.close();
    }
  });

  it('a server that cannot be reached, and a wrong address, are named as such', async () => {
    const app = await open(
      `<session-context url="ws://127.0.0.1:1/"><connection-status></connection-status><agent-chat></agent-chat>
       <session-notices></session-notices></session-context>`,
    );
    await app.untilText('cannot be reached');
    await app.untilText('Offline');
    await app.say('written all the same');
    await app.untilText('Not confirmed');
    await app.page.evaluate(() => document.querySelector('session-context')?.setAttribute('url', 'ftp://nowhere'));
    await app.untilText('No connection can be made to the address');
    await app.untilText('Refused');
  });

  it('an origin that the server does not know is refused, and says so', async () => {
    host = new HostPage(
      page(
        `<session-context url="${world.url}"><connection-status></connection-status><agent-chat></agent-chat>
         <session-notices></session-notices></session-context>`,
      ),
    );
    const app = await world.openAt(`${await host.listen()}/`);
    await app.untilText('Refused');
    await app.untilText('does not let pages of this origin in');
  });
});
