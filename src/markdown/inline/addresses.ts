/** As GFM has them: an address with its scheme, one that begins with `www.`, or one of mail. */
const ADDRESS =
  /(?<![\p{L}\p{N}@/.:_-])(?:(?:https?:\/\/|www\.)[^\s<>]{1,2000}|[\w.+-]{1,64}@[a-z\d](?:[\w-]{0,62}\.)+[a-z\d-]{1,63})/giu;

/** The text, with what `link` makes of the addresses in it. */
export function withAddresses(text: string, link: (address: string, words: string) => unknown): unknown[] {
  if (!/www\.|:\/\/|@/i.test(text)) return [text];
  const shown: unknown[] = [];
  let end = 0;
  for (const {0: found, index} of text.matchAll(ADDRESS)) {
    const words = trimmed(found);
    if (!/[^w./:]/.test(words.replace(/^https?:/i, ''))) continue;
    if (index > end) shown.push(text.slice(end, index));
    const isMail = !/^(?:https?:|www\.)/i.test(words);
    shown.push(link(isMail ? `mailto:${words}` : /^www/i.test(words) ? `http://${words}` : words, words));
    end = index + words.length;
  }
  if (end < text.length) shown.push(text.slice(end));
  return shown;
}

/** Without the punctuation at its end, and the brackets that are closed but not opened in it. */
function trimmed(address: string): string {
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? '';
    if (/[?!.,:*_~'"]/.test(last)) end--;
    else if (last === ')' && count(address, ')', end) > count(address, '(', end)) end--;
    else return address.slice(0, end);
  }
}

const count = (text: string, character: string, end: number): number => text.slice(0, end).split(character).length - 1;
