// `npm run bench:streaming`: what a streamed answer costs, in this package, in the least that is possible, and in others, side by
// side. `--rounds N` (5), `--sizes 12,48,192` in KB, `--only name,name`, `--pace frames|burst`, `--slow 4` (a round in which the main
// thread is so many times slower, of texts up to 48 KB; 1: none), `--patience S` (seconds for one text; by default what its pace takes, and half as much again),
// `--write` puts the result of each round into docs/performance.md.
import {parseArgs} from 'node:util';
import puppeteer from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {noise} from '../kit/noise.ts';
import {bundle, scriptTags, servePages} from '../kit/pages.ts';
import {installPeers} from '../kit/peers.ts';
import {writeReport} from '../kit/write-report.ts';
import {candidates} from './candidates.ts';
import type {Pace} from './drive.ts';
import {measure} from './measure.ts';
import {chart, report} from './report.ts';
import {Results, type Text} from './results.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    sizes: {type: 'string', default: '12,48,192'},
    only: {type: 'string'},
    pace: {type: 'string'},
    slow: {type: 'string', default: '4'},
    patience: {type: 'string'},
    write: {type: 'boolean', default: false},
  },
});
/** Slowed down, the largest of a longer series would tell nothing else and take minutes. */
const LARGEST_SLOW = 48;
/** Who has had so much time for the rounds of one text is not asked once more. */
const TIME_FOR_ROUNDS = 100_000;

const sizes = values.sizes.split(',').map(Number);
const paces = (['frames', 'burst'] satisfies Pace[]).filter((pace) => !values.pace || pace === values.pace);
const slow = Number(values.slow);
const wanted = values.only?.split(',');
/** At the pace of a model, a KB takes about 0.2 s. */
const patienceFor = (size: number): number => 1000 * Number(values.patience ?? 12 + size / 4);

const versions = installPeers();
if (typeof versions === 'string') console.error(`The others could not be installed: ${versions}`);
const listed = candidates.filter(
  ({name, from}) => (!wanted || wanted.includes(name)) && (typeof versions !== 'string' || !from),
);
const scripts = Object.fromEntries(listed.map(({name, script}) => [name, script]));
const pages = await servePages(
  await bundle({...scripts, drive: new URL('drive.ts', import.meta.url).pathname}),
  (name) => scriptTags(name, 'drive'),
);
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 600_000});
const results = new Results();
const scope = {listed, sizes, slow, versions: typeof versions === 'string' ? {} : versions};
let text = '';

/** The candidates one after the other. */
async function ask(what: Text, round: string): Promise<void> {
  for (const {name, plain} of listed) {
    // Who was too slow for a shorter one, or for this one before, is not asked again.
    if (results.gaveUp(name, what)) continue;
    if (results.of(name, what).reduce((sum, {seconds}) => sum + seconds, 0) * 1000 > TIME_FOR_ROUNDS) continue;
    const {pace, size} = what;
    const cost = await measure(browser, pages.address(name), {
      ...what,
      length: size * 1024,
      plain,
      patience: patienceFor(size),
    });
    results.add({name, ...what, cost});
    console.error(
      `${round}  ${size} KB  ${pace.padEnd(6)}  ${name.padEnd(12)}  ${Math.round(cost.task)} ms, longest ${Math.round(cost.longest)} ms`,
    );
  }
}

try {
  const rounds = Number(values.rounds);
  for (let round = 1; round <= rounds; round++) {
    for (const size of sizes) for (const pace of paces) await ask({pace, size, slow: 1}, String(round));
    text = `${noise(round)}\n\n${report(results, scope)}`;
    if (values.write) writeReport('streaming', text, chart(results, scope));
  }
  if (slow > 1) {
    for (const size of sizes.filter((size) => size <= LARGEST_SLOW)) {
      for (const pace of paces) await ask({pace, size, slow}, `${slow} ×`);
    }
    text = `${noise(rounds)}\n\n${report(results, scope)}`;
    if (values.write) writeReport('streaming', text, chart(results, scope));
  }
} finally {
  await browser.close();
  pages.close();
}
console.log(text);

const failures = results.failures(listed);
if (failures.length > 0) {
  console.error(`\n${failures.join('\n')}`);
  process.exitCode = 1;
}
