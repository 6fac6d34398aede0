/**
 * What a search compares: a text matches a query if each word of the query begins some word of the text. Words of a query are
 * what stands between spaces, taken literally. A word of a text begins where a run of letters and digits begins and at the
 * beginning of what stands between spaces, so that `server.ts` is found by `ser`, `ts` and `server.t`, and `%` only by a `%`.
 * Scripts without spaces begin a word with each character.
 */
const STARTS = /(?<![\p{L}\p{N}\p{M}_])[\p{L}\p{N}]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|^./gu;
const SPACES = /[\s\p{Cc}\p{Cs}]+/u;

/** A word counts up to here; a longer one of a query is compared as far. */
const WORD_UNITS = 64;
/** Distinct words of one message; more are not found. */
const MAX_WORDS = 20_000;

const chunks = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(SPACES)
    .filter((chunk) => chunk !== '');

/** Everything of `text` that a word of a query may begin. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const chunk of chunks(text)) {
    for (const start of chunk.matchAll(STARTS)) {
      words.add(chunk.slice(start.index, start.index + WORD_UNITS));
      if (words.size >= MAX_WORDS) return words;
    }
  }
  return words;
}

/** The words of a query. */
export const queryWords = (text: string): string[] => [
  ...new Set(chunks(text).map((chunk) => chunk.slice(0, WORD_UNITS))),
];

/** Whether each of `query` begins one of `words`. */
export const matches = (words: ReadonlySet<string>, query: readonly string[]): boolean =>
  query.every((wanted) => {
    for (const word of words) if (word.startsWith(wanted)) return true;
    return false;
  });
