/**
 * The words of a command, as a shell would split them: at spaces, with '…', "…" and \ to keep them together. No shell is run
 * and nothing is expanded: a $ or a * stays what it is. Undefined if a quote is not closed.
 */
export function splitCommand(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === undefined && (char === "'" || char === '"')) {
      quote = char;
      word ??= '';
    } else if (char === quote) {
      quote = undefined;
    } else if (char === '\\' && quote !== "'" && (quote === undefined || next === '"' || next === '\\')) {
      if (next === '') return undefined;
      word = (word ?? '') + next;
      at += 1;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
