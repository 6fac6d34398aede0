const RULES: readonly (readonly [RegExp, string])[] = [
  // Images by their description, links by their words, footnotes not at all.
  [/\[\^[^\][\s]*\]:?/g, ''],
  [/!?\[([^\][]*)\](?:\([^()\s]*(?:\([^()]*\))?[^()]*\)|\[[^\]]*\])/g, '$1'],
  // Of an address, where it leads.
  [/<?https?:\/\/(?:www\.)?([^\s/?#>)]+)[^\s>)]*>?/g, '$1'],
  [/`+/g, ''],
  [/(\*\*|__|~~)/g, ''],
  [/(^|[^\p{L}\p{N}*_\\])[*_](?=\S)([^*_]*[^\s*_\\])[*_](?![\p{L}\p{N}])/gu, '$1$2'],
  [/\\([!-/:-@[-`{-~])/g, '$1'],
];

const QUOTE = /^\s*(?:>\s?)+/;
const BULLET = /^\s*[-*+]\s+(?:\[[ xX]\]\s+)?/;
const HEADING = /^ ?#{1,6} | #+ ?$/g;
/** A rule, the line under a heading, the second line of a table, and where a link leads. */
const UNSAID = /^\s*(?:(?:[-*_=]\s*){3,}|\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?|\[[^\]^]+\]:\s.*)$/;

/** A line of Markdown, or part of one, as a person would read it aloud: no marks, of an address only the host. */
export function speakable(line: string): string {
  const inner = line.replace(/\s+/g, ' ').replace(QUOTE, '');
  if (UNSAID.test(inner)) return '';
  const words = inner.trimStart().startsWith('|') ? cells(inner) : inner.replace(BULLET, '').replace(HEADING, '');
  return RULES.reduce((text, [mark, said]) => text.replace(mark, said), words).trim();
}

const cells = (row: string): string =>
  row
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(', ');
