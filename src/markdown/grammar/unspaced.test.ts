import {expect} from '@open-wc/testing';
import {parseInline} from './grammar.ts';

const words = (text: string): string =>
  parseInline(text, {})
    .map(({type, content, markup}) => (type === 'text' ? content : type.endsWith('_open') ? `<${markup}>` : '<>'))
    .join('');

describe('emphasis beside scripts without spaces', () => {
  for (const [text, read] of [
    ['**注意：**请', '<**>注意：<>请'],
    ['これは**「太字」**です', 'これは<**>「太字」<>です'],
    ['*(あ)*い', '<*>(あ)<>い'],
    ['~~취소.~~는', '<~~>취소.<>는'],
    ['**重要**', '<**>重要<>'],
    ['あ ** い', 'あ ** い'],
    ['日本_語_', '日本_語_'],
    ['a**"b"**c', 'a**"b"**c'],
  ] as const) {
    it(`${text} → ${read}`, () => expect(words(text)).to.equal(read));
  }
});
