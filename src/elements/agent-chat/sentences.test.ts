import {expect} from '@open-wc/testing';
import {sentencesOf} from './sentences.ts';

const whole = (text: string): string[] => sentencesOf(text).whole.map((sentence) => sentence.trim());

describe('sentencesOf', () => {
  it('leaves what is still being said', () => {
    expect(sentencesOf('One. Two! Thr')).to.deep.equal({whole: ['One. ', 'Two! '], rest: 'Thr'});
    expect(sentencesOf('No end yet.')).to.deep.equal({whole: [], rest: 'No end yet.'});
    expect(whole('“Really?” she ')).to.deep.equal(['“Really?”']);
    expect(whole('はい。そう')).to.deep.equal(['はい。']);
  });

  it('does not end at a point inside a word, a number or an address', () => {
    expect(whole('Version 3.14 of a.ts at https://example.org/a.b?c=d is ')).to.deep.equal([]);
  });

  it('does not end at an initial, a number, an abbreviation, or before a small letter', () => {
    for (const text of ['e.g. Go', 'z. B. Anna', 'Dr. Smith', '(Prof. Lee', 'J. S. Bach', 'Ltd. and']) {
      expect(whole(text), text).to.deep.equal([]);
    }
    expect(whole('It is 3. 1. First')).to.deep.equal(['It is 3.']);
  });
});
