import {expect} from '@open-wc/testing';
import {undecided} from './undecided.ts';

describe('the last lines of a text that goes on', () => {
  for (const [text, count] of [
    ['plain', 0],
    ['text\n-', 1],
    ['- [', 1],
    ['``', 1],
    ['```', 1],
    ['```js', 0],
    ['~~~~', 1],
    ['[one', 1],
    ['[one]', 1],
    ['[one]: https://x.y', 1],
    ['[one](https://x.y', 0],
    ['[a long beginning of what is no link, and is to be read', 0],
    ['| a | b', 1],
    ['| a | b |\n', 2],
    ['| a | b |\n|--', 2],
    ['> | a | b', 1],
    ['> | a | b |\n> |--', 2],
    ['- x\n  | a |\n  |-', 2],
    ['| a |\n|---|\n| b', 0],
  ] as const) {
    it(`${JSON.stringify(text)}: ${count}`, () => expect(undecided(text.split('\n'))).to.equal(count));
  }
});
