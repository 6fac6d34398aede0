const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** As the server's search (protocol section 4): each word of `query` begins some word of `text`. */
export function wordsBegin(text: string, query: string): boolean {
  const asked = words(query);
  if (asked.length === 0) return true;
  const there = words(text);
  return asked.every((word) => there.some((other) => other.startsWith(word)));
}
