import {expect} from '@open-wc/testing';
import {terminalRuns} from './terminal.ts';

const words = (text: string): string =>
  terminalRuns(text)
    .map((run) => run.text)
    .join('');
const looks = (text: string): [string, string][] => terminalRuns(text).map((run) => [run.text, run.look]);

describe('terminal output', () => {
  it('has its colours and marks as names', () => {
    expect(looks('a\x1b[1;31mb\x1b[22mc\x1b[39md')).to.deep.equal([
      ['a', ''],
      ['b', 'bold fore-1'],
      ['c', 'fore-1'],
      ['d', ''],
    ]);
    expect(looks('\x1b[90mgray\x1b[0m \x1b[92;44mx\x1b[m')).to.deep.equal([
      ['gray', 'fore-8'],
      [' ', ''],
      ['x', 'fore-2 ground-4'],
    ]);
  });

  it('has lines of any length', () => {
    expect(looks(`${'\x1b[1ma\x1b[mb'.repeat(100_000)}\n`)).to.have.length(200_000);
  });

  it('takes the nearest of its colours for all others', () => {
    expect(looks('\x1b[38;5;196mr\x1b[38;2;10;200;20mg\x1b[48;5;244mb')).to.deep.equal([
      ['r', 'fore-1'],
      ['g', 'fore-2'],
      ['b', 'fore-2 ground-8'],
    ]);
    expect(looks('\x1b[4;58;5;3;31mx')).to.deep.equal([['x', 'underline fore-1']]);
    expect(looks('\x1b[7;31mx')).to.deep.equal([['x', 'fore-0 ground-1']]);
  });

  it('shows of a line that is written again and again what was written last', () => {
    expect(words('10 %\r50 %\r\x1b[K100 %\ndone\r\n')).to.equal('100 %\ndone\n');
    expect(words('wait…\r\x1b[K\nok')).to.equal('\nok');
    expect(words('kept\r')).to.equal('kept');
  });

  it('keeps the tabs with which a line or a colour begins', () => {
    expect(words('all:\n\tgcc \x1b[31mmain.c\x1b[0m\tok\n\t\tdone')).to.equal('all:\n\tgcc main.c\tok\n\t\tdone');
    expect(words('old\r\tnew')).to.equal('\tnew');
  });

  it('sets no title, follows no link, moves nothing, hides nothing', () => {
    expect(words('\x1b]0;title\x07a\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\b')).to.equal('alinkb');
    expect(words('\x1b[2J\x1b[10;10H\x1b[?25lx\x1b(B\x1b7\x1bcy')).to.equal('xy');
    expect(words('\x1b[8mhidden\x1b[0m\x07\x00')).to.equal('hidden');
  });

  it('loses no text to a sequence that does not end', () => {
    expect(words('\x1b]0;never ends\nnext')).to.equal('0;never ends\nnext');
    expect(words('a\x1b')).to.equal('a');
    expect(words('a\x1b[31')).to.equal('a');
  });

  it('reads what is meant to be slow in a straight line', () => {
    for (const hostile of ['\x1b]', '\x1b[', '\r', '\x1b[31mx', '\x1b]8;;', '\x1b[1;'.repeat(8)]) {
      const text = hostile.repeat(Math.floor(262_144 / hostile.length));
      expect(terminalRuns(text).length).to.be.below(262_144);
    }
  });
});
