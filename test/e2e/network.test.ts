import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {World} from '../support/world.ts';

describe('a network and a server that fail', () => {
  let world: World;
  before(async () => {
    world = await World.create();
  });
  afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
  after(() => world.end());

  const words = (from: number, to: number): string =>
    Array.from({length: to - from + 1}, (_, index) => `w${from + index}`).join(' ');

  it('cut in mid-stream and restored: the rest arrives once, in order, without a step back', async () => {
    const app = await world.open();
    await app.say('/stream 200 60');
    await app.untilText('w20 ');
    await app.watchFrames();
    world.proxy.cut();
    await app.untilText('Offline');
    world.proxy.restore();
    await app.untilMessages('You: /stream 200 60', new RegExp(`: ${words(1, 200)}$`));
    const lengths = (await app.frames()).map((lines) => lines[1]?.match(/w\d+/g)?.length ?? 0);
    lengths.forEach((length, index) => assert.ok(length >= (lengths[index - 1] ?? 0), 'never shorter than before'));
  });

  it('a message typed while the server cannot be reached is marked, survives a reload, and is sent once', async () => {
    const app = await world.open();
    await app.say('/echo before');
    await app.untilMessages('You: /echo before', /: before$/);
    await world.killServer();
    await app.untilText('Offline');
    await app.say('/echo while away');
    await app.untilText('Not confirmed');
    await world.restartServer();
    // The page is loaded anew while the connection of the old one is still down.
    app.page.on('dialog', (dialog) => void dialog.accept());
    await app.page.reload();
    await app.untilMessages('You: /echo before', /: before$/, 'You: /echo while away', /: while away$/);
    const other = await world.open(new URL(app.page.url()).search + new URL(app.page.url()).hash);
    await other.untilMessages('You: /echo before', /: before$/, 'You: /echo while away', /: while away$/);
  });

  it('Stop, then at once a correction: it is obeyed after the stop', async () => {
    const app = await world.open();
    await app.say('/stream 5000 20');
    await app.untilText('w5 ');
    await app.press('Stop');
    await app.say('/echo corrected');
    await app.untilMessages('You: /stream 5000 20', /: w1/, 'You: /echo corrected', /: corrected$/);
    await app.untilRow('/stream 5000 20', 'Finished');
  });

  it('SIGKILL while three sessions stream: everything acknowledged is there, open turns have failed with the reason', async () => {
    const apps = await Promise.all([world.open(), world.open(), world.open()]);
    const texts = ['/stream 4000 41', '/stream 4000 42', '/stream 4000 43'];
    await Promise.all(apps.map((app, index) => app.say(texts[index] ?? '')));
    await Promise.all(apps.map((app) => app.untilText('w100 ')));
    await world.killServer();
    await Promise.all(apps.map((app) => app.untilText('Offline')));
    await world.restartServer();
    await Promise.all(apps.map((app) => app.untilText('Connected')));
    const [first] = apps;
    assert.ok(first);
    for (const text of texts) await first.untilRow(text, 'Failed');
    await Promise.all(apps.map((app) => app.untilText('server was restarted')));
    await Promise.all(apps.map((app, index) => app.untilMessages(`You: ${texts[index]}`, /: w1 w2/)));
  });

  it('two windows on one session show the same, while either acts', async () => {
    const app = await world.open();
    await app.say('/echo one');
    await app.untilMessages('You: /echo one', /: one$/);
    const url = new URL(app.page.url());
    const other = await world.open(url.search + url.hash);
    await other.untilMessages('You: /echo one', /: one$/);
    await other.say('/stream 80 80');
    await app.say('/echo two');
    await Promise.all([app, other].map((each) => each.untilText('w80')));
    await Promise.all(
      [app, other].map((each) => each.until(() => window.probe.all('article, [role=article]').length === 6)),
    );
    assert.deepEqual(await app.messages(), await other.messages());
    await app.press(/^Delete \/echo one/);
    await app.press('Delete');
    await other.untilText('does not exist any more');
  });
});
