import {expect} from '@open-wc/testing';
import {visible} from './visible.ts';

describe('what cannot be seen', () => {
  it('is shown as its number', () => {
    expect(visible('invoice\u202efdp.exe')).to.equal('invoice⟨U+202E⟩fdp.exe');
    expect(visible('a\u0000b\u001b[31m\u2066c\u2069')).to.equal('a⟨U+0000⟩b⟨U+001B⟩[31m⟨U+2066⟩c⟨U+2069⟩');
  });

  it('leaves all that people write', () => {
    const text = 'tab\there\nשלום עולם 👩‍💻 हिन्दी é';
    expect(visible(text)).to.equal(text);
  });
});
