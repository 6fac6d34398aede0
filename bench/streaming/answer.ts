/** What has to be there in the end. */
export interface Structure {
  readonly headings: number;
  readonly entries: number;
  readonly codes: number;
  readonly tables: number;
}

export interface Answer {
  /** Markdown, at least as long as was asked, to the end of a section. */
  readonly text: string;
  /** What a reader sees of each line: its letters and digits, in their order. */
  readonly seen: readonly string[];
  readonly structure: Structure;
}

/** An answer as an agent gives it: words, lists, code, tables; the same one each time. */
export function answerOf(length: number): Answer {
  let text = '';
  const seen: string[] = [];
  const structure = {headings: 0, entries: 0, codes: 0, tables: 0};
  for (let number = 1; text.length < length; number++) {
    const section = SECTIONS[number % SECTIONS.length]?.(number) ?? '';
    text += `## Part ${number}\n\n${section}\n`;
    seen.push(...shownOf(`## Part ${number}\n\n${section}`));
    structure.headings++;
    structure.entries += section.match(/^ *(?:-|\d+\.) /gm)?.length ?? 0;
    structure.codes += (section.match(/^```/gm)?.length ?? 0) / 2;
    structure.tables += section.match(/^\|---/gm)?.length ?? 0;
  }
  return {text, seen, structure};
}

const prose = (number: number): string =>
  `The ${number}th step reads the **configuration** first and then *every* file that it names, so that nothing is loaded
twice; see [the notes](https://example.org/notes/${number}) and \`load(${number})\`. What it finds is kept until the
session ends, and a change on disk is seen by the next step, never by the one that is at work.
`;

const SECTIONS: readonly ((number: number) => string)[] = [
  (number) => `${prose(number)}\n${prose(number + 1)}`,
  (number) => `${prose(number)}
- the first thing, with \`code\` and **weight**
- the second thing of part ${number}
  - one that belongs to it
  - and another one, which goes on for a while so that it needs a second line on most screens
- the last thing
`,
  (number) => `${prose(number)}
\`\`\`ts
export function step${number}(input: readonly string[]): number {
  // What is empty costs nothing.
  if (input.length === 0) return 0;
  let total = ${number};
  for (const line of input) {
    const words = line.split(' ');
    total += words.filter((word) => word.length > 3).length;
  }
  return total;
}
\`\`\`
`,
  (number) => `${prose(number)}
| name | value | remark |
|---|---:|---|
| alpha | ${number} | as it was |
| beta | ${number * 7} | **more** than before |
| gamma | ${number * 13} | with \`code\` |
| delta | ${number * 29} | the last one |
`,
  (number) => `> ${prose(number).replaceAll('\n', '\n> ').trimEnd().replace(/>$/, '')}

1. open the file
2. read line ${number}
3. close it again
`,
];

/** The letters and digits of a text. */
export const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

export const linesOf = (text: string): string[] => text.split('\n').map(lettersOf).filter(Boolean);

/** Without what Markdown takes for itself. */
const shownOf = (section: string): string[] =>
  linesOf(
    section
      .replace(/\]\([^)]*\)/g, ']')
      .replace(/^```\w+$/gm, '```')
      .replace(/^ *\d+\. /gm, ''),
  );
