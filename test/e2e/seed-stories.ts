import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {World} from '../support/world.ts';

/** What agents do not all have: a turn that nobody has asked for, and what a person says while it goes on. */
export interface OwnTurns {
  /** Its words stream for some time. */
  readonly streams: string;
  /** Whether it runs: what begins the name of its first message, or is in that. */
  readonly sign: string;
  /** It waits for a second. */
  readonly waits: string;
  /** What is shown when that has begun, and at its end. */
  readonly begun: string;
  readonly last: string;
}

/** The five issues of the document that this project began with, in a real browser against the real server. */
export function seedStories(name: string, create: () => Promise<World>, own: OwnTurns, hasChildren: boolean): void {
  void describe(name, () => {
    let world: World;
    before(async () => {
      world = await create();
    });
    afterEach(async () => assert.deepEqual(await world.closeTabs(), []));
    after(() => world.end());

    describe('1: Stop works from the chat at any moment, and nothing says that it is over before it is', () => {
      it('before the server has answered the start', async () => {
        const app = await world.open();
        await app.untilText('Connected');
        world.proxy.hold();
        await app.say('/stream 5000 20');
        await app.press('Stop');
        await app.untilRow('/stream 5000 20', 'Stopping');
        world.proxy.release();
        await app.untilRow('/stream 5000 20', 'Stopped');
      });

      it('in a resumed turn', async () => {
        const app = await world.open();
        await app.say('/echo first');
        await app.untilMessages('You: /echo first', /^.+: first$/);
        await app.untilRow('/echo first', 'Finished');
        await app.say('/stream 5000 20');
        await app.untilRow('/echo first', 'Running');
        await app.untilMessages('You: /echo first', /: first$/, 'You: /stream 5000 20', /: w1 w2/);
        await app.press('Stop');
        await app.untilRow('/echo first', 'Stopped');
        const [, , , answer = ''] = await app.messages();
        assert.ok(answer.split(' ').length < 5000, 'it was stopped on the way');
      });

      it('in a turn that no person has begun', async () => {
        const app = await world.open();
        // It is stopped as soon as it is seen: that of a callback takes half a second.
        await app.page.evaluate((sign) => {
          const look = (): void => {
            const begun = window.probe
              .all('article')
              .some((each) => window.probe.name(each).startsWith(sign) || each.textContent?.includes(sign));
            const stop = window.probe.all('button').find((button) => window.probe.name(button) === 'Stop');
            if (begun && stop) (stop as HTMLElement).click();
            else requestAnimationFrame(look);
          };
          look();
        }, own.sign);
        const said = own.streams;
        await app.say(said);
        await app.untilRow(said, 'Stopped');
        const answer = (await app.messages()).at(-1) ?? '';
        assert.ok(!answer.includes('w1000'), 'it was stopped on the way');
      });

      const inChild = async (): Promise<void> => {
        const app = await world.open();
        await app.say('/child /stream 5000 20');
        await app.untilMessages('You: /child /stream 5000 20', /: Started\.$/);
        await app.press(/^Stop \/stream 5000 20$/);
        await app.untilRow('/child /stream 5000 20', 'Finished');
        await app.untilMessages('You: /child /stream 5000 20', /: Started\.$/, /^Result of .*stopped/, /Child said: /);
      };
      if (hasChildren) it('in a child, whose parent is told of it', inChild);

      it('in a turn that waits for a person, whose question is withdrawn', async () => {
        const app = await world.open();
        await app.say('/ask May I?');
        await app.untilRow('/ask May I?', 'Needs input');
        await app.press('Stop');
        await app.untilRow('/ask May I?', 'Stopped');
      });

      it('while the agent is deaf to it: stopping until the server’s word', async () => {
        const app = await world.open();
        // It hears a stop as long as it is still being started.
        await app.say('/echo ready');
        await app.untilRow('/echo ready', 'Finished');
        await app.say('/deaf 2');
        await app.untilRow('/echo ready', 'Running');
        await app.press('Stop');
        await app.untilRow('/echo ready', 'Stopping');
        await app.untilRow('/echo ready', 'Stopped');
      });
    });

    it('2: the list changes live while only the chat acts, also in another window', async () => {
      const [watching, acting] = [await world.open(), await world.open()];
      await acting.say('/wait 1');
      await Promise.all([watching.untilRow('/wait 1', 'Running'), acting.untilRow('/wait 1', 'Running')]);
      await Promise.all([watching.untilRow('/wait 1', 'Finished'), acting.untilRow('/wait 1', 'Finished')]);
      await acting.say('/stream 400 100');
      await watching.untilRow('/wait 1', 'Running');
      const late = await world.open();
      await late.untilRow('/wait 1', 'Running');
      await late.untilRow('/wait 1', 'Finished');
    });

    it('3: a message that resumes a session is never gone, not for one frame, through a callback and a reconnect', async () => {
      const app = await world.open();
      await app.say(own.waits);
      await app.untilText(own.begun);
      await app.watchFrames();
      await app.say('/echo still here');
      await app.untilText('/echo still here');
      const from = (await app.frames()).findIndex((lines) => lines.some((line) => line.includes('/echo still here')));
      world.proxy.cut();
      await app.untilText('Offline');
      world.proxy.restore();
      await app.untilText('Connected');
      await app.until((last) => window.samples.at(-1)?.some((line) => line.includes(last)) ?? false, own.last);
      const frames = (await app.frames()).slice(from);
      assert.ok(frames.length > 10);
      for (const lines of frames) {
        const mine = lines.filter((line) => line.includes('/echo still here'));
        assert.equal(mine.length, 1, `shown once in every frame: ${lines.join(' | ')}`);
      }
    });

    it('4: the order on screen is the server’s, live and after a reload', async () => {
      const app = await world.open();
      await app.say('/stream 60 60');
      await app.untilMessages('You: /stream 60 60', /: w1/);
      await app.say('/echo two');
      await app.say('/echo three');
      const expected = [
        'You: /stream 60 60',
        /: w1 .* w60$/,
        'You: /echo two',
        /: two$/,
        'You: /echo three',
        /: three$/,
      ];
      await app.untilMessages(...expected);
      const live = await app.messages();
      await app.page.reload();
      await app.untilMessages(...expected);
      assert.deepEqual(await app.messages(), live);
    });

    it('5: the message of a person is what the person typed, and nothing else', async () => {
      const app = await world.open();
      await app.say('help me please');
      await app.untilMessages('You: help me please', /./);
      await app.page.reload();
      await app.untilMessages('You: help me please', /./);
    });
  });
}
