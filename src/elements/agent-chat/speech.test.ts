import {expect} from '@open-wc/testing';
import {Speech} from './speech.ts';

const words = {codeBlock: 'Code block.', moreSentences: '{count} more sentences.'};

/** What is said of `text` when it comes in pieces of so many characters. */
function told(text: string, size = text.length): string[] {
  const speech = new Speech(words);
  const said: string[] = [];
  for (let end = size; end < text.length; end += size) said.push(...speech.next(text.slice(0, end), false));
  return [...said, ...speech.next(text, true)];
}

const answer = `## What I did

I read *both* files. Version 3.14 of **a.ts
is the newer**. See [the docs](https://example.org).

\`\`\`ts
const secret = 1. toString();
| no | table |
\`\`\`

| Name | Size |
|------|------|
| a.ts | 12 |

1. ~~~
   more code
   ~~~
Done`;

describe('Speech', () => {
  for (const size of [1, 2, 7, 40, answer.length]) {
    it(`reads Markdown without its marks, and no code, in pieces of ${size}`, () => {
      expect(told(answer, size)).to.deep.equal([
        'What I did',
        'I read both files.',
        'Version 3.14 of a.ts',
        'is the newer.',
        'See the docs.',
        'Code block.',
        'Name, Size',
        'a.ts, 12',
        'Code block.',
        'Done',
      ]);
    });
  }

  it('says nothing of a sentence before its end', () => {
    const speech = new Speech(words);
    expect(speech.next('One', false)).to.deep.equal([]);
    expect(speech.next('One. Tw', false)).to.deep.equal(['One.']);
    expect(speech.next('One. Two', true)).to.deep.equal(['Two']);
    expect(speech.next('One. Two', true)).to.deep.equal([]);
  });

  it('says the beginning of a long answer, and how much more there is', () => {
    const sentences = Array.from({length: 60}, (_, at) => `This is the sentence number ${at}.`);
    const said = told(sentences.join(' '), 50);
    expect(said.at(0)).to.equal('This is the sentence number 0.');
    expect(said.join(' ').length).to.be.lessThan(700);
    expect(said.at(-1)).to.equal(`${60 - (said.length - 1)} more sentences.`);
  });

  it('says the last one rather than that there is one more', () => {
    const said = told(`${'word '.repeat(110)}one. So ${'word '.repeat(20)}two.`);
    expect(said).to.have.length(2);
    expect(said.at(-1)).to.match(/two.$/);
  });

  it('takes no time for what is made to take some', () => {
    for (const piece of ['.', '1. ', '.)', 'a.', '- ', '> ', '1) ', '`', ' ']) {
      expect(told(piece.repeat(50_000)).length).to.be.greaterThan(-1);
    }
  });

  it('counts the sentences of a line, however many', () => {
    const many = 'One. '.repeat(200_000);
    expect(told(many).at(-1)).to.equal('199850 more sentences.');
    expect(told(many, many.length - 1).at(-1)).to.equal('199850 more sentences.');
  });

  it('shortens what has no end', () => {
    const [said = ''] = told('word '.repeat(1000));
    expect(said.length).to.be.lessThan(620);
    expect(said.endsWith('word…')).to.equal(true);
  });

  it('begins anew with what follows history', () => {
    const speech = new Speech(words);
    speech.next(`${'A sentence. '.repeat(100)}And`, false);
    speech.skip();
    expect(speech.next(`${'A sentence. '.repeat(100)}And now. `, false)).to.deep.equal(['And now.']);
  });
});
