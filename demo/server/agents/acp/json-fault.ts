const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

/** The line on which a text stops being JSON; the engine says it for some faults only. */
export function faultLine(text: string): number {
  let at = 0;

  const skipSpace = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  };
  const take = (wanted: string | RegExp): boolean => {
    skipSpace();
    if (typeof wanted === 'string') {
      if (text.charAt(at) !== wanted) return false;
      at += 1;
      return true;
    }
    wanted.lastIndex = at;
    if (!wanted.test(text)) return false;
    at = wanted.lastIndex;
    return true;
  };
  const list = (close: string, member: () => boolean): boolean => {
    if (take(close)) return true;
    do {
      if (!member()) return false;
    } while (take(','));
    return take(close);
  };
  const value = (): boolean => {
    if (take('{')) return list('}', () => take(STRING) && take(':') && value());
    if (take('[')) return list(']', value);
    return take(STRING) || take(PLAIN);
  };

  if (value()) skipSpace();
  return text.slice(0, at).split('\n').length;
}
