/** What is not for the eye in one line, or turns the order of what is shown. */
const unseen = /(?!\t)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** Text in one line, exactly as it is but for what cannot be seen. */
export const code = (text: string): string => {
  const line = text.replace(unseen, '\uFFFD');
  const ticks = '`'.repeat(longestRun(line) + 1);
  // A blank at each end keeps apart what are ticks; one is taken away again where there are two.
  const pad = /^`|`$|^ (?=.*\S).* $/.test(line) || line === '' ? ' ' : '';
  return ticks + pad + line + pad + ticks;
};

/** Text of several lines, exactly as it is. */
export const fence = (text: string, language = ''): string => {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${ticks}`;
};

export const cell = (text: string): string => text.replaceAll('|', '\\|');

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const bytes = (size: number): string => {
  if (size < 1000) return plural(size, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = size / 1000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
};
