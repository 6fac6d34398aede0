import {expect, waitUntil as wait} from '@open-wc/testing';
import type {ThreadEvent} from '../../../model/events.ts';
import {loadMarkdown} from '../markdown-body.ts';
import {chatScene, mine, theirs, type ChatScene} from '../testkit.ts';

/** Older ones are loaded and drawn first, on a machine that may be busy. */
const waitUntil = (holds: () => boolean): Promise<void> => wait(holds, undefined, {timeout: 5000});

const stored = (seq: number, text = `Answer ${seq}. ${'Words. '.repeat(20)}`) => ({
  seq,
  time: '2026-01-01T00:00:00Z',
  event: theirs(text, `m${seq}`),
});

/** 400 messages, of which the last 200 are loaded; gold is in the 50th, 250th and 390th. */
const text = (seq: number): string | undefined => ([50, 250, 390].includes(seq) ? `Some gold of ${seq}.` : undefined);
const some = (from: number, to: number) =>
  Array.from({length: to - from + 1}, (_, at) => stored(from + at, text(from + at)));

async function partlyLoaded(capabilities?: readonly string[]): Promise<ChatScene> {
  const scene = await chatScene({
    ...(capabilities && {welcome: {capabilities}}),
    handlers: {
      onQuery: (query) => {
        if (query.query.session === undefined) return;
        if ('text' in query.query && query.query.text) query.answer({events: [stored(50, text(50))]});
        else query.answer({events: some(1, 200)});
      },
    },
  });
  scene.memory.put({id: 's'});
  scene.provider.selected = 's';
  await scene.chat.updateComplete;
  scene.memory.tell({type: 'thread', session: 's', events: some(201, 400), open: [], next: 201});
  await scene.get('article');
  return scene;
}

const box = async (scene: ChatScene): Promise<HTMLInputElement> => {
  await waitUntil(() => scene.all('input[type=search]').length === 1);
  return scene.all<HTMLInputElement>('input[type=search]')[0] as HTMLInputElement;
};

async function lookFor(scene: ChatScene, words: string): Promise<HTMLInputElement> {
  await scene.click('Find in conversation');
  const input = await box(scene);
  await waitUntil(() => scene.chat.shadowRoot?.activeElement === input);
  input.value = words;
  input.dispatchEvent(new InputEvent('input', {bubbles: true}));
  return input;
}

const told = (scene: ChatScene): string => scene.all('.found')[0]?.textContent?.trim() ?? '';
const shown = (scene: ChatScene): string => scene.all('[data-found]')[0]?.textContent?.trim() ?? '';
const press = (target: HTMLElement, key: string, init: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', {key, bubbles: true, composed: true, cancelable: true, ...init});
  target.dispatchEvent(event);
  return event;
};

const isOnScreen = (scene: ChatScene): boolean => {
  const [found] = scene.all('[data-found]');
  const log = scene.all('log')[0]?.getBoundingClientRect();
  const at = found?.getBoundingClientRect();
  return !!log && !!at && at.top < log.bottom && at.bottom > log.top;
};

