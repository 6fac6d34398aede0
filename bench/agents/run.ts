// `npm run bench:agents`: ten sessions at once on one agent that is a process, against as many on the built-in one in the same run: what
// 1,000 updates cost the server and the main thread of a page that shows one of them, and whether either keeps something of each.
// `--batches N` (12) of 1,000 updates, `--write` puts the result into docs/performance.md.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import puppeteer from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';
import {noise} from '../kit/noise.ts';
import {fixed, median, table} from '../kit/numbers.ts';
import {Tab} from '../kit/tab.ts';
import {writeReport} from '../kit/write-report.ts';
import {startServer, type Serving} from '../load/processes.ts';
import {Sessions} from './batch.ts';

const SESSIONS = 10;
/** Updates of each session in a batch, and how many it is told a second. */
const UPDATES = 100;
const RATE = 50;
const MB = 1024 * 1024;

const {values} = parseArgs({
  options: {batches: {type: 'string', default: '12'}, write: {type: 'boolean', default: false}},
});
const batches = Number(values.batches);

interface Measured {
  readonly cpu: number;
  readonly serverHeap: number;
  readonly task: number;
  readonly pageHeap: number;
}

/** One agent with a server, sessions and a page of its own. */
interface Candidate {
  readonly server: Serving;
  readonly sessions: Sessions;
  readonly tab: Tab;
  readonly measured: Measured[];
}

const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 300_000});
const data = mkdtempSync(join(tmpdir(), 'agent-session-agents-'));
const file = join(data, 'agents.json');
const script = join(import.meta.dirname, '../../test/support/acp-agent.mjs');
writeFileSync(
  file,
  JSON.stringify({
    agents: [
      {id: 'process', command: process.execPath, args: [script], env: {ACP_TEST_STATE: data}, process: 'shared'},
    ],
  }),
);

async function candidate(agent: string): Promise<Candidate> {
  const folder = join(data, agent);
  mkdirSync(folder);
  const server = await startServer(folder, '--agents', file);
  const sessions = await Sessions.begin(server, agent, SESSIONS);
  const tab = await Tab.open(browser, server.url.replace(/^ws/, 'http').replace(/\/sync$/, '/'));
  await tab.page.evaluate((id) => {
    const context = document.querySelector('session-context');
    if (context) context.selected = id;
  }, sessions.ids[0] ?? '');
  // What is loaded later is loaded then.
  await sessions.say(`/stream ${UPDATES} ${RATE}`);
  return {server, sessions, tab, measured: []};
}

async function measure({server, sessions, tab, measured}: Candidate): Promise<void> {
  await tab.page.bringToFront();
  const before = await server.held();
  const {task} = await tab.cost(() => sessions.say(`/stream ${UPDATES} ${RATE}`));
  const after = await server.held();
  measured.push({cpu: after.cpu - before.cpu, serverHeap: after.heap, task, pageHeap: await tab.heap()});
}

/** What it grows by from batch to batch, without the first and the last few, which may be out of line. */
function growth(candidate: Candidate, of: (each: Measured) => number): number {
  const third = Math.max(1, Math.floor(batches / 3));
  const all = candidate.measured.map(of);
  return (median(all.slice(-third)) - median(all.slice(0, third))) / (batches - third);
}

function report(named: readonly (readonly [string, Candidate])[]): string {
  const third = Math.max(1, Math.floor(batches / 3));
  const part = (all: readonly Measured[], of: (each: Measured) => number): string => fixed(median(all.map(of)), 0);
  const rows = named.map(([name, each]) => [
    name,
    part(each.measured, ({cpu}) => cpu),
    fixed(Math.max(...each.measured.map(({serverHeap}) => serverHeap)) / MB, 1),
    fixed(growth(each, ({serverHeap}) => serverHeap) / 1024, 0),
    part(each.measured.slice(0, third), ({task}) => task),
    part(each.measured.slice(-third), ({task}) => task),
    fixed(growth(each, ({pageHeap}) => pageHeap) / 1024, 0),
  ]);
  const head = [
    `${SESSIONS} sessions at once`,
    'server, ms',
    'its memory, MB',
    'growth, KB',
    'page, ms, at first',
    'in the end',
    'growth of its memory, KB',
  ];
  return `Of each 1,000 updates. ${noise(batches)}\n\n${table(head, rows)}`;
}

try {
  const builtIn = await candidate('workspace');
  const asProcess = await candidate('process');
  for (let batch = 0; batch < batches; batch += 1) {
    await measure(builtIn);
    await measure(asProcess);
  }
  const text = report([
    ['the built-in agent', builtIn],
    ['an agent as a process', asProcess],
  ]);
  console.log(text);
  if (values.write) writeReport('agents', text);
  for (const {server, sessions, tab} of [builtIn, asProcess]) {
    await tab.close();
    await sessions.close();
    await server.end();
  }
} finally {
  await browser.close();
  rmSync(data, {recursive: true, force: true});
}
