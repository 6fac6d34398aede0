// `npm run bench`: what streaming and a long list cost on the main thread, against a floor measured in the same run.
import {createServer} from 'node:http';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer from 'puppeteer-core';
import {build} from 'vite';
import {launchOptions} from '../scripts/browser.mjs';

const ROUNDS = 5;
const root = join(import.meta.dirname, '..');
const out = mkdtempSync(join(tmpdir(), 'agent-session-bench-'));

process.env.NODE_ENV = 'production';
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  define: {'process.env.NODE_ENV': '"production"'},
  build: {
    outDir: out,
    emptyOutDir: false,
    lib: {entry: join(root, 'bench/page.ts'), formats: ['es'], fileName: () => 'page.js'},
  },
});

const server = createServer((request, response) => {
  const script = request.url === '/page.js';
  response.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(
    script
      ? readFileSync(join(out, 'page.js'))
      : '<!doctype html><title>bench</title><script type="module" src="/page.js"></script>',
  );
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await puppeteer.launch({...launchOptions(), protocolTimeout: 300_000});

/** Runs one function of the page in a page of its own; adds the main thread's time in milliseconds. */
async function measure(name, ...args) {
  const page = await browser.newPage();
  try {
    await page.setViewport({width: 1280, height: 800});
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in window);
    const before = await page.metrics();
    const result = await page.evaluate((name, args) => window.bench[name](...args), name, args);
    const after = await page.metrics();
    return {...result, ms: (after.TaskDuration - before.TaskDuration) * 1000};
  } finally {
    await page.close();
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const spread = (numbers) => `${Math.min(...numbers).toFixed(0)}–${Math.max(...numbers).toFixed(0)}`;

const failures = [];
const expect = (holds, sentence) => {
  if (!holds) failures.push(sentence);
};

const CHUNKS = 4000;
const PER_FRAME = 8;
const ours = [];
const floor = [];
await measure('stream', 100, PER_FRAME);
for (let round = 0; round < ROUNDS; round++) {
  ours.push(await measure('stream', CHUNKS, PER_FRAME));
  floor.push(await measure('floor', CHUNKS, PER_FRAME));
}
console.log(`\nStreaming: ${CHUNKS} chunks, ${PER_FRAME} a frame, medians of ${ROUNDS} interleaved rounds`);
for (const {whole, updatesOfTheMessage, elements, frames, byTag} of ours) {
  expect(whole, 'the whole text is on the page');
  expect(
    updatesOfTheMessage <= Math.min(CHUNKS, frames),
    `at most one update a frame: ${updatesOfTheMessage} in ${frames}`,
  );
  expect(elements === 1, `only the one message updates, not ${elements} of them`);
  for (const tag of ['session-list', 'session-list-row', 'agent-chat']) {
    expect(!byTag[tag], `${tag} does not update, but did ${byTag[tag]} times`);
  }
}
const [first] = ours;
console.log(`  updates of the message  ${first.updatesOfTheMessage} in ${first.frames} frames`);
console.log(`  updates by element      ${JSON.stringify(first.byTag)}`);
const oursMs = ours.map(({ms}) => ms);
const floorMs = floor.map(({ms}) => ms);
console.log(`  main thread             ${median(oursMs).toFixed(0)} ms (${spread(oursMs)})`);
console.log(`  floor: appendData       ${median(floorMs).toFixed(0)} ms (${spread(floorMs)})`);
console.log(`  ratio                   ${(median(oursMs) / median(floorMs)).toFixed(2)}`);

console.log('\nList: 1,000 changes of status, 2 a frame (about 100 a second)');
const few = [];
const many = [];
for (let round = 0; round < ROUNDS; round++) {
  few.push(await measure('list', 100, 1000, 2));
  many.push(await measure('list', 10_000, 1000, 2));
}
for (const result of [...few, ...many]) {
  expect(
    !result.byTag['session-list'],
    `the list itself does not update, but did ${result.byTag['session-list']} times`,
  );
  expect(
    (result.byTag['session-list-row'] ?? 0) <= 1000,
    `rows update at most once a change: ${result.byTag['session-list-row']}`,
  );
}
for (const [name, results] of [
  ['   100 sessions', few],
  ['10,000 sessions', many],
]) {
  const tell = results.map((result) => result.tell);
  console.log(
    `  ${name}  updates ${JSON.stringify(results[0].byTag)}; main thread with mounting ${median(results.map(({ms}) => ms)).toFixed(0)} ms; ` +
      `store ${median(tell).toFixed(1)} ms (${spread(tell)}) for 1,000 changes`,
  );
}
console.log(
  `  ratio of the store's time, 10,000 to 100: ${(median(many.map((r) => r.tell)) / median(few.map((r) => r.tell))).toFixed(2)}`,
);

await browser.close();
server.close();
rmSync(out, {recursive: true, force: true});
if (failures.length) {
  console.error(`\n${[...new Set(failures)].join('\n')}`);
  process.exitCode = 1;
}
