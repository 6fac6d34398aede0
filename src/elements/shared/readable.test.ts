import {expect} from '@open-wc/testing';
import {readable} from './readable.ts';

describe('JSON for people', () => {
  it('stands as JSON does', () => {
    for (const value of [{a: [1, {b: null}], c: 'x\n"y"', d: {}, e: []}, [], [true], 0, false]) {
      expect(readable(value)).to.equal(JSON.stringify(value, null, 2));
    }
  });

  it('is nothing where nothing was given, and text as it is', () => {
    expect([undefined, null, {}].map(readable)).to.deep.equal(['', '', '']);
    expect(readable('ls -l')).to.equal('ls -l');
  });

  it('survives any depth', () => {
    const deep: unknown = JSON.parse('[{"a":'.repeat(40_000) + '1' + '}]'.repeat(40_000));
    expect(readable(deep)).to.include('…').and.to.have.length.below(20_000);
  });
});
