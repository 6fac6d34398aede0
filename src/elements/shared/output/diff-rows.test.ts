import {expect} from '@open-wc/testing';
import {diffRows} from './diff-rows.ts';

const marks = {same: ' ', added: '+', removed: '-'};
const shown = (before: string | null, after: string): string[] =>
  diffRows(before, after).map((row) => `${row.before ?? ''}:${row.after ?? ''}${marks[row.kind]}${row.text}`);

describe('the lines of a change', () => {
  it('are numbered before and after', () => {
    expect(shown('a\nb\nc\n', 'a\nx\ny\nc\n')).to.deep.equal(['1:1 a', '2:-b', ':2+x', ':3+y', '3:4 c']);
    expect(shown('a\nb\nc\nd', 'b\nc\ne\nd')).to.deep.equal(['1:-a', '2:1 b', '3:2 c', ':3+e', '4:4 d']);
  });

  it('are all new where nothing was, and all gone where nothing is left', () => {
    expect(shown(null, 'a\nb')).to.deep.equal([':1+a', ':2+b']);
    expect(shown('a\n', '')).to.deep.equal(['1:-a']);
    expect(shown('', '')).to.deep.equal([]);
  });

  it('do not differ by how they end', () => {
    expect(shown('a\r\nb\r\n', 'a\nb')).to.deep.equal(['1:1 a', '2:2 b']);
  });

  it('are told as a whole where it would take too long to compare them, and none is lost', () => {
    const before = Array.from({length: 40_000}, (_, at) => `old ${at}`).join('\n');
    const after = Array.from({length: 40_000}, (_, at) => `new ${at}`).join('\n');
    const rows = diffRows(`same\n${before}`, `same\n${after}`);
    expect(rows.length).to.equal(80_001);
    expect(rows[0]?.kind).to.equal('same');
    expect(rows.slice(1, 40_001).every(({kind}) => kind === 'removed')).to.equal(true);
  });
});