describe('<agent-chat>: find in conversation', () => {
  it('finds what is loaded and what is not, the newest first, and shows each in its place', async () => {
    const scene = await partlyLoaded();
    const input = await lookFor(scene, 'gold');
    await waitUntil(() => told(scene).startsWith('1 of 3') && shown(scene).includes('gold of 390'));
    expect(told(scene), 'says what was found').to.include('Some gold of 390.');
    press(input, 'Enter');
    await waitUntil(
      () => told(scene).startsWith('2 of 3') && shown(scene).includes('gold of 250') && isOnScreen(scene),
    );
    await scene.click('Next match, older');
    await waitUntil(() => told(scene).startsWith('3 of 3') && shown(scene).includes('gold of 50') && isOnScreen(scene));
    press(input, 'Enter', {shiftKey: true});
    await waitUntil(() => told(scene).startsWith('2 of 3') && shown(scene).includes('gold of 250'));
    await expect(scene.chat).to.be.accessible();
  });

  it('opens what hides the words, and shows them in it', async () => {
    const scene = await chatScene();
    const call = (id: string, output: string): ThreadEvent[] => [
      {kind: 'tool-began', id, turn: 't', name: 'count', input: {}},
      {kind: 'tool-ended', id, turn: 't', outcome: 'completed', output},
    ];
    const lines = Array.from({length: 400}, (_, at) => (at === 300 ? 'here is silver' : `line ${at}`)).join('\n');
    const calls = Array.from({length: 9}, (_, at) =>
      call(`c${at}`, at === 4 ? lines : at === 0 ? 'some bronze' : 'nothing'),
    );
    await scene.open([
      {kind: 'thought', id: 'h', turn: 't', text: `${'Long. '.repeat(900)} I think of gold.`},
      ...calls.flat(),
      theirs(
        ['```', ...Array.from({length: 90}, (_, at) => (at === 80 ? 'platinum' : `code ${at}`)), '```'].join('\n'),
      ),
      ...Array.from({length: 20}, (_, at) => theirs(`Answer ${at}`)),
    ]);
    await loadMarkdown();
    const sees = (word: string): boolean => {
      const found = scene.all('[data-found]')[0];
      const log = scene.all('log')[0]?.getBoundingClientRect();
      const texts = found && document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
      for (let node = texts?.nextNode(); node; node = texts?.nextNode()) {
        const at = node.textContent?.indexOf(word) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        const [hit, inside] = [range, node.parentElement?.closest('pre') ?? found].map((each) =>
          each?.getBoundingClientRect(),
        );
        if (!hit || !inside || !log) return false;
        return hit.top >= Math.max(log.top, inside.top) && hit.bottom <= Math.min(log.bottom, inside.bottom);
      }
      return false;
    };
    const input = await lookFor(scene, 'gold');
    for (const word of ['gold', 'silver', 'bronze', 'platinum']) {
      input.value = word;
      input.dispatchEvent(new InputEvent('input', {bubbles: true}));
      await waitUntil(() => told(scene).startsWith('1 of 1') && sees(word));
    }
  });

  it('says that there is nothing', async () => {
    const scene = await partlyLoaded([]);
    await lookFor(scene, 'silver');
    await waitUntil(() => told(scene) === 'No matches');
  });

  it('does not say that there is nothing before it has looked', async () => {
    const scene = await partlyLoaded();
    await scene.click('Find in conversation');
    const input = await box(scene);
    const said = new Set<string>();
    const observer = new MutationObserver(() => said.add(told(scene)));
    observer.observe(input.closest('.find') as Element, {subtree: true, childList: true, characterData: true});
    for (const text of ['gold', 'golden', 'gold']) {
      input.value = text;
      input.dispatchEvent(new InputEvent('input', {bubbles: true}));
      await scene.chat.updateComplete;
      said.add(told(scene));
    }
    await waitUntil(() => told(scene).startsWith('1 of'));
    observer.disconnect();
    expect([...said]).to.not.include('No matches');
  });

  it('says that it looked only through what is loaded, where the server cannot find', async () => {
    const scene = await partlyLoaded([]);
    await lookFor(scene, 'gold');
    await waitUntil(() => told(scene).startsWith('1 of 2 in what is loaded'));
  });

  it('marks the words, and nothing any more when it is closed by Escape; the focus goes back', async () => {
    const scene = await partlyLoaded();
    const message = await scene.get<HTMLTextAreaElement>('textbox', 'Message');
    message.focus();
    const event = press(message, 'f', {ctrlKey: true});
    expect(event.defaultPrevented).to.equal(true);
    const input = await box(scene);
    await waitUntil(() => scene.chat.shadowRoot?.activeElement === input);
    expect(press(input, 'f', {ctrlKey: true}).defaultPrevented, 'the second time it is the browser’s').to.equal(false);
    input.value = 'gol';
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    const marked = (): string[] => [...(CSS.highlights.get('session-found') ?? [])].map((range) => String(range));
    await waitUntil(() => marked().join() === 'gol');
    press(input, 'Escape');
    await waitUntil(() => scene.all('input[type=search]').length === 0);
    expect(marked()).to.deep.equal([]);
    expect(shown(scene)).to.equal('');
    expect(scene.chat.shadowRoot?.activeElement?.contains(message)).to.equal(true);
  });

  it('has its button over nothing that is said, wherever one has scrolled', async () => {
    const scene = await chatScene();
    const isOver = (one: Element, other: Element): boolean => {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      return a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;
    };
    await scene.open(
      Array.from({length: 30}, (_, at) => mine(`${at}: a message that reaches from one side to the other. `.repeat(9))),
    );
    const button = await scene.get('button', 'Find in conversation');
    const log = scene.all('log')[0] as HTMLElement;
    await waitUntil(() => log.scrollTop > 500);
    for (const [inlineSize, dir, column] of [
      ['390px', 'ltr', ''],
      ['390px', 'rtl', ''],
      ['800px', 'ltr', ''],
      ['900px', 'ltr', ''],
      ['1280px', 'rtl', ''],
      ['1280px', 'ltr', '76rem'],
    ] as const) {
      scene.chat.dir = dir;
      scene.chat.style.setProperty('inline-size', inlineSize);
      scene.chat.style.setProperty('--session-column', column);
      for (const place of [0, 300, 777, log.scrollHeight]) {
        log.scrollTop = place;
        const covered = scene
          .all('article')
          .filter((each) => isOver(each, button) && isOver(each, log) && isOver(log, button));
        expect(covered.length, `${inlineSize} ${dir} ${column} at ${place}`).to.equal(0);
      }
    }
    scene.chat.style.setProperty('inline-size', '1280px');
    scene.chat.style.removeProperty('--session-column');
    const top = scene.chat.getBoundingClientRect().top;
    expect(log.getBoundingClientRect().top, 'where there is room beside it, nothing is lost').to.equal(top);
    await scene.click('Find in conversation');
    scene.chat.style.setProperty('inline-size', '390px');
    const bar = (await box(scene)).closest('.find') as HTMLElement;
    expect(log.getBoundingClientRect().top, 'the bar has its place').to.equal(bar.getBoundingClientRect().bottom);
  });

  it('is closed by another session', async () => {
    const scene = await partlyLoaded();
    await lookFor(scene, 'gold');
    scene.memory.put({id: 'other'});
    scene.provider.selected = 'other';
    await waitUntil(() => scene.all('input[type=search]').length === 0);
  });
});
