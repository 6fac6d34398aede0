// npm run agents -- NAME: installs a real agent into an ignored folder. npm run agents -- test NAME [--write] [--log FILE]: has it
// do what agents do, in a browser, with a scripted model, in a network without a way out; says what passed.
import {appendFileSync, existsSync, mkdirSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {parseArgs} from 'node:util';
import {presets} from '../../demo/server/agents/acp/presets/presets.ts';
import {checks} from './checks.ts';
import {binOf, factsOf, install, isInstalled} from './install.ts';
import {runIsolated, whyNotIsolated} from './isolated.ts';
import type {KnownAgent} from './known/known-agent.ts';
import {knownAgents} from './known/known-agents.ts';
import {lineOf, outcomeOf, writeReport, type Outcome} from './report.ts';
import {remove, Stage} from './stage.ts';

/** Seen on pictures: nothing in it tells of the machine. */
const FOLDER = '/tmp/site';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    write: {type: 'boolean', default: false},
    log: {type: 'string'},
    isolated: {type: 'boolean', default: false},
  },
});
const isTest = positionals[0] === 'test';
const agent = knownAgents.get(positionals[isTest ? 1 : 0] ?? '');

if (!agent) {
  console.error(`Usage: npm run agents -- [test] ${[...knownAgents.keys()].join('|')} [--write] [--log FILE]`);
  process.exitCode = 2;
} else if (!isTest) process.exitCode = installed(agent);
else if (values.isolated) process.exitCode = await test(agent);
else process.exitCode = await testIsolated(agent);

function installed(agent: KnownAgent): number {
  if (!isInstalled(agent) && install(agent) !== 0) return 1;
  const {args = [], title = agent.name, command = agent.name} = presets.get(agent.name) ?? {};
  const program = join(binOf(agent), command);
  console.log(
    `${title} ${factsOf(agent).version} is installed. To have it in the demo: npm start -- --agent "${[`${agent.name}=${program}`, ...args].join(' ')}"`,
  );
  return 0;
}

/** In a network of its own, with an environment in which nothing of the person is who runs it. */
async function testIsolated(agent: KnownAgent): Promise<number> {
  if (!isInstalled(agent)) {
    console.error(`It is not installed, or in another version: npm run agents -- ${agent.name}`);
    return 1;
  }
  if (existsSync(FOLDER)) {
    console.error(`Not run: there is a folder ${FOLDER} already, and this would write into it.`);
    return 1;
  }
  const why = whyNotIsolated();
  if (why !== undefined) {
    console.error(`Not run: this machine gives no network of its own, in which an agent reaches nobody (${why}).`);
    return 1;
  }
  const home = mkdtempSync(join(tmpdir(), 'agents-'));
  const {PATH = '', CHROME_PATH, LANG} = process.env;
  try {
    return await runIsolated([process.execPath, ...process.execArgv, ...process.argv.slice(1), '--isolated'], {
      PATH: [binOf(agent), PATH].join(delimiter),
      HOME: home,
      ...(CHROME_PATH !== undefined && {CHROME_PATH}),
      ...(LANG !== undefined && {LANG}),
    });
  } finally {
    remove(home);
  }
}

async function test(agent: KnownAgent): Promise<number> {
  const log = (line: string): void => {
    if (values.log !== undefined) appendFileSync(values.log, `${line}\n`);
  };
  mkdirSync(FOLDER);
  const outcomes: Outcome[] = [];
  let picture: Uint8Array | undefined;
  try {
    const stage = await Stage.open(agent, FOLDER, process.env['HOME'] ?? '', log);
    try {
      for (const check of checks) {
        const outcome = await outcomeOf(check, stage);
        outcomes.push(outcome);
        console.log(lineOf(outcome));
        // Who does not even speak does nothing else.
        if (!outcome.passed && outcomes.length === 1) break;
        if (check.pictured) picture = await stage.picture();
      }
    } finally {
      await stage.close();
      log(stage.serverLog);
    }
  } finally {
    remove(FOLDER);
  }
  if (values.write) {
    writeReport(agent, outcomes, picture);
    console.log('Written down; docs/agents.md has it after: npm run docs');
  }
  return outcomes.every(({passed}) => passed) ? 0 : 1;
}
