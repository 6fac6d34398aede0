import {expect, waitUntil} from '@open-wc/testing';
import {nextFrame} from './next-frame.ts';
import {chatScene, theirs, type ChatScene} from './testkit.ts';

const stored = (seq: number) => ({
  seq,
  time: '2026-01-01T00:00:00Z',
  event: theirs(`Answer ${seq}.\n${'Words. '.repeat(10 + ((seq * 7) % 60))}`, `m${seq}`),
});

const logOf = (scene: ChatScene): HTMLElement => scene.all('log')[0] as HTMLElement;
const left = (log: HTMLElement): number => log.scrollHeight - log.clientHeight - log.scrollTop;
const numbers = (scene: ChatScene): number[] => scene.said.map((text) => Number(/Answer (\d+)\./.exec(text)?.[1]));

/** The number of the first message that is on the screen, and where it begins. */
function reading(scene: ChatScene): {number: number; top: number} | undefined {
  const box = logOf(scene).getBoundingClientRect();
  for (const article of scene.all('article')) {
    const {top, bottom} = article.getBoundingClientRect();
    if (bottom <= box.top || top >= box.bottom) continue;
    const number = Number(/Answer (\d+)\./.exec(article.textContent ?? '')?.[1]);
    return {number, top: Math.round(top - box.top) + 0};
  }
  return undefined;
}

