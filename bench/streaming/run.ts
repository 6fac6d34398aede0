// `npm run bench:streaming`: what a streamed answer costs, in this package, in the least that is possible, and in others, side by
// side. `--rounds N` (5), `--sizes 12,48,192` in KB, `--only name,name`,
// `--patience 90` seconds for one text, `--write` puts the result of each round
// into docs/performance.md.
import {cpus, loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import puppeteer from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {candidates} from './candidates.ts';
import type {Pace} from './drive.ts';
import {measure} from './measure.ts';
import {installPeers, servePages} from './pages.ts';
import {report} from './report.ts';
import {writeReport} from './write-report.ts';
import {Results} from './results.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    sizes: {type: 'string', default: '12,48,192'},
    only: {type: 'string'},
    patience: {type: 'string', default: '90'},
    write: {type: 'boolean', default: false},
  },
});
const patience = Number(values.patience) * 1000;
const sizes = values.sizes.split(',').map(Number);
const wanted = values.only?.split(',');
const versions = installPeers();
if (typeof versions === 'string') console.error(`The others could not be installed: ${versions}`);
const chosen = candidates.filter(
  ({name, from}) => (!wanted || wanted.includes(name)) && (typeof versions !== 'string' || !from),
);

const pages = await servePages(Object.fromEntries(chosen.map(({name, script}) => [name, script])));
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 120_000 + 2 * patience});
const results = new Results();
let text = '';
try {
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const size of sizes) {
      for (const pace of ['frames', 'burst'] satisfies Pace[]) {
        for (const {name, plain} of chosen) {
          // Who was too slow for a shorter one, or for this one before, is not asked again.
          if (results.gaveUp(name, pace, size)) continue;
          const cost = await measure(browser, pages.address(name), {length: size * 1024, pace, plain, patience});
          results.add({name, pace, size, cost});
          console.error(`${round}  ${size} KB  ${pace.padEnd(6)}  ${name.padEnd(12)}  ${Math.round(cost.task)} ms`);
        }
      }
    }
    const noise = `${round === 1 ? 'One round' : `Medians of ${round} interleaved rounds`}, each with ${patience / 1000} s for a text; processes that wanted one of ${cpus().length} cores: ${loadavg()[0]?.toFixed(1)}.`;
    text = `${noise}\n\n${report(results, chosen, sizes, typeof versions === 'string' ? {} : versions)}`;
    if (values.write) writeReport(text, results, chosen, sizes);
  }
} finally {
  await browser.close();
  pages.close();
}
console.log(text);

const failures = results.failures(chosen);
if (failures.length > 0) {
  console.error(`\n${failures.join('\n')}`);
  process.exitCode = 1;
}
