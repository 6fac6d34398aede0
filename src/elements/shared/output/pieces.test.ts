import {expect} from '@open-wc/testing';
import {countLines, pieces, someLines} from './pieces.ts';

const some = (...[text, ...rest]: Parameters<typeof someLines>): string => {
  const {start, end} = someLines(text, ...rest);
  return text.slice(start, end);
};
const cut = (text: string): string[] => pieces(text).map(({start, end}) => text.slice(start, end));

describe('a long text in pieces', () => {
  it('counts lines as an editor does', () => {
    expect(['', 'a', 'a\n', 'a\nb', '\n\n'].map(countLines)).to.deep.equal([0, 1, 1, 2, 2]);
  });

  it('gives the first lines, or the last', () => {
    expect(some('a\nb\nc\n', 2, 100, 'start')).to.equal('a\nb');
    expect(some('a\nb\nc\n', 2, 100, 'end')).to.equal('b\nc');
    expect(some('a\nb', 5, 100, 'start')).to.equal('a\nb');
    expect(some('a\nb', 5, 100, 'end')).to.equal('a\nb');
    expect(some('abcdef', 5, 3, 'start')).to.equal('abc');
    expect(some('abcdef', 5, 3, 'end')).to.equal('def');
    expect(some('\na', 1, 9, 'end')).to.equal('a');
    expect(some('a\n\n', 1, 9, 'end')).to.equal('');
  });

  it('cuts no character in two', () => {
    expect(some('a🙂', 1, 2, 'start')).to.equal('a');
    expect(some('b🙂a', 1, 2, 'end')).to.equal('🙂a');
    const text = 'a' + '🙂'.repeat(10_000);
    expect(() => cut(text).map(encodeURIComponent)).not.to.throw();
    expect(cut(text).join('')).to.equal(text);
  });

  for (const [name, text] of [
    ['many lines', 'line\n'.repeat(50_000)],
    ['one line', 'x'.repeat(262_144)],
    ['line breaks alone', '\n'.repeat(262_144)],
    ['lines of all lengths', Array.from({length: 900}, (_, at) => 'y'.repeat(at)).join('\n')],
  ] as const) {
    it(`loses nothing, and is never many pieces: ${name}`, () => {
      const found = cut(text);
      expect(found.length).to.be.below(1_100);
      expect(found.join(name === 'one line' ? '' : '\n') === text.replace(/\n$/, '')).to.equal(true);
      expect(found.every(({length}) => length <= 16_384)).to.equal(true);
    });
  }
});
