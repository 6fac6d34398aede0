import {expect, html, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import type {StoredEvent} from '../../model/events.ts';
import {pretendClipboard, saidAround} from '../shared/clipboard/testkit.ts';
import {Scene, ago, scene, textOf} from '../shared/testkit.ts';
import type {SessionEvents} from './session-events.ts';

const timeline = html`<session-events session-id="a"></session-events>`;
const some = (memory: MemoryBackend): void => {
  memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't'});
  memory.event('a', {kind: 'turn-began', turn: 't', origin: 'user'});
  memory.event('a', {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'Please\nfix it'});
  memory.event('a', {kind: 'thought', id: 'h', turn: 't', text: 'How?'});
  memory.event('a', {kind: 'tool-began', id: 'o', turn: 't', name: 'read', input: {path: 'x'}});
  memory.event('a', {kind: 'unknown', name: 'weather-changed', data: {kind: 'weather-changed', to: 'rain'}});
  memory.event('a', {kind: 'unreadable', problem: 'time: not a time'});
};
const element = ({provider}: Scene): SessionEvents => provider.querySelector('session-events') as SessionEvents;
/** What was stored of each event that is open. */
const stored = (it: Scene): HTMLElement[] => it.all('group', /^\S+ \d+$/);
const lines = (it: Scene): string[] => it.all('listitem').map((each) => textOf(each).trim());
const kinds = (it: Scene): string[] =>
  [...(element(it).shadowRoot?.querySelectorAll('[part=event-kind]') ?? [])].map(textOf);

