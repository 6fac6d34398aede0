// `npm run bench:load`: what the server holds, as a process on real sockets with its database on disk, against a bare server of
// the same WebSocket library in the same run. `--only clients|turns|stored`, `--rounds N`.
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {cpus, loadavg, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import type {Bench} from './bench.ts';
import {clientsAtOnce} from './clients-at-once.ts';
import {fixed} from '../kit/numbers.ts';
import {storedSessions} from './stored-sessions.ts';
import {turnsAtOnce} from './turns-at-once.ts';

const {values} = parseArgs({
  options: {
    only: {type: 'string'},
    rounds: {type: 'string', default: '5'},
  },
});
const parts = {clients: clientsAtOnce, turns: turnsAtOnce, stored: storedSessions};
const folder = mkdtempSync(join(tmpdir(), 'agent-session-load-'));
const failures: string[] = [];
const bench: Bench = {
  rounds: Number(values.rounds),
  dataFolder(name) {
    const path = join(folder, name);
    mkdirSync(path, {recursive: true});
    return path;
  },
  failed: (sentence) => failures.push(sentence),
};

/** How noisy the machine is: of the last minute, this bench included. */
const loadAverage = (): string => fixed(loadavg()[0] ?? NaN);

try {
  console.log(
    `Node ${process.versions.node}, ${cpus().length} cores; processes that want one at the start: ${loadAverage()}.`,
  );
  for (const [name, run] of Object.entries(parts)) if (!values.only || values.only === name) await run(bench);
  console.log(`\nProcesses that want a core at the end: ${loadAverage()}.`);
} finally {
  rmSync(folder, {recursive: true, force: true});
}
if (failures.length > 0) {
  console.error(`\n${failures.join('\n')}`);
  process.exitCode = 1;
}
