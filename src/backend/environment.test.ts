import {expect} from '@open-wc/testing';
import {pageEnvironment} from './environment.ts';

describe('the page as the world of a backend', () => {
  it('makes UUIDs of version 4 in lower case, without crypto.randomUUID', () => {
    const made = Array.from({length: 200}, () => pageEnvironment.uuid());
    for (const id of made) expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(made).size).to.equal(200);
  });

  it('wakes when the network or the page comes back, until told to stop', () => {
    let woken = 0;
    const stop = pageEnvironment.onWake(() => woken++);
    dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).to.equal(document.visibilityState === 'visible' ? 2 : 1);
    stop();
    dispatchEvent(new Event('online'));
    expect(woken).to.equal(document.visibilityState === 'visible' ? 2 : 1);
  });

  it('runs no timer early that is longer than a browser can wait', async () => {
    const first = await new Promise<string>((resolve) => {
      const cancel = pageEnvironment.timer(2 ** 31, () => resolve('long'));
      pageEnvironment.timer(20, () => {
        cancel();
        resolve('short');
      });
    });
    expect(first).to.equal('short');
  });

  it('has a clock that nobody can put back', () => {
    const {now} = Date;
    const before = pageEnvironment.now();
    try {
      Date.now = () => now() - 86_400_000;
      expect(pageEnvironment.now()).to.be.within(before, before + 60_000);
    } finally {
      Date.now = now;
    }
  });

  it('runs a timer, unless it is cancelled', async () => {
    const run = await new Promise<string>((resolve) => {
      pageEnvironment.timer(0, () => resolve('cancelled'))();
      pageEnvironment.timer(1, () => resolve('run'));
    });
    expect(run).to.equal('run');
  });
});
