import {expect} from '@open-wc/testing';
import {wholeSentences} from './sentences.ts';

const whole = (text: string, complete = false): string => text.slice(0, wholeSentences(text, complete));

describe('wholeSentences', () => {
  it('leaves what is still being said', () => {
    expect(whole('One. Two! Thr')).to.equal('One. Two! ');
    expect(whole('No end yet')).to.equal('');
    expect(whole('A line\nand the next')).to.equal('A line\n');
    expect(whole('“Really?” she ')).to.equal('“Really?” ');
    expect(whole('はい。そう')).to.equal('はい。');
  });

  it('does not end at a point inside a word or number', () => {
    expect(whole('Version 3.14 of a.ts')).to.equal('');
  });

  it('takes all of a text that is complete', () => {
    expect(whole('One. Two', true)).to.equal('One. Two');
  });
});
