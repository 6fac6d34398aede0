const LABEL = 290;
const WIDTH = 420;
const ROW = 22;
const HEAD = 34;

export interface Bar {
  readonly label: string;
  /** What its length stands for; undefined: nothing is known. */
  readonly value: number | undefined;
  /** What stands behind it. */
  readonly text: string;
  /** `more`: it is at least so much. */
  readonly looks: 'ours' | 'other' | 'more';
}

export interface Block {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** Bars on a scale on which ten times as much is as long everywhere: what is apart is apart by magnitudes. */
export function bars(name: string, blocks: readonly Block[]): string {
  const known = blocks.flatMap((block) => block.bars.flatMap(({value}) => value ?? []));
  const least = 10 ** Math.floor(Math.log10(Math.min(...known)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...known)));
  const lengthOf = (value = least): number =>
    Math.max(2, (Math.log10(value / least) / Math.log10(most / least)) * WIDTH);
  let top = 0;
  const drawn = blocks.map(({title, bars}) => {
    const lines = bars.map((bar, row) => drawBar(bar, top + HEAD + row * ROW, lengthOf(bar.value)));
    const text = `<text x="0" y="${top + 20}" class="title">${escaped(title)}</text>\n${lines.join('\n')}`;
    top += HEAD + bars.length * ROW;
    return text;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LABEL + WIDTH + 80} ${top + 10}" role="img" aria-label="${escaped(name)}, on a logarithmic scale">
<style>text{font:13px sans-serif;fill:#333}.title{font-weight:600}.ours{fill:#2b6cb0}.other{fill:#a0aec0}.more{fill:#e2b6b6}@media (prefers-color-scheme:dark){text{fill:#ddd}}</style>
${drawn.join('\n')}
</svg>
`;
}

const drawBar = ({label, text, looks}: Bar, y: number, length: number): string =>
  `<text x="${LABEL - 8}" y="${y + 13}" text-anchor="end">${escaped(label)}</text>
<rect x="${LABEL}" y="${y + 2}" width="${length.toFixed(1)}" height="${ROW - 6}" class="${looks}"/>
<text x="${LABEL + length + 6}" y="${y + 13}">${escaped(text)}</text>`;

/** Without the marks of Markdown. */
const escaped = (text: string): string =>
  text.replaceAll(/[*`]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
