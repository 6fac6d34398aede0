/** The line on which the value at a path of a JSON text begins, or what is nearest to it; the text is known to be JSON. */
export function lineOf(text: string, path: readonly (string | number)[]): number {
  let at = 0;

  const skipSpace = (): void => {
    while (/\s/.test(text.charAt(at))) at += 1;
  };
  /** A string, number or word. */
  const skipPlain = (): string => {
    skipSpace();
    const [plain = ''] = /^(?:"(?:[^"\\]|\\.)*"|[^\s,:{}[\]]+)/.exec(text.slice(at)) ?? [];
    at += plain.length;
    return plain;
  };
  /** Goes over a value, or to what the path leads to in it: then it is found. */
  const seek = (wanted: readonly (string | number)[] | undefined): boolean => {
    skipSpace();
    if (wanted?.length === 0) return true;
    const open = text.charAt(at);
    if (open !== '{' && open !== '[') {
      skipPlain();
      return false;
    }
    const begin = at;
    at += 1;
    for (let index = 0; ; index += 1) {
      skipSpace();
      if (text.charAt(at) === '}' || text.charAt(at) === ']') break;
      const key: unknown = open === '{' ? JSON.parse(skipPlain()) : index;
      if (open === '{') {
        skipSpace();
        at += 1;
      }
      const isOnPath = wanted !== undefined && wanted[0] === key;
      if (seek(isOnPath ? wanted.slice(1) : undefined)) return true;
      skipSpace();
      if (text.charAt(at) === ',') at += 1;
    }
    at += 1;
    // What is missing is missing here.
    if (wanted !== undefined) at = begin;
    return wanted !== undefined;
  };

  seek(path);
  return text.slice(0, at).split('\n').length;
}
