import {expect} from '@open-wc/testing';
import {virtuallyEnded} from './virtual-end.ts';

describe('the end of a text that goes on', () => {
  for (const [text, shown] of [
    ['plain', 'plain'],
    ['a **bo', 'a **bo**'],
    ['a **bold**', 'a **bold**'],
    ['a **bold*', 'a **bold**'],
    ['a **', 'a '],
    ['a *', 'a '],
    ['a *b', 'a *b*'],
    ['a **b *c', 'a **b *c***'],
    ['2 * 3', '2 * 3'],
    ['snake_case', 'snake_case'],
    ['a `co', 'a `co`'],
    ['a `', 'a '],
    ['a `co**`', 'a `co**`'],
    ['a [li', 'a li'],
    ['a [link]', 'a link'],
    ['a [link](ht', 'a link'],
    ['a [link](https://x.y/)', 'a [link](https://x.y/)'],
    ['a [x] b', 'a [x] b'],
    ['a ![alt](ht', 'a '],
    ['a <https://x', 'a '],
    ['a &am', 'a '],
    ['a \\', 'a '],
    ['~~gone', '~~gone~~'],
  ] as const) {
    it(`${text} → ${shown}`, () => expect(virtuallyEnded(text)).to.equal(shown));
  }
});
