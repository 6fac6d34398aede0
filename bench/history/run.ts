// `npm run bench:history`: what a conversation costs that has more and more messages, from the real server over the real protocol, in a
// page that has shown another one before. `--rounds N` (5), `--sizes 200,2000,10000`, `--slow 4` (as many rounds in which the main
// thread is so many times slower; 1: none), `--write` puts the result into docs/performance.md.
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import puppeteer from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {bundle, scriptTags, servePages} from '../kit/pages.ts';
import {Samples} from '../kit/samples.ts';
import {Tab} from '../kit/tab.ts';
import {writeReport} from '../kit/write-report.ts';
import {startServer} from '../load/processes.ts';
import {append} from './append.ts';
import {fill} from './fill.ts';
import {chart, failures, keyOf, report, type What} from './report.ts';

const {values} = parseArgs({
  options: {
    rounds: {type: 'string', default: '5'},
    sizes: {type: 'string', default: '200,2000,10000'},
    slow: {type: 'string', default: '4'},
    write: {type: 'boolean', default: false},
  },
});
/** The messages that come while it is open. */
const MORE = 50;
const rounds = Number(values.rounds);
const slow = Number(values.slow);
const sizes = values.sizes.split(',').map(Number);
const speeds = [...new Set([1, slow])];
const samples = new Samples();

const pages = await servePages(await bundle({page: join(import.meta.dirname, 'page.ts')}), () => scriptTags('page'));
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 300_000});
const data = mkdtempSync(join(tmpdir(), 'agent-session-history-'));

/** Conversations of these sizes are new in each round: what comes while one is measured stays in it. */
async function round(name: string): Promise<void> {
  const folder = join(data, name);
  mkdirSync(folder);
  const [other, ...conversations] = fill(folder, [40, ...speeds.flatMap(() => sizes)]);
  const server = await startServer(folder, '--origin', pages.origin);
  try {
    for (const [at, {session, messages}] of conversations.entries()) {
      const speed = speeds[Math.floor(at / sizes.length)] ?? 1;
      const tab = await Tab.open(browser, pages.address('history'));
      try {
        const {page} = tab;
        await page.waitForFunction(() => 'conversation' in window);
        await page.evaluate(
          (url, id, last) => window.conversation.prepare(url, id, last),
          server.url,
          other?.session ?? '',
          other?.messages ?? 0,
        );
        const open = await tab.cost(
          () => page.evaluate((id, last) => window.conversation.open(id, last), session, messages),
          speed,
        );
        const nodes = await page.evaluate(() => window.conversation.nodes());
        const more = await tab.cost(async () => {
          await append(server.url, session, messages + 1, MORE);
          await page.evaluate((last) => window.conversation.come(last), messages + MORE - 1);
        }, speed);
        const scroll = await tab.cost(() => page.evaluate(() => window.conversation.scrollToTop()), speed);
        const measured: Record<What, number> = {
          seen: open.value,
          open: open.task,
          nodes,
          append: more.task,
          scroll: scroll.task,
          'longest open': open.longest,
          'longest append': more.longest,
          'longest scroll': scroll.longest,
        };
        for (const [what, value] of Object.entries(measured)) samples.add(keyOf(messages, speed, what as What), value);
        console.error(
          `${name}  ${speed} ×  ${messages}  ${Object.entries(measured)
            .map(([what, value]) => `${what} ${value.toFixed(0)}`)
            .join(', ')}`,
        );
      } finally {
        await tab.close();
      }
    }
  } finally {
    await server.end();
  }
}

try {
  for (let number = 1; number <= rounds; number++) await round(String(number));
} finally {
  await browser.close();
  pages.close();
  rmSync(data, {recursive: true, force: true});
}
const text = report(samples, {sizes, slow, rounds});
console.log(text);
if (values.write) writeReport('history', text, chart(samples, sizes));

const failed = failures(samples, sizes);
if (failed.length > 0) {
  console.error(`\n${failed.join('\n')}`);
  process.exitCode = 1;
}
