import {linesOf} from '../text.ts';

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly line: number;
}

/** No heading is longer; and it bounds what the patterns below have to try on a line without end. */
const LONGEST = 500;

/** The headings of a Markdown text, in both ways of writing them; what looks like one inside of code is none. */
export const headingsOf = (markdown: string): Heading[] => {
  const headings: Heading[] = [];
  let fence: string | undefined;
  /** The paragraph line above, which a line of `=` or `-` makes a heading. */
  let above = '';
  for (const [index, whole] of linesOf(markdown).entries()) {
    const line = whole.slice(0, LONGEST);
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (mark) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence) && line.trim() === mark) fence = undefined;
      above = '';
      continue;
    }
    if (fence !== undefined) continue;

    const [atx, marks, text] = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line) ?? [];
    const [, underline] = /^ {0,3}(=+|-+)[ \t]*$/.exec(line) ?? [];
    if (atx !== undefined) headings.push({level: marks?.length ?? 1, text: text ?? '', line: index + 1});
    else if (underline && above) headings.push({level: underline.startsWith('=') ? 1 : 2, text: above, line: index});
    above = atx === undefined && !underline && isParagraph(line) ? line.trim() : '';
  }
  return headings.filter(({text}) => text !== '');
};

/** Not indented code, a list, a quotation or a table row, below which a line of `-` is no underline. */
const isParagraph = (line: string): boolean => /^ {0,3}[^\s>|*+-]/.test(line) && !/^ {0,3}\d+[.)] /.test(line);
