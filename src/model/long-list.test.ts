import {expect} from '@open-wc/testing';
import {LongList} from './long-list.ts';

const numbers = (length: number): number[] => Array.from({length}, (_, at) => at);
const SIZES = [0, 1, 127, 128, 129, 300, 1000];

describe('a long list', () => {
  it('is what an array is', () => {
    for (const size of SIZES) {
      const list = LongList.from(numbers(size));
      expect([...list], `${size}`).to.deep.equal(numbers(size));
      expect(list.length).to.equal(size);
      for (const at of [0, 1, 127, 128, size - 1, size, -1, -2, -size, -size - 1, NaN]) {
        expect(list.at(at), `${size} at ${at}`).to.equal(Number.isNaN(at) ? undefined : numbers(size).at(at));
      }
      for (const [from, to] of [
        [0, 3],
        [120, 140],
        [size - 2, size],
        [0, size],
      ] as const) {
        if (from >= 0) expect(list.slice(from, to)).to.deep.equal(numbers(size).slice(from, to));
      }
    }
  });

  it('is of any length, however many entries come at once', () => {
    const entries = numbers(200_000);
    const list = LongList.from(entries);
    expect(list.length).to.equal(200_000);
    expect(list.slice(199_998)).to.deep.equal([199_998, 199_999]);
    const twice = list.concat(entries);
    expect(twice.length).to.equal(400_000);
    expect(twice.at(-1)).to.equal(199_999);
  });

  it('gives another list for each change, and stays itself', () => {
    for (const size of SIZES) {
      const list = LongList.from(numbers(size));
      expect([...list.concat([-1, -2])]).to.deep.equal([...numbers(size), -1, -2]);
      for (const at of [0, 100, 128, size - 1].filter((each) => each >= 0 && each < size)) {
        expect([...list.with(at, -1)]).to.deep.equal(numbers(size).with(at, -1));
      }
      for (const at of [0, 5, 128, size].filter((each) => each <= size)) {
        expect([...list.insert(at, -1)], `${size} at ${at}`).to.deep.equal(numbers(size).toSpliced(at, 0, -1));
      }
      expect([...list]).to.deep.equal(numbers(size));
    }
  });

  it('shares with the list that it was made of all pages but those that differ', () => {
    const list = LongList.from(numbers(10_000));
    const differing = (other: LongList<number>): number =>
      other.pages.filter((page) => !list.pages.includes(page)).flat().length;
    expect(differing(list.append(-1))).to.be.at.most(128);
    expect(differing(list.with(5_000, -1))).to.be.at.most(128);
    expect(differing(list.insert(0, -1))).to.equal(1);
    expect(differing(list.insert(200, -1))).to.be.at.most(129);
  });
});
