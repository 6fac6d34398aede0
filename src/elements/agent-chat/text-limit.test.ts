import {expect} from '@open-wc/testing';
import {MAX_TEXT_BYTES} from '../../model/commands.ts';
import {shareOfLimit} from './text-limit.ts';

describe('shareOfLimit', () => {
  it('tells from 90 % on, and counts bytes rather than characters', () => {
    expect(shareOfLimit('x'.repeat(MAX_TEXT_BYTES * 0.89))).to.equal(0);
    expect(shareOfLimit('x'.repeat(MAX_TEXT_BYTES))).to.equal(1);
    expect(shareOfLimit(`  ${'x'.repeat(MAX_TEXT_BYTES)}\n`)).to.equal(1);
    expect(shareOfLimit('€'.repeat(MAX_TEXT_BYTES / 4))).to.equal(0);
    expect(shareOfLimit('€'.repeat(MAX_TEXT_BYTES / 3 + 1))).to.be.greaterThan(1);
    expect(shareOfLimit('🙂'.repeat(MAX_TEXT_BYTES / 4))).to.equal(1);
  });
});
