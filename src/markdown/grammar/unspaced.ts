import ParserInline from 'markdown-it/lib/parser_inline.mjs';

/** Of Chinese, Japanese and Korean, with their punctuation: no spaces tell where in them emphasis begins and ends. */
export const UNSPACED = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;

/**
 * CommonMark takes `**注意：**请` for asterisks, because punctuation stands inside and a letter outside. Beside these scripts
 * markers count on which side of them there is no space, as in the amendment that is proposed for CommonMark.
 */
export class UnspacedState extends ParserInline.prototype.State {
  override scanDelims(start: number, canSplitWord: boolean): MarkdownItDelimiters {
    const found = super.scanDelims(start, canSplitWord);
    const before = this.src[start - 1] ?? '';
    const after = this.src[start + found.length] ?? '';
    if (canSplitWord && before.trim() && after.trim()) {
      found.can_open ||= UNSPACED.test(before);
      found.can_close ||= UNSPACED.test(after);
    }
    return found;
  }
}
