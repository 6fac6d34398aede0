import {expect, fixture, html, waitUntil as wait} from '@open-wc/testing';
import {LitElement, render} from 'lit';
import {laterEnglish} from '../../../context/later-strings.ts';
import type {Strings} from '../../../context/strings.ts';
import type {ContentBlock} from '../../../model/events.ts';
import {contentBlocks} from '../content-blocks.ts';
import {otherItemStyles} from '../../agent-chat/other-items.styles.ts';
import {controls, tokens} from '../styles.ts';
import {outputStyles} from './output.styles.ts';
import {textBlock, type TextBlock} from './text-block.ts';

const strings = laterEnglish as Strings;

/** Some of it is loaded first, on a machine that may be busy. */
const waitUntil = (holds: () => unknown): Promise<void> => wait(() => !!holds(), undefined, {timeout: 5000});

class OutputProbe extends LitElement {
  static override styles = [tokens, controls, otherItemStyles, outputStyles];
  content: unknown;
  protected override render(): unknown {
    return this.content;
  }
}
customElements.define('output-probe', OutputProbe);

async function shown(content: unknown) {
  const probe = await fixture<OutputProbe>(html`<output-probe></output-probe>`);
  const show = async (next: unknown): Promise<void> => {
    probe.content = next;
    probe.requestUpdate();
    await probe.updateComplete;
  };
  await show(content);
  const root = probe.shadowRoot as ShadowRoot;
  return {
    probe,
    show,
    all: (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)],
    text: (selector = 'pre') => root.querySelector(selector)?.textContent ?? '',
    button: (name: RegExp) =>
      [...root.querySelectorAll('button')].find(({textContent}) => name.test(textContent ?? '')) as HTMLButtonElement,
  };
}

const text = (words: string, more: Partial<TextBlock> = {}): unknown =>
  textBlock({label: 'Output', text: words, strings, ...more});
const block = (content: ContentBlock): unknown => contentBlocks([content], strings);
const numbered = (count: number): string => Array.from({length: count}, (_, at) => `line ${at + 1}`).join('\n');

