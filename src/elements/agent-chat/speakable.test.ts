import {expect} from '@open-wc/testing';
import {speakable} from './speakable.ts';

describe('speakable', () => {
  const cases: readonly (readonly [line: string, said: string])[] = [
    ['## The **plan** ##', 'The plan'],
    ['- [x] *Read* `a_b.ts` and __write__ ~~it~~', 'Read a_b.ts and write it'],
    ['> > 2 * 3 * 4 is 24', '2 * 3 * 4 is 24'],
    ['See [the docs](https://example.org/a_(b)) and ![a chart](x.png).', 'See the docs and a chart.'],
    ['At <https://www.example.org/a/b?c#d> or https://example.net.', 'At example.org or example.net.'],
    ['| Name | Size |', 'Name, Size'],
    ['|---|:--:|', ''],
    ['--- | ---', ''],
    ['* * *', ''],
    ['=====', ''],
    ['[docs]: https://example.org "Docs"', ''],
    ['As said[^1], \\*so\\*.', 'As said, *so*.'],
    ['[^1]: In a note.', 'In a note.'],
    ['1. First', '1. First'],
    ['snake_case_name stays', 'snake_case_name stays'],
  ];
  for (const [line, said] of cases) it(`says “${said}” for ${line}`, () => expect(speakable(line)).to.equal(said));

  it('takes no time for what is made to take some', () => {
    for (const piece of [
      '[',
      '![',
      '*a ',
      '_',
      '|',
      '-|',
      '> ',
      '#',
      '\\',
      '`',
      '<https://',
      '[a](',
      '[^',
      ' ',
      'a ',
    ]) {
      expect(speakable(piece.repeat(20_000)).length).to.be.lessThan(120_001);
    }
  });
});
