/** The value below which this share of them lies (nearest rank). */
export const percentile = (numbers: readonly number[], share: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
};

export const median = (numbers: readonly number[]): number => percentile(numbers, 0.5);

/** With a mark between thousands. */
export const grouped = (value: number): string => value.toLocaleString('en');

export const fixed = (number: number, digits = 1): string =>
  number >= 1000 ? Math.round(number).toLocaleString('en') : number.toFixed(digits);

/** How far apart the rounds were: the noise. */
export const spread = (numbers: readonly number[], digits = 1): string =>
  `${fixed(Math.min(...numbers), digits)}–${fixed(Math.max(...numbers), digits)}`;

/** A table as Markdown, so that it can be put into the documentation as it is. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
