import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import {durationWords} from './duration.ts';
import type {SessionDuration} from './session-duration.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NOW = Date.UTC(2026, 4, 20, 12);
const at = (time: number): string => new Date(time).toISOString();

describe('duration', () => {
  it('is said in its two largest units, in the words of the language', () => {
    const said = (ms: number, isOver = false, language = 'en'): string => durationWords(ms, isOver, language);
    expect(said(-5)).to.equal('0s');
    expect(said(999)).to.equal('0s');
    expect(said(42_900)).to.equal('42s');
    expect(said(MINUTE)).to.equal('1m 0s');
    expect(said(65 * MINUTE + 59_000)).to.equal('1h 5m');
    expect(said(50 * 60 * MINUTE)).to.equal('2d 2h');
    expect(said(3, true)).to.equal('0.1s');
    expect(said(340, true)).to.equal('0.3s');
    expect(said(9_990, true)).to.equal('9.9s');
    expect(said(42_900, true)).to.equal('42s');
    expect(said(42_000, false, 'ar-EG')).to.include('٤٢');
    expect(said(MINUTE, false, 'no language')).to.be.a('string');
  });

  describe('on the page', () => {
    const {setTimeout, clearTimeout} = window;
    let due: Map<number, {run: () => void; ms: number}>;
    beforeEach(() => {
      due = new Map();
      let made = 0;
      window.setTimeout = ((run: () => void, ms = 0) => {
        // What the test library waits with is not meant.
        if (ms > SECOND || ms < 100) return setTimeout(run, ms);
        due.set(--made, {run, ms});
        return made;
      }) as typeof setTimeout;
      window.clearTimeout = (id) => (due.delete(Number(id)) ? undefined : clearTimeout(id));
    });
    afterEach(() => Object.assign(window, {setTimeout, clearTimeout}));

    const until = (condition: () => boolean): Promise<void> => waitUntil(condition, undefined, {timeout: 3000});
    const clock = {serverTime: NOW};
    const shown = async (until?: string): Promise<SessionDuration> => {
      clock.serverTime = NOW;
      const place = await fixture(
        html`<div lang="en">
          <session-duration .since=${at(NOW - 41_400)} .until=${until} .clock=${clock}></session-duration>
        </div>`,
      );
      return place.querySelector('session-duration') as SessionDuration;
    };
    const tick = (): void => [...due.values()].at(-1)?.run();

    it('goes on with each full second', async () => {
      const duration = await shown();
      expect(duration.textContent).to.equal('41s');
      expect(duration.querySelector('time')?.dateTime).to.equal('PT41S');
      await until(() => due.size === 1);
      expect([...due.values()][0]?.ms).to.equal(600);
      clock.serverTime += 600;
      tick();
      await until(() => duration.textContent === '42s');
      await until(() => [...due.values()][0]?.ms === SECOND);
      expect(due.size).to.equal(1);
    });

    it('is still once it is over, and says so in words', async () => {
      const duration = await shown();
      await until(() => due.size === 1);
      clock.serverTime += 5 * MINUTE;
      duration.until = at(NOW + 600);
      duration.label = 'Took {time}';
      await until(() => duration.textContent === 'Took 42s');
      expect(due.size).to.equal(0);
    });

    it('waits where it cannot be seen, and is right when it comes back', async () => {
      const duration = await shown();
      await until(() => due.size === 1);
      duration.style.setProperty('display', 'none');
      await until(() => due.size === 0);
      clock.serverTime += MINUTE;
      duration.style.removeProperty('display');
      await until(() => duration.textContent === '1m 41s' && due.size === 1);
      duration.remove();
      expect(due.size).to.equal(0);
    });

    it('says nothing of what is no time', async () => {
      const duration = await shown();
      duration.since = 'yesterday';
      await until(() => duration.textContent === '');
      expect(due.size).to.equal(0);
    });
  });
});
