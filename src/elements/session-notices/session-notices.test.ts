import {expect, html, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import {nextEvent, scene, textOf, type Scene} from '../shared/testkit.ts';
import type {SessionNotices} from './session-notices.ts';

const content = html`<button>Before</button><session-notices></session-notices>`;
const two = (memory: MemoryBackend): void => {
  memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't1'});
  memory.put({id: 'b', title: 'Write the manual', status: 'running', turn: 't2'});
  memory.put({id: 'c', title: 'Was over before', status: 'failed'});
};
const element = ({provider}: Scene): SessionNotices => provider.querySelector('session-notices') as SessionNotices;
const told = (it: Scene): string[] =>
  [...(element(it).shadowRoot?.querySelectorAll('[part=notice-text]') ?? [])].map((each) => textOf(each).trim());
const tells = (it: Scene, ...texts: string[]) =>
  waitUntil(() => told(it).join('|') === texts.join('|'), `does not tell ${texts.join(', ')}`, {interval: 5});

/** Timers that run when told. */
function timers(): {run: () => void; count: () => number; restore: () => void} {
  const waiting = new Map<number, () => void>();
  const {setTimeout, clearTimeout} = window;
  let last = 1_000_000;
  window.setTimeout = ((run: () => void, after: number) => {
    if (after !== 8_000) return setTimeout(run, after);
    waiting.set(++last, run);
    return last;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => {
    if (!waiting.delete(id as number)) clearTimeout(id);
  };
  return {
    run: () => {
      const due = [...waiting.values()];
      waiting.clear();
      for (const each of due) each();
    },
    count: () => waiting.size,
    restore: () => Object.assign(window, {setTimeout, clearTimeout}),
  };
}

/** Hides the page, or shows it again. */
function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Notifications of a system that a person has been asked about. */
function system(permission: NotificationPermission, answer = permission) {
  const shown: FakeNotification[] = [];
  class FakeNotification {
    static permission = permission;
    static requestPermission = (): Promise<NotificationPermission> => {
      FakeNotification.permission = answer;
      return Promise.resolve(answer);
    };
    onclick: (() => void) | undefined;
    closed = false;
    body = '';
    tag = '';
    title = '';
    constructor(title: string, {body, tag}: {body: string; tag: string}) {
      Object.assign(this, {title, body, tag});
      shown.push(this);
    }
    close(): void {
      this.closed = true;
    }
  }
  const real = window.Notification;
  Object.assign(window, {Notification: FakeNotification});
  return {shown, restore: () => Object.assign(window, {Notification: real})};
}

describe('session-notices', () => {
  afterEach(() => Reflect.deleteProperty(document, 'hidden'));

  it('tells of other sessions that end or ask, once each, and nothing of what was so already', async () => {
    const it = await scene(content, {}, two);
    it.provider.selected = 'a';
    await it.get('region', 'Notifications');
    await waitUntil(() => it.provider.store.listLive);
    expect(told(it)).to.deep.equal([]);
    it.memory.put({id: 'b', status: 'waiting'});
    await tells(it, 'Write the manual needs your answer.');
    it.memory.put({id: 'b', preview: 'Nothing new'});
    it.memory.drop();
    it.memory.welcome();
    await waitUntil(() => it.provider.store.listLive);
    await tells(it, 'Write the manual needs your answer.');
    it.memory.put({id: 'b', status: 'running'});
    await tells(it);
    it.memory.put({id: 'b', status: 'finished'});
    await tells(it, 'Write the manual has finished.');
    it.memory.put({id: 'a', status: 'failed'});
    it.memory.put({id: 'd', title: 'New here', status: 'finished'});
    await element(it).updateComplete;
    await tells(it, 'Write the manual has finished.');
  });

  it('announces failures and problems as alerts, the rest as status', async () => {
    const it = await scene(content, {}, two);
    it.memory.put({id: 'a', status: 'finished'});
    it.memory.put({id: 'b', status: 'failed'});
    it.memory.tell({type: 'problem', code: 'internal', message: 'The server has a problem.'});
    await waitUntil(() => told(it).length === 3);
    expect(textOf(await it.get('alert')))
      .to.include('Write the manual has failed.')
      .and.include('has a problem');
    expect(textOf(await it.get('status'))).to.include('Fix the build has finished.');
    it.memory.tell({type: 'problem', code: 'internal', message: 'The server has a problem.'});
    await element(it).updateComplete;
    expect(told(it).length).to.equal(3);
  });

  it('is quiet about words that could not be sent where they stand on the screen, with the reason', async () => {
    const it = await scene(html`<agent-chat></agent-chat>${content}`, {}, two);
    it.provider.selected = 'a';
    await it.get('textarea', 'Message');
    const {store} = it.provider;
    for (const [session, text] of Object.entries({a: 'Here', b: 'There'})) {
      it.memory.reject(store.send(session, text) ?? '', 'too-many', `Not ${text.toLowerCase()}.`);
    }
    store.rename('a', 'Another');
    it.memory.reject(it.memory.delivered.at(-1)?.id ?? '', 'invalid', 'Not renamed.');
    await tells(it, 'Not there.', 'Not renamed.');
    expect(textOf(await it.get('article', 'You'))).to.include('Here');
    expect(it.all('button', 'Open'), 'of what is open already').to.have.length(1);
    it.provider.selected = 'b';
    await tells(it, 'Not renamed.');
  });

  it('opens the session, unless prevented, and forgets what a person looks at', async () => {
    const it = await scene(content, {}, two);
    it.memory.put({id: 'b', status: 'waiting'});
    const asked = nextEvent(it.provider, 'session-select');
    await it.click('Open');
    expect((await asked).sessionId).to.equal('b');
    expect(it.provider.selected).to.equal('b');
    await tells(it);
    it.memory.put({id: 'a', status: 'finished'});
    await tells(it, 'Fix the build has finished.');
    it.provider.selected = 'a';
    await tells(it);
    await element(it).updateComplete;
    it.provider.selected = 'b';
    await element(it).updateComplete;
    await tells(it);
  });

  it('is dismissed by button and by Escape, and gives the focus back', async () => {
    const it = await scene(content, {}, two);
    const before = await it.get('button', 'Before');
    it.memory.put({id: 'a', status: 'failed'});
    it.memory.put({id: 'b', status: 'failed'});
    await waitUntil(() => told(it).length === 2);
    before.focus();
    await sendKeys({press: 'Tab'});
    await sendKeys({press: 'Escape'});
    await tells(it, 'Write the manual has failed.');
    await waitUntil(() => element(it).shadowRoot?.activeElement?.getAttribute('aria-label') === 'Dismiss');
    await sendKeys({press: 'Enter'});
    await tells(it);
    await waitUntil(() => document.activeElement === before);
  });

  it('gives the focus back to what had it in another element', async () => {
    const it = await scene(html`<session-list></session-list>${content}`, {}, two);
    const row = await it.get('button', 'Fix the build');
    it.memory.put({id: 'b', status: 'failed'});
    const dismiss = await it.get('button', 'Dismiss');
    row.focus();
    dismiss.focus();
    dismiss.click();
    await tells(it);
    await waitUntil(() => row.matches(':focus'));
  });

  it('lets good news go by themselves, but not while a person is there, and bad news never', async () => {
    const clock = timers();
    try {
      const it = await scene(content, {}, two);
      it.memory.put({id: 'a', status: 'failed'});
      it.memory.put({id: 'b', status: 'finished'});
      await waitUntil(() => told(it).length === 2);
      expect(clock.count()).to.equal(1);
      it.all('button', 'Dismiss')[0]?.focus();
      expect(clock.count()).to.equal(0);
      (await it.get('button', 'Before')).focus();
      expect(clock.count()).to.equal(1);
      clock.run();
      await tells(it, 'Fix the build has failed.');
      it.memory.put({id: 'b', status: 'running'});
      it.memory.put({id: 'b', status: 'finished'});
      await waitUntil(() => clock.count() === 1);
      element(it).remove();
      await waitUntil(() => clock.count() === 0, 'no timer is left behind');
    } finally {
      clock.restore();
    }
  });

  it('shows a bounded number, the newest', async () => {
    const it = await scene(content);
    for (let i = 0; i < 9; i++) it.memory.tell({type: 'problem', code: 'x', message: `Problem ${i}`});
    await tells(it, ...[4, 5, 6, 7, 8].map((i) => `Problem ${i}`));
  });

  it('counts in the title what happens while the page is hidden, the selected session too', async () => {
    const before = document.title;
    try {
      document.title = 'Portal';
      const it = await scene(html`<session-notices title-badge></session-notices>`, {}, two);
      it.provider.selected = 'a';
      it.memory.put({id: 'c', status: 'running'});
      it.memory.put({id: 'c', status: 'finished'});
      expect(document.title).to.equal('Portal');
      setHidden(true);
      it.memory.put({id: 'a', status: 'waiting'});
      it.memory.put({id: 'b', status: 'waiting'});
      it.memory.put({id: 'b', status: 'failed'});
      await waitUntil(() => document.title === '(2) Portal');
      document.title = 'Elsewhere';
      it.memory.put({id: 'c', status: 'running'});
      it.memory.put({id: 'c', status: 'failed'});
      await waitUntil(() => document.title === '(3) Elsewhere');
      setHidden(false);
      expect(document.title).to.equal('Elsewhere');
      setHidden(true);
      it.memory.put({id: 'b', status: 'running'});
      it.memory.put({id: 'b', status: 'finished'});
      await waitUntil(() => document.title === '(1) Elsewhere');
      element(it).remove();
      expect(document.title).to.equal('Elsewhere');
    } finally {
      document.title = before;
    }
  });

  it('keeps the good news until somebody can see them', async () => {
    const clock = timers();
    try {
      setHidden(true);
      const it = await scene(content, {}, two);
      it.memory.put({id: 'b', status: 'finished'});
      await tells(it, 'Write the manual has finished.');
      expect(clock.count()).to.equal(0);
      setHidden(false);
      expect(clock.count()).to.equal(1);
    } finally {
      clock.restore();
    }
  });

  it('tells by the system once a person allows it, one notification a session', async () => {
    const {shown, restore} = system('default', 'granted');
    try {
      const it = await scene(html`<session-notices desktop title-badge></session-notices>`, {}, two);
      const {title} = document;
      expect(it.has('button', /^Notify me/)).to.equal(false);
      it.memory.put({id: 'a', status: 'waiting'});
      await it.click(/^Notify me/);
      await it.gone('button', /^Notify me/);
      expect(shown).to.deep.equal([]);
      setHidden(true);
      it.memory.put({id: 'b', status: 'waiting'});
      it.memory.put({id: 'b', preview: 'Nothing new'});
      await waitUntil(() => shown.length === 1);
      const [told] = shown;
      expect(told?.body).to.equal('Write the manual needs your answer.');
      expect(told?.tag).to.equal('session b');
      const asked = nextEvent(it.provider, 'session-select');
      told?.onclick?.();
      expect((await asked).sessionId).to.equal('b');
      expect(it.provider.selected).to.equal('b');
      it.memory.put({id: 'a', status: 'running'});
      it.memory.put({id: 'a', status: 'finished'});
      await waitUntil(() => shown.length === 2);
      expect(shown.map((each) => each.title)).to.deep.equal([title, title]);
      setHidden(false);
      expect(shown.every(({closed}) => closed)).to.equal(true);
    } finally {
      restore();
    }
  });

  for (const answer of ['denied', 'default'] as const) {
    it(`shows no notification of the system where the answer is ${answer}`, async () => {
      const {shown, restore} = system('default', answer);
      try {
        const it = await scene(html`<session-notices desktop></session-notices>`, {}, two);
        setHidden(true);
        it.memory.put({id: 'a', status: 'waiting'});
        await it.click(/^Notify me/);
        it.memory.put({id: 'b', status: 'waiting'});
        await tells(it, 'Fix the build needs your answer.', 'Write the manual needs your answer.');
        expect(shown).to.deep.equal([]);
        expect(it.has('button', /^Notify me/)).to.equal(answer === 'default');
      } finally {
        restore();
      }
    });
  }

  it('is accessible', async () => {
    const it = await scene(content, {}, two);
    await expect(element(it)).to.be.accessible();
    it.memory.put({id: 'a', status: 'failed'});
    it.memory.put({id: 'b', status: 'finished'});
    await waitUntil(() => told(it).length === 2);
    await expect(element(it)).to.be.accessible();
  });
});
