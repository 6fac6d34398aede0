import {expect} from '@open-wc/testing';
import {english} from '../../context/strings.ts';
import type {Drawing} from '../drawing.ts';
import type {Token} from '../grammar/grammar.ts';
import {spans} from './spans.ts';

const drawing: Drawing = {strings: english(), href: (address) => address, copyButton: () => '', imageHosts: []};

describe('the inside of a paragraph', () => {
  it('has any number of addresses', () => {
    const token = {type: 'text', content: 'www.a '.repeat(100_000), nesting: 0} as Token;
    expect(spans([token], drawing, () => {})).to.have.length(200_000);
  });
});
