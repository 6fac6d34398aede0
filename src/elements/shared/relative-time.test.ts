import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import {RelativeTime, languageOf, relativeTime} from './relative-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 4, 20, 12);

describe('relative time', () => {
  it('is said in the words of the language, without seconds, and never in the future', () => {
    const said = (age: number, language = 'en'): string => relativeTime(NOW - age, NOW, language);
    expect(said(-5 * MINUTE)).to.equal('now');
    expect(said(59_000)).to.equal('now');
    expect(said(MINUTE)).to.equal('1 min. ago');
    expect(said(3 * HOUR)).to.equal('3 hr. ago');
    expect(said(DAY)).to.equal('yesterday');
    expect(said(15 * DAY)).to.equal('2 wk. ago');
    expect(said(800 * DAY)).to.equal('2 yr. ago');
    expect(said(2 * DAY, 'de')).to.equal('vorgestern');
    expect(said(MINUTE, 'no language')).to.be.a('string');
  });

  it('finds the nearest language, also outside of shadow roots', async () => {
    const outer = await fixture(
      html`<div lang="fr">
        <p><span></span></p>
      </div>`,
    );
    const root = (outer.querySelector('span') as Element).attachShadow({mode: 'open'});
    root.innerHTML = '<b></b><i lang="ja"><u></u></i>';
    expect(languageOf(root.querySelector('b') as Element)).to.equal('fr');
    expect(languageOf(root.querySelector('u') as Element)).to.equal('ja');
  });

  it('has one timer for all, and renders what has changed', async () => {
    const {setInterval, clearInterval} = window;
    let tick: (() => void) | undefined;
    let timers = 0;
    window.setInterval = ((run: () => void) => {
      timers++;
      tick = run;
      return 7;
    }) as typeof setInterval;
    window.clearInterval = () => void (timers -= 1);
    try {
      const clock = {serverTime: NOW};
      const place = await fixture(
        html`<div lang="en">
          <session-time .time=${new Date(NOW - MINUTE).toISOString()} .clock=${clock}></session-time>
          <session-time .time=${new Date(NOW - DAY).toISOString()} .clock=${clock}></session-time>
        </div>`,
      );
      const [minute, day] = [...place.querySelectorAll<RelativeTime>('session-time')] as [RelativeTime, RelativeTime];
      expect(timers).to.equal(1);
      expect(minute.textContent).to.equal('1 min. ago');
      expect(minute.querySelector('time')?.title).to.include('2026');
      let renders = 0;
      const watch = new MutationObserver(() => renders++);
      watch.observe(day, {subtree: true, childList: true, characterData: true, attributes: true});
      clock.serverTime += MINUTE;
      tick?.();
      await waitUntil(() => minute.textContent === '2 min. ago');
      expect(renders).to.equal(0);
      minute.remove();
      expect(timers).to.equal(1);
      day.remove();
      expect(timers).to.equal(0);
    } finally {
      Object.assign(window, {setInterval, clearInterval});
    }
  });
});