/** Resolves when what is in the document does not change any more. */
async function settled(scene: ChatScene): Promise<void> {
  for (let same = 0, before = ''; same < 4;) {
    await nextFrame();
    const now = `${numbers(scene).join()} ${logOf(scene).scrollTop} ${logOf(scene).scrollHeight}`;
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

/** Entries that were taken from one place in the document and put into another, from now on. */
function movedIn(one: ChatScene): ReadonlySet<Node> {
  const moved = new Set<Node>();
  const observer = new MutationObserver((records) => {
    const added = new Set(records.flatMap(({addedNodes}) => [...addedNodes]));
    for (const node of records.flatMap(({removedNodes}) => [...removedNodes]))
      if (added.has(node) && node.nodeName === 'AGENT-CHAT-ITEM') moved.add(node);
  });
  const [article] = one.all('article');
  observer.observe(article?.closest('.items') as Element, {childList: true});
  return moved;
}

async function scene(size: number, id = 's'): Promise<ChatScene> {
  const made = await chatScene();
  await show(made, size, id);
  return made;
}

async function show(made: ChatScene, size: number, id: string): Promise<void> {
  made.memory.put({id});
  made.provider.selected = id;
  await made.chat.updateComplete;
  const events = Array.from({length: size}, (_, at) => stored(at + 1));
  made.memory.tell({type: 'thread', session: id, events, open: []});
  await waitUntil(() => numbers(made).at(-1) === size && left(logOf(made)) <= 1);
  await settled(made);
}

describe('<agent-chat>: long histories', () => {
  it('has as much in the document for 10,000 messages as for 200, at the end and everywhere else', async () => {
    const counts = async (size: number): Promise<number[]> => {
      const one = await scene(size);
      const count = (): number => logOf(one).querySelectorAll('*').length;
      const atEnd = count();
      logOf(one).scrollTop = logOf(one).scrollHeight / 2;
      await settled(one);
      return [atEnd, count()];
    };
    const small = await counts(200);
    const large = await counts(10_000);
    small.forEach((count, at) => expect(large[at]).to.be.at.most(count * 1.3));
  });

  it('shows what comes before what was there first, also where all of it fits on the screen', async () => {
    const one = await chatScene({welcome: false});
    one.store.send('s', 'Answer 3.');
    one.provider.selected = 's';
    await waitUntil(() => one.said.length === 1);
    await settled(one);
    one.memory.welcome();
    one.memory.put({id: 's'});
    const events = ['Answer 1.', 'Answer 2.'].map((text, at) => ({...stored(at + 1), event: theirs(text)}));
    one.memory.tell({type: 'thread', session: 's', events, open: []});
    await waitUntil(() => numbers(one).join() === '1,2,3');
  });

  it('shows what belongs to each place of the scroll bar, and nothing empty', async () => {
    const one = await scene(2_000);
    for (const to of [0, 0.25, 0.7, 0.1, 1]) {
      logOf(one).scrollTop = logOf(one).scrollHeight * to;
      await settled(one);
      const {number = NaN, top = NaN} = reading(one) ?? {};
      expect(top, `${to}`).to.be.at.most(24);
      expect(number / 2_000, `${to}`).to.be.closeTo(to, 0.1);
    }
  });

  it('goes through all messages in their order when the reader scrolls up page by page, without a jump', async () => {
    const one = await scene(300);
    const log = logOf(one);
    let last = reading(one)?.number ?? 0;
    const moved = movedIn(one);
    for (let step = 0; step < 500 && log.scrollTop > 0; step++) {
      const before = reading(one);
      log.scrollTop -= 300;
      await settled(one);
      const now = reading(one);
      expect(now?.number, `after ${before?.number}`).to.be.within(Math.max(1, last - 10), last);
      last = now?.number ?? NaN;
    }
    expect(last).to.equal(1);
    expect(moved.size, 'entries that were moved').to.equal(0);
    expect(numbers(one)).to.deep.equal(numbers(one).toSorted((a, b) => a - b));
  });

  it('keeps what is read in its place while messages come, the chat gets narrower and something above grows', async () => {
    const one = await scene(500);
    logOf(one).scrollTop = logOf(one).scrollHeight / 2;
    await settled(one);
    const before = reading(one);
    for (let seq = 501; seq < 540; seq++) one.memory.tell({type: 'event', session: 's', event: stored(seq)});
    await one.get('button', /^Jump to latest, 39 new/);
    await settled(one);
    expect(reading(one)).to.deep.equal(before);
    const above = one.all('article').find((each) => each.textContent?.includes(`Answer ${(before?.number ?? 0) - 3}.`));
    above?.append(Object.assign(document.createElement('div'), {className: 'tall'}));
    above?.lastElementChild?.setAttribute('part', 'tall');
    (above?.lastElementChild as HTMLElement).style.setProperty('block-size', '500px');
    await settled(one);
    expect(reading(one)).to.deep.equal(before);
    one.chat.style.setProperty('inline-size', '300px');
    await settled(one);
    expect(reading(one)?.number).to.equal(before?.number);
    await one.click('Jump to latest, 39 new39');
    await waitUntil(() => numbers(one).at(-1) === 539 && left(logOf(one)) <= 1);
  });

  it('keeps the same entries in the document when older ones come before the first of all that were there', async () => {
    const one = await chatScene();
    one.memory.put({id: 's'});
    one.provider.selected = 's';
    await one.chat.updateComplete;
    const events = (from: number, to: number) => Array.from({length: to - from}, (_, at) => stored(from + at));
    one.memory.tell({type: 'thread', session: 's', events: events(301, 601), open: [], next: 301});
    await waitUntil(() => numbers(one).at(-1) === 600);
    await settled(one);
    logOf(one).scrollTop = 0;
    await waitUntil(() => numbers(one)[0] === 301 && one.memory.queries.length === 1);
    await settled(one);
    const before = reading(one);
    const seen = one.all('article').slice(0, 8);
    const left = new Set<Element>();
    const observer = new MutationObserver((records) => {
      for (const {removedNodes} of records)
        for (const node of removedNodes) for (const each of seen) if (node.contains(each)) left.add(each);
    });
    observer.observe(logOf(one), {childList: true, subtree: true});
    one.memory.queries[0]?.answer({events: events(101, 301), next: 101});
    await one.gone('button', 'Loading older messages…');
    await settled(one);
    observer.disconnect();
    expect(reading(one)).to.deep.equal(before);
    expect([...left].map((each) => each.textContent)).to.deep.equal([]);
  });

  it('finds the place again when the reader comes back, and the end where the reader was at the end', async () => {
    const one = await scene(400);
    await show(one, 100, 'other');
    one.provider.selected = 's';
    await waitUntil(() => numbers(one).at(-1) === 400 && left(logOf(one)) <= 1);
    await settled(one);
    logOf(one).scrollTop = logOf(one).scrollHeight / 3;
    await settled(one);
    const before = reading(one);
    one.provider.selected = 'other';
    await waitUntil(() => numbers(one).at(-1) === 100 && left(logOf(one)) <= 1);
    one.provider.selected = 's';
    await waitUntil(() => reading(one)?.number === before?.number);
    await settled(one);
    expect(reading(one)).to.deep.equal(before);
  });

  it('keeps what has the focus in the document, and lets nothing go that is selected', async () => {
    const one = await scene(600);
    const tool = {kind: 'tool-began', id: 'k', turn: 't', name: 'count', input: {}} as const;
    one.memory.tell({type: 'event', session: 's', event: {seq: 601, time: '2026-01-01T00:00:00Z', event: tool}});
    const button = await one.get('button', /^count/);
    button.focus();
    logOf(one).scrollTop = 0;
    await settled(one);
    expect(numbers(one)[0]).to.equal(1);
    expect(button.isConnected).to.equal(true);
    expect(one.chat.shadowRoot?.activeElement).to.equal(button);
    expect(one.has('button', /^Show later messages/)).to.equal(true);
  });

  it('has all that a high screen shows in the document, and no more with each that comes', async () => {
    const one = await chatScene();
    one.chat.style.setProperty('block-size', '3000px');
    one.chat.style.setProperty('max-block-size', 'none');
    one.memory.put({id: 's'});
    one.provider.selected = 's';
    const short = (seq: number) => ({...stored(seq), event: theirs(`Answer ${seq}.`, `m${seq}`)});
    const events = Array.from({length: 300}, (_, at) => short(at + 1));
    await one.chat.updateComplete;
    one.memory.tell({type: 'thread', session: 's', events, open: []});
    await waitUntil(() => numbers(one).length > 64);
    await settled(one);
    const {length} = numbers(one);
    for (let seq = 301; seq < 900; seq++) one.memory.tell({type: 'event', session: 's', event: short(seq)});
    await waitUntil(() => numbers(one).at(-1) === 899);
    await settled(one);
    expect(numbers(one).length).to.be.within(length - 8, 2 * length);
  });

  it('says to a screen reader how much is left out, and brings it', async () => {
    const one = await scene(300);
    const more = await one.get('button', /^Show earlier messages \(\d+\)/);
    const first = numbers(one)[0] ?? NaN;
    expect(more.textContent).to.include(String(first - 1));
    more.click();
    await waitUntil(() => numbers(one).includes(first - 1));
    expect(logOf(one).getAttribute('role')).to.equal('log');
    await expect(one.chat).to.be.accessible();
  });

  it('keeps what is unfolded unfolded, also where it was not in the document meanwhile', async () => {
    const one = await scene(300);
    one.memory.tell({
      type: 'event',
      session: 's',
      event: {seq: 301, time: '2026-01-01T00:00:00Z', event: {kind: 'thought', id: 'th', turn: 't', text: 'Hm.'}},
    });
    await one.click('Thought');
    await waitUntil(() => logOf(one).textContent?.includes('Hm.'));
    (one.all('button', 'Thought')[0] as HTMLElement).blur();
    logOf(one).scrollTop = 0;
    await one.gone('button', 'Thought');
    logOf(one).scrollTop = logOf(one).scrollHeight;
    await waitUntil(() => logOf(one).textContent?.includes('Hm.'));
  });
});
