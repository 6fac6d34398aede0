// `npm run bench:list`: what a list costs that knows more and more sessions, against raw DOM that touches only what is seen.
// `--rounds N` (5), `--sizes 100,1000,10000`, `--slow 4` (as many rounds in which the main thread is so many times slower; 1: none),
// `--write` puts the result into docs/performance.md.
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import puppeteer, {type Browser} from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {bundle, scriptTags, servePages} from '../kit/pages.ts';
import {Samples} from '../kit/samples.ts';
import {Tab} from '../kit/tab.ts';
import {writeReport} from '../kit/write-report.ts';
import {CHANGES, chart, failures, keyOf, report, type Candidate} from './report.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    sizes: {type: 'string', default: '100,1000,10000'},
    slow: {type: 'string', default: '4'},
    write: {type: 'boolean', default: false},
  },
});
const rounds = Number(values.rounds);
const sizes = values.sizes.split(',').map(Number);
const speeds = [...new Set([1, Number(values.slow)])];

const file = (name: string): string => join(import.meta.dirname, `${name}.ts`);
const files = await bundle({own: file('own'), floor: file('floor'), drive: file('drive')});
const pages = await servePages(files, (name) => scriptTags(name, 'drive'));
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 300_000});
const samples = new Samples();

async function measure(browser: Browser, candidate: Candidate, size: number, slow: number): Promise<void> {
  const tab = await Tab.open(browser, pages.address(candidate));
  const {page} = tab;
  try {
    await page.waitForFunction(() => 'list' in window && 'driveList' in window);
    await page.evaluate((size) => window.list.prepare(size), size);
    const mount = await tab.cost(() => page.evaluate(() => window.driveList.mount()), slow);
    const change = await tab.cost(
      () => page.evaluate((times, size) => window.driveList.change(times, size), CHANGES, size),
      slow,
    );
    if (!change.value) throw new Error(`${candidate} of ${size} does not show the statuses that it was told`);
    const key = (what: 'mount' | 'change' | 'longest'): string => keyOf(candidate, size, slow, what);
    samples.add(key('mount'), mount.task);
    samples.add(key('change'), change.task);
    samples.add(key('longest'), Math.max(mount.longest, change.longest));
    console.error(
      `${slow} ×  ${size}  ${candidate.padEnd(5)}  mount ${mount.task.toFixed(1)} ms (seen after ${mount.value.toFixed(0)}), changes ${change.task.toFixed(0)} ms (script ${change.script.toFixed(0)}, layout ${change.layout.toFixed(0)}), longest ${mount.longest.toFixed(0)} and ${change.longest.toFixed(0)} ms`,
    );
  } finally {
    await tab.close();
  }
}

try {
  for (let round = 0; round < rounds; round++) {
    for (const slow of speeds) {
      for (const size of sizes) {
        for (const candidate of ['own', 'floor'] satisfies Candidate[]) await measure(browser, candidate, size, slow);
      }
    }
  }
} finally {
  await browser.close();
  pages.close();
}
const text = report(samples, {sizes, slow: Number(values.slow), rounds});
console.log(text);
if (values.write) writeReport('list', text, chart(samples, sizes));

const failed = failures(samples, sizes);
if (failed.length > 0) {
  console.error(`\n${failed.join('\n')}`);
  process.exitCode = 1;
}
