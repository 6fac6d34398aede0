import {expect} from '@open-wc/testing';
import {indentedJson} from './indented-json.ts';

describe('JSON in one line', () => {
  it('stands as JSON does', () => {
    for (const value of [{a: [1, {b: null}], c: 'x\n"y": {, [', d: {}, e: [], f: [[[]], {}]}, [], {}, [true, -1.5e3]]) {
      expect(indentedJson(JSON.stringify(value))).to.equal(JSON.stringify(value, null, 2));
    }
  });

  it('keeps each number and key as it was written', () => {
    expect(indentedJson(' {"n": 12345678901234567890,"n":1.0, "\\u00e9":1e400}\n')).to.equal(
      '{\n  "n": 12345678901234567890,\n  "n": 1.0,\n  "\\u00e9": 1e400\n}',
    );
  });

  it('is nothing that only looks like it, that has its own lines, or that is too long to be read', () => {
    for (const text of ['{"a":', '[1', '{a:1}', '[INFO] done]', 'x', '1', '"x"', '{\n"a":1}', '']) {
      expect(indentedJson(text), text).to.equal(undefined);
    }
    expect(indentedJson(`["${'x'.repeat(500_000)}"]`)).to.equal(undefined);
  });

  it('survives any depth', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(indentedJson(deep)?.replace(/\s/g, '')).to.equal(deep);
  });
});