describe('session-events', () => {
  it('shows every event once, in order, the unknown by its name and the unreadable as such', async () => {
    const it = await scene(timeline, {}, some);
    await waitUntil(() => kinds(it).length === 6);
    expect(kinds(it)).to.deep.equal([
      'turn-began',
      'message',
      'thought',
      'tool-began',
      'weather-changed',
      'unreadable',
    ]);
    expect(lines(it)[1]).to.include('You: Please fix it');
    expect(lines(it)[5]).to.include('One entry could not be read.');
    it.memory.event('a', {kind: 'tool-ended', id: 'o', turn: 't', outcome: 'completed'});
    await waitUntil(() => kinds(it).length === 7);
    it.memory.drop();
    it.memory.welcome();
    await waitUntil(() => it.provider.store.thread('a')?.state.live);
    await element(it).updateComplete;
    expect(kinds(it).length).to.equal(7);
  });

  it('filters by group, with counts of what is loaded', async () => {
    const it = await scene(timeline, {}, some);
    const tools = await it.get('button', 'Tools');
    await waitUntil(() => kinds(it).length === 6);
    const count = (name: string) => it.all('button', name)[0]?.querySelector('.count')?.textContent;
    expect([count('Messages'), count('Tools'), count('Lifecycle')]).to.deep.equal(['2', '1', '3']);
    expect(tools.ariaPressed).to.equal('true');
    tools.click();
    await waitUntil(() => tools.ariaPressed === 'false' && !kinds(it).includes('tool-began'));
    await it.click('Messages');
    await it.click('Lifecycle');
    await waitUntil(() => kinds(it).length === 0);
    tools.click();
    await waitUntil(() => kinds(it).join() === 'tool-began');
  });

  it('opens one event, and all of them', async () => {
    const it = await scene(timeline, {}, some);
    it.provider.dir = 'rtl';
    const line = await it.get('button', /^weather-changed/);
    expect(line.ariaExpanded).to.equal('false');
    line.click();
    const details = await it.get('group', 'weather-changed 5');
    // JSON reads from left to right on any page.
    expect(getComputedStyle(details).direction).to.equal('ltr');
    expect(JSON.parse(textOf(details))).to.deep.include({seq: 5, event: {kind: 'weather-changed', to: 'rain'}});
    await it.click('Expand all');
    await waitUntil(() => stored(it).length === 6);
    await it.click('Expand all');
    await waitUntil(() => stored(it).length === 0);
  });

  it('closes all, also what was opened by hand, and keeps nothing open in another session', async () => {
    const it = await scene(timeline, {}, some);
    await it.click('Expand all');
    await waitUntil(() => stored(it).length === 6);
    const [all] = it.all('button', 'Expand all');
    expect(all?.ariaPressed).to.equal('true');
    await it.click(/^thought/);
    await waitUntil(() => stored(it).length === 5);
    await it.click('Expand all');
    await waitUntil(() => stored(it).length === 0);
    expect(all?.ariaPressed).to.equal('false');
    await it.click(/^message/);
    await it.get('group', 'message 2');
    it.put('b', 'Another');
    it.memory.event('b', {kind: 'turn-began', turn: 'u', origin: 'user'});
    it.memory.event('b', {kind: 'message', id: 'n', turn: 'u', role: 'user', text: 'Of another'});
    element(it).sessionId = 'b';
    await it.get('button', /Of another/);
    expect(stored(it)).to.deep.equal([]);
  });

  it('says whether more will come, as long as the session runs', async () => {
    const it = await scene(timeline, {}, some);
    await it.get('paragraph', 'Live — waiting for events…');
    it.memory.drop();
    await it.get('paragraph', 'Not live');
    it.memory.welcome();
    await it.get('paragraph', 'Live — waiting for events…');
    it.memory.put({id: 'a', status: 'finished'});
    await it.gone('paragraph');
    it.memory.drop();
    await waitUntil(() => !it.provider.store.thread('a')?.state.live);
    await element(it).updateComplete;
    expect(it.has('paragraph')).to.equal(false);
  });

  it('copies an entry: of a message its words, of all else what was stored', async () => {
    const clipboard = pretendClipboard();
    try {
      const it = await scene(timeline, {}, some);
      await it.click('Expand all');
      const button = await it.get('button', 'Copy message 2');
      expect(textOf(button).trim()).to.equal('Copy');
      button.click();
      expect(saidAround(button)).to.deep.equal([]);
      await waitUntil(() => saidAround(button).join() === 'Copied');
      expect(clipboard.text).to.equal('Please\nfix it');
      await it.click('Copy tool-began 4');
      await waitUntil(() => clipboard.text.startsWith('{'));
      expect(clipboard.text).to.include('\n  "seq": 4');
      expect(JSON.parse(clipboard.text).event).to.deep.include({kind: 'tool-began', input: {path: 'x'}});
    } finally {
      clipboard.restore();
    }
  });

  it('renders a bounded number, and asks for older ones', async () => {
    const it = await scene(timeline, {}, (memory) => memory.put({id: 'a'}));
    const event = (seq: number): StoredEvent => ({
      seq,
      time: ago(1),
      event: {kind: 'notice', id: `n${seq}`, level: 'info', text: `Number ${seq}`},
    });
    const range = (from: number, to: number) => Array.from({length: to - from + 1}, (_, i) => event(from + i));
    element(it).style.setProperty('block-size', '300px');
    it.memory.tell({type: 'thread', session: 'a', events: range(301, 600), open: [event(7)], next: 301});
    await waitUntil(() => kinds(it).length === 200);
    await it.click('Load older…');
    await waitUntil(() => kinds(it).length === 301);
    expect(lines(it)).to.include('Events in between are not loaded.');
    await it.click('Load older…');
    await waitUntil(() => it.memory.queries.length === 1);
    expect(it.memory.queries[0]?.query).to.deep.equal({session: 'a', before: 301});
    await it.get('button', 'Loading events…');
    const box = element(it).shadowRoot?.querySelector('.scroll') as HTMLElement;
    box.scrollTop = 0;
    const inSight = it.all('listitem').find((each) => textOf(each).includes('Number 301')) as HTMLElement;
    await waitUntil(() => it.all('button', 'Auto-scroll')[0]?.ariaPressed === 'false');
    const {top} = inSight.getBoundingClientRect();
    it.memory.queries[0]?.answer({events: range(1, 300)});
    await waitUntil(() => kinds(it).length === 600);
    const isKept = () => Math.abs(inSight.getBoundingClientRect().top - top) < 100;
    await waitUntil(isKept, 'what was in sight stays there');
    expect(it.has('button', /older/)).to.equal(false);
    expect(lines(it)).not.to.include('Events in between are not loaded.');
  });

  it('follows the end until a person scrolls up', async () => {
    const it = await scene(timeline, {}, some);
    element(it).style.setProperty('block-size', '160px');
    const follow = await it.get('button', 'Auto-scroll');
    const box = element(it).shadowRoot?.querySelector('.scroll') as HTMLElement;
    const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < 2;
    const more = (count: number) => {
      for (let i = 0; i < count; i++)
        it.memory.event('a', {kind: 'thought', id: `x${i}${count}`, turn: 't', text: '…'});
    };
    more(20);
    await waitUntil(() => kinds(it).length === 26 && isAtEnd());
    await it.click('Expand all');
    await waitUntil(() => stored(it).length === 26 && isAtEnd());
    box.scrollTop = 10;
    await waitUntil(() => follow.ariaPressed === 'false');
    more(5);
    await waitUntil(() => kinds(it).length === 31);
    expect(isAtEnd()).to.equal(false);
    follow.click();
    await waitUntil(() => follow.ariaPressed === 'true' && isAtEnd());
  });

  it('follows the selection unless it has a session of its own, and lets go of threads', async () => {
    const it = await scene(html`<session-events></session-events>`, {}, some);
    await it.get('paragraph', 'No session is selected.');
    it.provider.selected = 'a';
    await waitUntil(() => kinds(it).length === 6);
    it.put('b', 'Another');
    element(it).sessionId = 'b';
    await it.get('paragraph', 'No events yet.');
    expect(it.provider.store.thread('b')?.watchers).to.equal(1);
    expect(it.provider.store.thread('a')?.watchers).to.equal(0);
    element(it).remove();
    await waitUntil(() => it.provider.store.thread('b')?.watchers === 0);
  });

  it('says that a session is gone, and that there is no provider', async () => {
    const it = await scene(timeline);
    it.memory.tell({type: 'session-missing', session: 'a'});
    await it.get('paragraph', 'This session does not exist any more.');
    const alone = document.createElement('session-events');
    document.body.append(alone);
    await alone.updateComplete;
    expect(textOf(alone.shadowRoot as ShadowRoot)).to.include('No session provider is connected.');
    alone.remove();
  });

  it('is accessible, closed and open', async () => {
    const it = await scene(timeline, {}, some);
    await waitUntil(() => kinds(it).length === 6);
    await expect(element(it)).to.be.accessible();
    await it.click('Expand all');
    await it.get('group', 'message 2');
    await expect(element(it)).to.be.accessible();
  });
});
