// `npm run bench:memory`: what is left in memory of a conversation of 10,000 messages that was opened, read upwards and closed, ten times
// over. `--rounds N` (10), `--write` puts the result into docs/performance.md.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import puppeteer from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {bars} from '../kit/bars.ts';
import {table} from '../kit/numbers.ts';
import {bundle, scriptTags, servePages} from '../kit/pages.ts';
import {Tab} from '../kit/tab.ts';
import {writeReport} from '../kit/write-report.ts';
import {fill} from '../history/fill.ts';
import {startServer} from '../load/processes.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '10'},
    write: {type: 'boolean', default: false},
  },
});
const MESSAGES = 10_000;
/** In the end there may be so much more than in the beginning. */
const LEFT = 1.05;

const pages = await servePages(await bundle({page: join(import.meta.dirname, '../history/page.ts')}), () =>
  scriptTags('page'),
);
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 300_000});
const data = mkdtempSync(join(tmpdir(), 'agent-session-memory-'));
const [small, warm, long] = fill(data, [40, MESSAGES, MESSAGES]);
if (!small || !warm || !long) throw new Error('nothing was stored');
const server = await startServer(data, '--origin', pages.origin);
const kept: number[] = [];
const heaps: number[] = [];
try {
  const tab = await Tab.open(browser, pages.address('memory'));
  const {page} = tab;
  await page.waitForFunction(() => 'conversation' in window);
  /** Opens one on a fresh provider, reads upwards, and takes all of it away. */
  const visit = async (session: string): Promise<void> => {
    await page.evaluate((url, id, last) => window.conversation.prepare(url, id, last), server.url, session, MESSAGES);
    await page.evaluate(() => window.conversation.scrollToTop());
    await page.evaluate(() => window.conversation.close());
  };
  const look = async (): Promise<void> => {
    heaps.push(await tab.heap());
    kept.push(await tab.held());
  };
  // What is loaded once stays, and is not what is measured.
  await visit(warm.session);
  await look();
  for (let round = 1; round <= Number(values.rounds); round++) {
    await visit(long.session);
    await look();
    console.error(
      `${round}  ${((kept.at(-1) ?? 0) / 1e6).toFixed(2)} MB, ${((kept[0] ?? 0) / 1e6).toFixed(2)} MB before`,
    );
  }
  await tab.close();
} finally {
  await browser.close();
  pages.close();
  await server.end();
  rmSync(data, {recursive: true, force: true});
}

const [start = NaN] = kept;
const end = kept.at(-1) ?? NaN;
const text = table(
  ['', ...kept.map((_, round) => (round ? String(round) : 'before'))],
  [
    ['MB', ...kept.map((bytes) => (bytes / 1e6).toFixed(2))],
    ['× of before', ...kept.map((bytes) => (bytes / start).toFixed(3))],
    ['heap with compiled code, MB', ...heaps.map((bytes) => (bytes / 1e6).toFixed(2))],
  ],
);
console.log(text);
if (values.write) {
  const rows = kept.map((bytes, round) => ({
    label: round ? `after ${round}` : 'before',
    value: bytes / 1e6,
    text: `${(bytes / 1e6).toFixed(2)} MB`,
    looks: 'ours' as const,
  }));
  writeReport(
    'memory',
    text,
    bars('Memory after opening and closing', [{title: 'What is held after a collection', bars: rows}]),
  );
}
if (!(end <= LEFT * start)) {
  console.error(`memory: ${(end / start).toFixed(3)} × of before after ${values.rounds} rounds, at most ${LEFT}`);
  process.exitCode = 1;
}
