// `npm run bench:start`: how much a page loads until somebody can write, and when that is on a main thread that is 4 times slower, here
// and in other packages. `--rounds N` (5), `--slow 4`, `--write` puts the result into docs/performance.md.
import {brotliCompressSync} from 'node:zlib';
import {parseArgs} from 'node:util';
import puppeteer from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {bars} from '../kit/bars.ts';
import {noise} from '../kit/noise.ts';
import {median, table} from '../kit/numbers.ts';
import {bundle, scriptTags, servePages, type Files} from '../kit/pages.ts';
import {installPeers} from '../kit/peers.ts';
import {Samples} from '../kit/samples.ts';
import {Tab} from '../kit/tab.ts';
import {writeReport} from '../kit/write-report.ts';
import {peers} from './candidates.ts';
import {ownBody, ownFiles} from './own.ts';
import {watchForBox} from './watch.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    slow: {type: 'string', default: '4'},
    write: {type: 'boolean', default: false},
  },
});
const rounds = Number(values.rounds);
const slow = Number(values.slow);
const versions = installPeers();
if (typeof versions === 'string') console.error(`The others could not be installed: ${versions}`);
const others = typeof versions === 'string' ? [] : peers;

const OWN = 'own';
/** Each with a server of its own, so that nothing of another is in a cache. */
const sites = [
  {name: OWN, title: '**`standalone.js`: list and chat**', files: await ownFiles(), body: ownBody},
  ...(await Promise.all(
    others.map(async ({name, title, script, from}) => ({
      name,
      title: typeof versions === 'string' ? title : `${title} ${versions[from] ?? ''}`,
      files: await bundle({[name]: script}),
      body: scriptTags(name),
    })),
  )),
];
const samples = new Samples();
const weights = new Map<string, number>();
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 120_000});

const weigh = (files: Files, paths: readonly string[]): number =>
  [...new Set(paths)].reduce((sum, path) => {
    const file = files.get(path);
    return sum + (file === undefined ? 0 : brotliCompressSync(file).length);
  }, 0);

try {
  for (let round = 1; round <= rounds; round++) {
    for (const {name, files, body} of sites) {
      const pages = await servePages(files, (path) => (path === 'page' ? body : ''));
      const tab = await Tab.open(browser, pages.address('empty'));
      try {
        const {page} = tab;
        await page.evaluateOnNewDocument(watchForBox);
        const {value, task, longest} = await tab.cost(async () => {
          await page.goto(pages.address('page'));
          await page.waitForFunction(() => window.usable !== undefined);
          return page.evaluate(() => window.usable);
        }, slow);
        await page.keyboard.type('x');
        const typed = await page.evaluate(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active instanceof HTMLTextAreaElement ? active.value : active?.textContent;
        });
        if (!value || typed?.trim() !== 'x') throw new Error(`${name}: what is typed does not come into the box`);
        weights.set(name, weigh(files, value.files));
        samples.add(`${name} ms`, value.ms);
        samples.add(`${name} task`, task);
        samples.add(`${name} longest`, longest);
        console.error(
          `${round}  ${name.padEnd(12)}  ${value.ms.toFixed(0)} ms, main thread ${task.toFixed(0)} ms, longest ${longest.toFixed(0)} ms, ${weights.get(name)} B`,
        );
      } finally {
        await tab.close();
        pages.close();
      }
    }
  }
} finally {
  await browser.close();
}

const text = `${noise(rounds)}\n\n${table(
  ['', 'loaded by then, kB (brotli)', `to write, at ${slow} ×, ms`, '× ours', 'main thread, ms', 'longest task, ms'],
  sites.map(({name, title}) => [
    title,
    ((weights.get(name) ?? 0) / 1000).toFixed(1),
    samples.text(`${name} ms`),
    samples.ratioText(`${name} ms`, `${OWN} ms`),
    samples.text(`${name} task`),
    samples.text(`${name} longest`),
  ]),
)}`;
console.log(text);
if (values.write) {
  const block = {
    title: `Until somebody can write, main thread ${slow} times slower`,
    bars: sites.map(({name, title}) => {
      const value = samples.median(`${name} ms`);
      return {label: title, value, text: `${value.toFixed(0)} ms`, looks: name === OWN ? 'ours' : 'other'} as const;
    }),
  };
  writeReport('start', text, bars('Time until somebody can write', [block]));
}
for (const {name, title} of sites) {
  const ratio = median(samples.ratios(`${name} ms`, `${OWN} ms`));
  if (name === OWN || ratio > 1) continue;
  console.error(`start: ${title} is ready before ours: ${ratio.toFixed(2)} ×`);
  process.exitCode = 1;
}
