/** What may end a sentence, with what follows it; CJK full stops need no space. */
const END = /(?<![.!?…])[.!?…]+["'”’)\]]*(?=\s)\s+|[。！？]+/g;

/** With a point they rather go on: titles, and what introduces or counts. In lower case. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st vs etc approx al fig nr bzw ca usw inc jr sr art abs vgl'.split(' '),
);

/** No such word is longer, in characters. */
const LONGEST = 20;

/** `rest` is what is still being said; together they are the whole text. */
export function sentencesOf(text: string): {readonly whole: readonly string[]; readonly rest: string} {
  const whole: string[] = [];
  let from = 0;
  for (const {0: mark, index} of text.matchAll(END)) {
    const to = index + mark.length;
    if (mark.startsWith('.') && goesOn(text.slice(Math.max(from, index - LONGEST), index), text.charAt(to))) continue;
    whole.push(text.slice(from, to));
    from = to;
  }
  return {whole, rest: text.slice(from)};
}

/** The point between them belongs to an initial, the number of a point, an abbreviation, or stands before a small letter. */
function goesOn(before: string, next: string): boolean {
  const word = /[^\s("'“‘[]*$/u.exec(before)?.[0] ?? '';
  const isInitial = /^(\p{L}\.)*\p{L}$/u.test(word);
  const isNumbered = /^\s*\d+$/.test(before);
  return isInitial || isNumbered || ABBREVIATIONS.has(word.toLowerCase()) || /\p{Ll}/u.test(next);
}
