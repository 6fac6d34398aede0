import type {Listed} from './candidates.ts';
import {medianOf, PACES} from './report.ts';
import type {Results} from './results.ts';

const LABEL = 290;
const WIDTH = 420;
const ROW = 22;
const HEAD = 34;

/** Bars for one size, on a scale on which ten times as much is as long everywhere: what is apart is apart by magnitudes. */
export function chart(results: Results, listed: readonly Listed[], sizes: readonly number[]): string {
  const size = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const values = PACES.map(({pace}) => listed.map(({name}) => medianOf(results, name, pace, size)));
  const cut = PACES.flatMap(({pace}) => listed.map(({name}) => results.notIn(name, pace, size)));
  const known = [...values.flat(), ...cut].filter((value) => value !== undefined);
  const least = 10 ** Math.floor(Math.log10(Math.min(...known)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...known)));
  const at = (value: number): number => (Math.log10(value / least) / Math.log10(most / least)) * WIDTH;
  const blocks = PACES.map(({pace, title}, block) => {
    const top = block * (HEAD + listed.length * ROW);
    const bars = listed.map(({name, title: label}, row) => {
      const value = values[block]?.[row];
      const atLeast = results.notIn(name, pace, size);
      const y = top + HEAD + row * ROW;
      const text = label.replaceAll(/[*`]/g, '').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const length = Math.max(2, at(value ?? atLeast ?? least));
      return `<text x="${LABEL - 8}" y="${y + 13}" text-anchor="end">${text}</text>
<rect x="${LABEL}" y="${y + 2}" width="${length.toFixed(1)}" height="${ROW - 6}" class="${row < 2 ? 'ours' : value === undefined ? 'more' : 'other'}"/>
<text x="${LABEL + length + 6}" y="${y + 13}">${value === undefined ? (atLeast ? `over ${(atLeast / 1000).toFixed(1)} s` : 'given up before') : `${(value / 1000).toFixed(2)} s`}</text>`;
    });
    return `<text x="0" y="${top + 20}" class="title">${title}</text>\n${bars.join('\n')}`;
  });
  const height = PACES.length * (HEAD + listed.length * ROW) + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LABEL + WIDTH + 80} ${height}" role="img" aria-label="Time of the main thread for ${size} KB of Markdown, on a logarithmic scale">
<style>text{font:13px sans-serif;fill:#333}.title{font-weight:600}.ours{fill:#2b6cb0}.other{fill:#a0aec0}.more{fill:#e2b6b6}@media (prefers-color-scheme:dark){text{fill:#ddd}}</style>
${blocks.join('\n')}
</svg>
`;
}
