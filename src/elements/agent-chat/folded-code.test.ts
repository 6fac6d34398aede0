import {expect, waitUntil} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import {loadParts} from '../../markdown/view/later-parts.ts';
import {loadMarkdown} from './markdown-body.ts';
import {chatScene, theirs, type ChatScene} from './testkit.ts';

const linesOf = (count: number, line = (at: number): string => `line ${at}`): string =>
  Array.from({length: count}, (_, at) => `${line(at + 1)}\n`).join('');

/** A block of code while it is being written. */
class Written {
  readonly scene: ChatScene;
  #text = '```\n';

  constructor(scene: ChatScene) {
    this.scene = scene;
  }

  static async begin(): Promise<Written> {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
    scene.memory.stream('s', {item: 'a', turn: 't', text: '```\n'});
    return new Written(scene);
  }

  /** Waits until it is drawn. */
  async write(text: string): Promise<void> {
    this.#text += text;
    this.scene.memory.stream('s', {item: 'a', turn: 't', text});
    const whole = this.#text.slice(4);
    await waitUntil(() => this.code?.textContent === whole, 'not drawn', {interval: 5});
  }

  async finish(): Promise<void> {
    this.scene.memory.event('s', theirs(`${this.#text}\`\`\`\n`, 'a'));
    await this.scene.get('button', 'Copy as Markdown');
  }

  get code(): HTMLElement | undefined {
    return this.scene.all('pre code')[0];
  }

  get height(): number {
    return this.scene.all('figure')[0]?.getBoundingClientRect().height ?? 0;
  }

  /** What can be seen of its lines without scrolling to the side. */
  get seen(): string[] {
    const {code} = this;
    const window = code?.parentElement?.getBoundingClientRect();
    if (!code || !window) return [];
    const seen: string[] = [];
    for (const box of code.querySelectorAll('span:not([hidden])')) {
      const text = box.firstChild as Text;
      for (const {index, 0: line} of text.data.matchAll(/.+/g)) {
        const place = document.createRange();
        place.setStart(text, index);
        place.setEnd(text, index + line.length);
        const {top, bottom} = place.getBoundingClientRect();
        if (bottom > top && top >= window.top && bottom <= window.bottom) seen.push(line);
      }
    }
    return seen;
  }
}

describe('<agent-chat>: long code while it is written', () => {
  before(async () => {
    await Promise.all([loadMarkdown(), loadParts()]);
    await setViewport({width: 800, height: 900});
  });

  it('shows its end, as high as it is when it is finished and shows its beginning', async () => {
    const code = await Written.begin();
    await code.write(linesOf(30));
    expect([code.seen[0], code.seen.at(-1)]).to.deep.equal(['line 1', 'line 30']);
    const heights = new Set<number>();
    for (const from of [31, 32, 60, 61, 200]) {
      const written = Number(code.code?.textContent?.match(/\d+(?=\n$)/)?.[0]);
      await code.write(linesOf(from - written, (at) => `line ${written + at}`));
      expect(code.seen.slice(-30)).to.deep.equal(
        linesOf(30, (at) => `line ${from - 30 + at}`)
          .trim()
          .split('\n'),
      );
      heights.add(code.height);
    }
    await code.finish();
    expect([code.seen[0], code.seen.at(-1), code.seen.length]).to.deep.equal(['line 1', 'line 30', 30]);
    heights.add(code.height);
    expect([...heights]).to.have.length(1);
  });

  it('is as high also where its lines are wrapped, and where they are too long', async () => {
    const long = (at: number): string => `line ${at}${at % 7 === 0 ? ' and so on'.repeat(40) : ''}`;
    const code = await Written.begin();
    await code.write(linesOf(35, long));
    const scrolled = code.height;
    await code.scene.click('Wrap lines');
    const wrapped = code.height;
    await code.write(linesOf(3));
    expect(code.seen.at(-1)).to.equal('line 3');
    await code.finish();
    expect(code.height).to.equal(wrapped);
    expect(code.seen[0]).to.equal('line 1');
    await code.scene.click('Wrap lines');
    expect(code.height).to.equal(scrolled);
  });

  it('opens while it is written, then grows, and stays open', async () => {
    const code = await Written.begin();
    await code.write(linesOf(90));
    await code.scene.click('Show all 90 lines');
    expect(code.seen).to.have.length(90);
    const before = code.height;
    await code.write(linesOf(31));
    expect(code.height).to.be.above(before);
    expect(code.scene.has('button', /^Show all/)).to.equal(false);
    await code.finish();
    expect(code.seen).to.have.length(121);
  });

  it('opens after it was written', async () => {
    const code = await Written.begin();
    await code.write(linesOf(90));
    await code.finish();
    await code.scene.click('Show all 90 lines');
    expect(code.seen).to.have.length(90);
  });

  it('touches nothing but its end, and has no more than that laid out', async () => {
    const code = await Written.begin();
    await code.write(linesOf(200));
    const {code: element} = code;
    const touched = new Set<Node>();
    const observer = new MutationObserver((records) => records.forEach(({target}) => touched.add(target)));
    observer.observe(element as HTMLElement, {subtree: true, childList: true, characterData: true, attributes: true});
    await code.write(linesOf(3));
    observer.disconnect();
    expect([...touched].map(({nodeName}) => nodeName)).to.deep.equal(['#text']);
    const laidOut = [...(element?.querySelectorAll('span') ?? [])].filter((box) => box.offsetHeight > 0);
    expect(laidOut.map(({textContent}) => textContent?.split('\n')[0])).to.deep.equal(['line 151', 'line 181']);
  });

  it('shows its beginning as soon as its end has come, though the text goes on', async () => {
    const code = await Written.begin();
    await code.write(linesOf(40));
    expect(code.seen.at(-1)).to.equal('line 40');
    code.scene.memory.stream('s', {item: 'a', turn: 't', text: '```\n'});
    await waitUntil(() => code.seen[0] === 'line 1');
    expect(code.seen.at(-1)).to.equal('line 30');
  });

  it('opens for what is found in what cannot be seen of it', async () => {
    const code = await Written.begin();
    await code.write(linesOf(200));
    const hidden = [...(code.code?.querySelectorAll('[hidden]') ?? [])];
    expect(hidden[0]?.textContent).to.include('line 1\n');
    hidden[0]?.dispatchEvent(new Event('beforematch'));
    expect(code.seen).to.have.length(200);
  });
});