describe('the output of tools', () => {
  it('is shown as it is, where it is short', async () => {
    const it = await shown(text('<b>1</b>\n  two\n'));
    expect(it.text()).to.equal('<b>1</b>\n  two\n');
    expect(it.all('button')).to.have.length(0);
    await expect(it.probe).to.be.accessible();
  });

  it('is folded where it is long, to its first lines or its last', async () => {
    const it = await shown(text(numbered(3_000)));
    expect(it.text().split('\n')).to.have.length(15);
    expect(it.text()).to.match(/^line 1\n/);
    await it.show(text(numbered(3_001), {from: 'end'}));
    expect(it.text()).to.match(/\nline 3001$/);
    it.button(/Show all 3001 lines/).click();
    await waitUntil(() => it.all('.piece').length > 1);
    expect(it.text().trimEnd()).to.equal(numbered(3_001));
    it.button(/Show less/).click();
    await waitUntil(() => it.text().split('\n').length === 15);
  });

  it('shows the last line of what is read from its end, and stays there while more comes', async () => {
    const isSeen = (pre: HTMLElement): boolean => {
      const words = document.createRange();
      words.selectNodeContents(pre);
      return Math.abs(words.getBoundingClientRect().bottom - pre.getBoundingClientRect().bottom) < 20;
    };
    for (const from of ['start', 'end'] as const) {
      const it = await shown(text(numbered(50), {from}));
      const [pre] = it.all('pre') as [HTMLElement];
      expect(isSeen(pre), from).to.equal(from === 'end');
      await it.show(text(numbered(55), {from}));
      expect(isSeen(pre), from).to.equal(from === 'end');
      pre.scrollTop = from === 'end' ? -100 : 100;
      expect(isSeen(pre)).to.equal(false);
    }
  });

  it('fits into its box where it is folded', async () => {
    const it = await shown(text(numbered(100)));
    const [pre] = it.all('pre') as [HTMLElement];
    expect(pre.scrollHeight).to.equal(pre.clientHeight);
  });

  it('has no room around a link', async () => {
    const it = await shown(block({type: 'link', uri: 'https://example.org/', title: 'Docs'}));
    expect(getComputedStyle(it.all('p')[0] as Element).whiteSpace).to.equal('normal');
  });

  for (const [name, words] of [
    ['many lines', 'x\n'.repeat(131_072)],
    ['a single line', 'x'.repeat(262_144)],
    ['colours', '\x1b[31mx\x1b[0m\n'.repeat(26_000)],
    ['changes of colour in a line', '\x1b[31mx\x1b[32my'.repeat(21_000)],
  ] as const) {
    it(`has few elements however much it is: ${name}`, async () => {
      const it = await shown(text(words));
      await waitUntil(() => it.button(/Show all/));
      it.button(/Show all/).click();
      await waitUntil(() => it.all('.piece').length > 1);
      expect(it.text().length).to.be.above(40_000);
      expect(it.all('*').length).to.be.below(25_000);
    });
  }

  it('has the colours of a terminal, also where it is unfolded, and no sequences', async () => {
    const it = await shown(
      text(`${numbered(100)}\n\x1b[31mbad\x1b[0m \x1b]8;;https://example.org\x07link`, {from: 'end'}),
    );
    await waitUntil(() => it.all('.fore-1').length === 1);
    expect(it.text()).to.match(/bad link$/);
    it.button(/Show all/).click();
    await waitUntil(() => it.text().startsWith('line 1\n') && it.all('.fore-1').length === 1);
    expect(it.all('a')).to.have.length(0);
    await expect(it.probe).to.be.accessible();
  });

  it('marks the keys of JSON, and only those', async () => {
    const words = '{\n  "dir": "a \\": \\" b",\n  "n": [\n    "x: y"\n  ]\n}';
    const it = await shown(text(words, {format: 'json'}));
    expect(it.text()).to.equal(words);
    expect(it.all('.key').map(({textContent}) => textContent?.trim())).to.deep.equal(['"dir"', '"n"']);
  });

  it('is JSON on lines of its own, where a tool has put it out in one', async () => {
    const it = await shown(text('{"a":[1,{"b":"x"}],"c":{}}\n'));
    expect(it.text()).to.equal('{\n  "a": [\n    1,\n    {\n      "b": "x"\n    }\n  ],\n  "c": {}\n}');
    expect(it.all('.key')).to.have.length(3);
    await it.show(text('{"a":[1,{"b'));
    expect(it.text()).to.equal('{"a":[1,{"b');
  });

  it('is a block also where it is the content of a call, once it is more than some words', async () => {
    const it = await shown(block({type: 'text', text: 'Two files\nwere changed.'}));
    expect(it.all('pre')).to.have.length(0);
    for (const words of [numbered(3_000), 'x'.repeat(9_000)]) {
      await it.show(block({type: 'text', text: words}));
      await waitUntil(() => it.button(/Show all/));
      expect(it.text().length).to.be.below(4_000);
    }
    await it.show(block({type: 'text', text: '{"a":1}'}));
    expect(it.text()).to.equal('{\n  "a": 1\n}');
    await it.show(block({type: 'text', text: '\x1b[31mbad\x1b[0m'}));
    await waitUntil(() => it.text() === 'bad');
  });

  it('shows a change line by line, with numbers and signs, and folds what is the same', async () => {
    const before = `${numbered(40)}\nold\n${numbered(40)}`;
    const it = await shown(block({type: 'diff', path: 'src/\u202ea.ts', before, after: before.replace('old', 'new')}));
    await waitUntil(() => it.all('ins').length === 1);
    expect(it.text('figcaption').replace(/\s+/g, ' ').trim()).to.equal(
      'src/⟨U+202E⟩a.ts +1 −11 lines added, 1 removed',
    );
    const [removed] = it.all('del');
    expect(removed?.textContent).to.equal('old');
    expect(removed && getComputedStyle(removed, '::before').content).to.equal('"41    − "');
    expect(it.all('.rows div[data-place]')).to.have.length(6);
    it.button(/Show 37 unchanged lines/).click();
    await waitUntil(() => it.all('.rows div[data-place]').length === 43);
    await expect(it.probe).to.be.accessible();
  });

  it('shows a new file as added, and says where nothing has changed', async () => {
    const it = await shown(block({type: 'diff', path: 'a', after: 'one\ntwo\n'}));
    await waitUntil(() => it.all('ins').length === 2);
    await it.show(block({type: 'diff', path: 'a', before: 'same', after: 'same'}));
    await waitUntil(() => it.text('.rows').includes('No changes.'));
  });

  it('shows of a huge change the beginning, then all, and draws what is in sight', async () => {
    const it = await shown(block({type: 'diff', path: 'a', before: 'a\n'.repeat(60_000), after: 'b\n'.repeat(60_000)}));
    await waitUntil(() => it.all('del').length > 0);
    it.button(/Show all 120000 lines/).click();
    await waitUntil(() => it.all('.piece').length === 1_200);
    expect(it.all('ins, del').length).to.be.below(2_000);
  });

  it('draws an image from its data, at its size', async () => {
    const data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const it = await shown(block({type: 'image', mime: 'image/png', data}));
    await waitUntil(() => it.all('canvas')[0]?.getAttribute('width') === '1');
    expect(it.all('canvas')[0]?.ariaLabel).to.equal('Image (image/png)');
    await expect(it.probe).to.be.accessible();
  });

  for (const [mime, data] of [
    ['image/png', 'AAAA'],
    ['image/png', '<not base64>'],
    ['image/svg+xml', 'PHN2Zy8+'],
  ] as const) {
    it(`names an image that is none: ${mime} ${data}`, async () => {
      const it = await shown(block({type: 'image', mime, data}));
      await waitUntil(() => it.text('p') === `Image, not shown: ${mime}`);
    });
  }

  it('shows no link that could do something else', async () => {
    const it = await shown(block({type: 'link', uri: 'javascript:alert(1)', title: 'Good'}));
    expect(it.text('p')).to.equal('Good (javascript:alert(1))');
    render(html``, it.probe.renderRoot as HTMLElement);
  });
});
