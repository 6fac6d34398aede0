import {expect, waitUntil} from '@open-wc/testing';
import {html} from 'lit';
import {loadParts} from '../../markdown/view/later-parts.ts';
import {pretendClipboard} from '../shared/clipboard/testkit.ts';
import {loadMarkdown} from './markdown-body.ts';
import {nextFrame} from './next-frame.ts';
import {chatScene, mine, theirs, type ChatScene} from './testkit.ts';

const bodyOf = (scene: ChatScene, name = 'Agent'): HTMLElement =>
  scene.all('article', name).at(-1)?.querySelector('[part~="message-body"]') as HTMLElement;

const shown = async (text: string): Promise<{scene: ChatScene; body: HTMLElement}> => {
  const scene = await chatScene();
  await scene.open([mine('Go on.'), theirs(text)]);
  await waitUntil(() => bodyOf(scene)?.querySelector('.markdown'));
  return {scene, body: bodyOf(scene)};
};

const working = async (): Promise<ChatScene> => {
  const scene = await chatScene();
  await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
  return scene;
};

describe('<agent-chat>: Markdown', () => {
  before(loadMarkdown);

  it('moves nothing else while the text does, and tells of work again when the text rests', async () => {
    const scene = await working();
    const dot = (): string => {
      const [line] = scene.all('.working');
      return line ? getComputedStyle(line, '::before').animationName : '';
    };
    await waitUntil(() => dot() === 'breathe');
    scene.memory.stream('s', {item: 'a', turn: 't', text: 'One '});
    await waitUntil(() => dot() === 'none');
    await waitUntil(() => dot() === 'breathe', '', {timeout: 4000});
  });

  it('shows an agent’s text as Markdown, and a person’s as it was typed', async () => {
    const {scene, body} = await shown('# Title\n\n**bold** and `code`\n\n- [x] done\n- [ ] open');
    expect(body.querySelector('h3')?.textContent).to.equal('Title');
    expect(body.querySelector('strong')?.textContent).to.equal('bold');
    const tasks = [...body.querySelectorAll('input')].map(({checked, disabled, ariaLabel}) => [
      checked,
      disabled,
      ariaLabel,
    ]);
    expect(tasks).to.deep.equal([
      [true, true, 'Done'],
      [false, true, 'To do'],
    ]);
    scene.memory.event('s', mine('*As* typed.\n- so'));
    await waitUntil(() => scene.all('article', 'You').length === 2);
    expect(bodyOf(scene, 'You').textContent).to.equal('*As* typed.\n- so');
  });

  it('draws a long text piece by piece, so that the page answers meanwhile, and in the end all of it', async () => {
    const scene = await chatScene();
    const drawn: number[] = [];
    const observer = new MutationObserver(() => drawn.push(bodyOf(scene)?.querySelectorAll('.markdown p').length ?? 0));
    observer.observe(scene.chat.renderRoot, {childList: true, subtree: true});
    const text = Array.from({length: 3000}, (_, number) => `Paragraph ${number} of *many*.`).join('\n\n');
    await scene.open([mine('Go on.'), theirs(text)]);
    await waitUntil(() => drawn.at(-1) === 3000, '', {timeout: 10_000});
    observer.disconnect();
    expect(drawn.find((count) => count > 0)).to.be.lessThan(1000);
    expect(bodyOf(scene).querySelectorAll('.resting')).to.have.length(0);
    expect(bodyOf(scene).querySelectorAll('.markdown')).to.have.length(1);
  });

  it('gives a list, a quotation and a table the direction of their words, and each of their lines its own', async () => {
    const {body} = await shown(
      '1. שלום\n2. English\n\n> שלום\n\n| אחת | two |\n|---|---|\n| שלום | 2 |\n\nEnglish\n\n- one\n- שלום',
    );
    await waitUntil(() => body.querySelector('td'));
    const directions = ['ol', 'blockquote', 'table', 'ul'].map((tag) => {
      const element = body.querySelector(tag);
      return element && getComputedStyle(element).direction;
    });
    expect(directions).to.deep.equal(['rtl', 'rtl', 'rtl', 'ltr']);
    const lines = [...body.querySelectorAll('li p')].map((line) => getComputedStyle(line).unicodeBidi);
    expect([...new Set(lines)]).to.deep.equal(['plaintext']);
    expect([...body.querySelectorAll('td')].map((cell) => getComputedStyle(cell).direction)).to.deep.equal([
      'rtl',
      'ltr',
    ]);
  });

  it('has its looks also where what draws code and tables was there before it', async () => {
    await shown('```js\nconst a = 1;\n```');
    await loadParts();
    const {body} = await shown('| a |\n|---|\n| b |');
    await waitUntil(() => body.querySelector('td'));
    await nextFrame();
    expect(getComputedStyle(body.querySelector('.table') as Element).borderTopWidth).to.equal('1px');
  });

  it('has a table of a right-to-left text at its side, and its words beside the marks of a list', async () => {
    const {body} = await shown('1. שלום\n2. English\n\n| אחת | two |\n|---|---|\n| שלום | 2 |\n\n| a |\n|---|\n| b |');
    const {left, right, width} = body.getBoundingClientRect();
    const tables = () => [...body.querySelectorAll('.table')].map((table) => table.getBoundingClientRect());
    await waitUntil(() => tables().filter((table) => table.width < width).length === 2);
    const [own, other] = tables();
    expect([own?.right, other?.left]).to.deep.equal([right, left]);
    const words = document.createRange();
    words.selectNodeContents(body.querySelectorAll('li p')[1] as Element);
    expect(words.getBoundingClientRect().right).to.be.closeTo(
      body.querySelector('li')?.getBoundingClientRect().right ?? 0,
      1,
    );
  });

  it('is selected without the words of its buttons', async () => {
    const {body} = await shown('One ![A plan](https://img.invalid/a.png) two\n\n```js\nconst a = 1;\n```\n\nEnd');
    await waitUntil(() => body.querySelector('figcaption'));
    const kept = [...body.querySelectorAll('figcaption, button')].filter(
      (part) => getComputedStyle(part).userSelect !== 'none',
    );
    expect(kept).to.deep.equal([]);
  });

  it('has the placeholder of an image in the line of the words around it', async () => {
    const {body} = await shown('One ![A plan](https://img.invalid/a.png) two');
    const button = body.querySelector('button.image') as HTMLElement;
    expect(getComputedStyle(button).display).to.equal('inline-flex');
  });

  it('keeps what is selected in a line to which more comes', async () => {
    const scene = await working();
    scene.memory.stream('s', {item: 'a', turn: 't', text: 'Some words that '});
    await waitUntil(() => scene.all('.markdown p')[0]?.textContent?.startsWith('Some words'));
    const [line] = scene.all('.markdown p') as [HTMLElement];
    const words = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (!words.nextNode()?.textContent?.includes('words'));
    const selected = document.createRange();
    selected.setStart(words.currentNode, 5);
    selected.setEnd(words.currentNode, 10);
    for (const text of ['go on ', 'and **on** ', 'and end.']) {
      scene.memory.stream('s', {item: 'a', turn: 't', text});
      await waitUntil(() => line.textContent?.trimEnd().endsWith(text.replaceAll('*', '').trimEnd()));
      expect(selected.toString()).to.equal('words');
    }
  });

  it('is how a thought is read, too, while it comes and after', async () => {
    const scene = await working();
    scene.chat.rendering = {body: () => 'not of a thought'};
    scene.memory.stream('s', {item: 'a', turn: 't', kind: 'thought', text: '**Look'});
    (await scene.get('button', /^Thinking/)).click();
    await waitUntil(() => scene.all('.thought strong')[0]?.textContent === 'Look');
    scene.memory.event('s', {kind: 'thought', id: 'a', turn: 't', text: '**Look** at `a.ts`\n\n- one'});
    await waitUntil(() => scene.all('.thought li').length === 1);
    expect(scene.all('.thought')[0]?.textContent).to.include('Look at a.ts');
    await expect(scene.chat).to.be.accessible();
  });

  it('shows raw HTML as text', async () => {
    const {body} = await shown('<img src=x onerror=alert(1)> <b>x</b>\n\n<script>alert(1)</script>');
    expect(body.querySelector('img, b, script')).to.equal(null);
    expect(body.textContent).to.include('<script>alert(1)</script>');
  });

  it('makes links of safe addresses only', async () => {
    const {body} = await shown(
      '[a](https://example.org/x) [b](javascript:alert(1)) [c](java&#10;script:alert(1)) [d](data:text/html,x) ' +
        '[e](\u0001javascript:alert(1)) [f](mailto:a@b.org) [g](vbscript:x) https://auto.example/x. <file:///etc/passwd>',
    );
    const links = [...body.querySelectorAll('a')];
    expect(links.map(({href}) => href)).to.deep.equal([
      'https://example.org/x',
      'mailto:a@b.org',
      'https://auto.example/x',
    ]);
    expect(links.every(({rel, target}) => rel === 'noopener noreferrer' && target === '_blank')).to.equal(true);
    expect(body.textContent).to.include('b (javascript:alert(1))');
  });

  it('asks before it fetches an image, and not for hosts that the page trusts', async () => {
    const {scene, body} = await shown('![A plan](data:image/png,x) ![A plan](https://img.invalid/b.png)');
    expect(body.querySelector('img')).to.equal(null);
    const button = body.querySelector<HTMLButtonElement>('button.image');
    expect(button?.textContent).to.match(/img\.invalid\s*A plan/);
    button?.click();
    expect(body.querySelector('img')?.alt).to.equal('A plan');
    expect(body.querySelectorAll('img')).to.have.length(1);
    scene.chat.rendering = {imageHosts: ['other.invalid']};
    scene.memory.event('s', theirs('![x](https://other.invalid/b.png)', 'second'));
    await waitUntil(() => bodyOf(scene).querySelector('img'));
  });

  it('shows what somebody has asked for also where the text is drawn anew, and asks for all else', async () => {
    const text = '![A plan](https://img.invalid/asked.png) ![Another](https://img.invalid/other.png)';
    const {scene, body} = await shown(text);
    body.querySelector<HTMLButtonElement>('button.image')?.click();
    const drawn = body.querySelector('.markdown');
    scene.chat.rendering = {imageHosts: ['trusted.invalid']};
    await waitUntil(() => body.querySelector('.markdown') !== drawn && body.querySelector('p'));
    expect([...body.querySelectorAll('img')].map(({alt}) => alt)).to.deep.equal(['A plan']);
    scene.chat.remove();
    const again = await shown(text);
    expect([...again.body.querySelectorAll('img')].map(({alt}) => alt)).to.deep.equal(['A plan']);
  });

  it('copies code as it is, folds what is long, and wraps it', async () => {
    const clipboard = pretendClipboard();
    const lines = Array.from({length: 50}, (_, at) => `line ${at}`);
    const {body} = await shown(`\`\`\`js\n${lines.join('\n')}\n\`\`\``);
    await waitUntil(() => body.querySelector('figure'));
    try {
      const named = (name: string) =>
        [...body.querySelectorAll('button')].find((each) => (each.ariaLabel ?? each.textContent ?? '').trim() === name);
      expect(body.querySelector('.language')?.textContent).to.equal('js');
      expect(body.querySelector('pre')?.textContent).to.equal(`${lines.join('\n')}\n`);
      expect(body.querySelector('pre [hidden]')?.textContent).to.include('line 49');
      named('Show all 50 lines')?.click();
      expect(body.querySelector('pre [hidden]')).to.equal(null);
      named('Wrap lines')?.click();
      expect(named('Wrap lines')?.ariaPressed).to.equal('true');
      named('Copy')?.click();
      await waitUntil(() => clipboard.text === `${lines.join('\n')}\n`);
    } finally {
      clipboard.restore();
    }
  });

  it('colours finished code without touching the page, and lets the colours go with it', async () => {
    const count = (): number => CSS.highlights.get('session-code-keyword')?.size ?? 0;
    const before = count();
    const {scene, body} = await shown('```js\nconst a = 1;\n```');
    await waitUntil(() => count() > before);
    expect(body.querySelector('pre code')?.querySelectorAll('*')).to.have.length(1);
    scene.chat.remove();
    expect(count()).to.equal(before);
  });

  it('leaves no colours behind where it goes before all of it is drawn', async () => {
    const count = (): number => CSS.highlights.get('session-code-keyword')?.size ?? 0;
    const before = count();
    const code = '```js\nconst a = 1;\n```\n\n';
    /** More than can be drawn in one turn. */
    const BLOCKS = 2000;
    const scene = await working();
    scene.memory.stream('s', {item: 'a', turn: 't', text: code});
    await waitUntil(() => bodyOf(scene)?.querySelector('figure'));
    const body = bodyOf(scene);
    const figures = (): number => body.querySelectorAll('figure').length;
    scene.memory.event('s', theirs(code.repeat(BLOCKS), 'a'));
    await waitUntil(() => figures() > 1, undefined, {interval: 1, timeout: 20_000});
    scene.chat.remove();
    expect(figures()).to.be.below(BLOCKS);
    await waitUntil(() => figures() === BLOCKS, undefined, {interval: 1, timeout: 20_000});
    // What had to be coloured by then has been, as soon as this is.
    const other = await shown(code);
    await waitUntil(() => count() > before);
    other.scene.chat.remove();
    expect(count()).to.equal(before);
  });

  it('keeps what is finished while a text grows, and shows no marker that will go', async () => {
    const scene = await working();
    const say = (text: string): void => scene.memory.stream('s', {item: 'a', turn: 't', text});
    say('# One\n\nTwo\n\n```\nx\n');
    await waitUntil(() => bodyOf(scene)?.querySelector('figure'));
    const kept = [...bodyOf(scene).querySelectorAll('h3, p, figure')];
    say('y\n```\n\nA **bo');
    await waitUntil(() => bodyOf(scene).querySelector('strong')?.textContent === 'bo');
    expect(bodyOf(scene).textContent).to.not.include('*');
    say('ld** [link](https://exa');
    await waitUntil(() => bodyOf(scene).textContent?.includes('link'));
    expect(bodyOf(scene).textContent).to.not.match(/[[\]*(]/);
    expect([...bodyOf(scene).querySelectorAll('h3, p, figure')].slice(0, 3)).to.deep.equal(kept);
  });

  it('turns to the whole text when that is another one', async () => {
    const scene = await working();
    scene.memory.stream('s', {item: 'a', turn: 't', text: 'Some *thing'});
    await waitUntil(() => bodyOf(scene)?.textContent?.includes('thing'));
    scene.memory.event('s', theirs('Another *one*', 'a'));
    await waitUntil(() => bodyOf(scene).textContent === 'Another one');
  });

  it('leaves to the page what the page draws', async () => {
    const scene = await chatScene();
    const node = document.createElement('b');
    scene.chat.rendering = {
      body: ({text}) => (text === 'mine' ? html`<i>${text}</i>` : text === 'node' ? node : undefined),
      tools: {special: ({name}) => html`<u>${name}</u>`},
    };
    await scene.open([
      theirs('mine'),
      theirs('node'),
      theirs('*else*'),
      {kind: 'tool-began', id: 'one', turn: 't', name: 'special', input: {}},
      {kind: 'tool-began', id: 'two', turn: 't', name: 'constructor', input: {}},
    ] as Parameters<typeof scene.open>[0]);
    await waitUntil(() => scene.all('article').length === 3 && scene.chat.shadowRoot?.querySelector('u'));
    await nextFrame();
    expect(scene.all('article')[0]?.querySelector('i')?.textContent).to.equal('mine');
    expect(scene.all('article')[1]?.contains(node)).to.equal(true);
    expect(scene.all('article')[2]?.querySelector('em')?.textContent).to.equal('else');
    expect(scene.has('button', /constructor/)).to.equal(true);
  });
});
