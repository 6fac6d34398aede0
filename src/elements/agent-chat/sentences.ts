/** An end of a sentence, or of a line, with what follows it; CJK full stops need no space. */
const END = /[.!?…]+["'”’)\]]*\s+|[。！？]+|\n+/g;

/** How far `text` consists of whole sentences; all of it once it is `complete`. */
export function wholeSentences(text: string, complete: boolean): number {
  if (complete) return text.length;
  let end = 0;
  for (const match of text.matchAll(END)) end = match.index + match[0].length;
  return end;
}
