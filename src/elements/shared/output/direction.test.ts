import {expect} from '@open-wc/testing';
import {directionOf} from './direction.ts';

describe('the direction of a text', () => {
  it('is that of its first letter', () => {
    expect(['abc', '1. שלום', '"مرحبا" said', 'a שלום', '123', ''].map(directionOf)).to.deep.equal([
      'ltr',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
      'ltr',
    ]);
  });
});
