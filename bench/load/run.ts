// `npm run bench:load`: what the server holds, as a process on real sockets with its database on disk, against a bare server of
// the same WebSocket library in the same run. `--only fan-out|stored|turns`, `--rounds N`, `--sessions N` (the most).
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {commitMs} from './commit.ts';
import {fanOut, floorSender, serverSender, type Round} from './fan-out.ts';
import {fill} from './fill.ts';
import {fixed, median, percentile, spread, table} from './numbers.ts';
import {startFloor, startServer, type Serving} from './processes.ts';
import {askAll, QUESTIONS, sizeOf, type Question} from './stored.ts';
import {turns} from './streams.ts';

const {values} = parseArgs({
  options: {
    only: {type: 'string'},
    rounds: {type: 'string', default: '5'},
    sessions: {type: 'string', default: '100000'},
  },
});
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'agent-session-load-'));
const failures: string[] = [];

/** A data folder of its own, below one that is removed at the end. */
function dataFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, {recursive: true});
  return path;
}

async function fanOuts(): Promise<void> {
  const server = await startServer(dataFolder('fan-out'));
  const floor = await startFloor();
  const ours = await serverSender(server.url);
  const bare = await floorSender(floor.url, await ours.frame());
  const CLIENTS = [10, 100, 1_000];
  const results = CLIENTS.map((clients) => ({
    clients,
    server: [] as Round[],
    floor: [] as Round[],
    commit: [] as number[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const result of results) {
      const {clients} = result;
      const work = clients >= 1_000 ? {single: 40, burst: 100} : {single: 100, burst: 300};
      result.server.push(await fanOut(server, ours, clients, work));
      result.floor.push(await fanOut(floor, bare, clients, work));
      result.commit.push(commitMs(dataFolder('commit')));
    }
  }
  await Promise.all([ours.close(), bare.close()]);
  await Promise.all([server.end(), floor.end()]);

  const share = (all: readonly Round[], at: number): number => median(all.map(({last}) => percentile(last, at)));
  console.log(
    `\n### Clients at once\n\nMedians of ${rounds} interleaved rounds; in brackets the lowest and the highest round.\n`,
  );
  console.log(
    table(
      [
        'clients',
        'last follower p50',
        'p99',
        'floor p50',
        'p99',
        'ratio of p50',
        'frames a second',
        'floor',
        'ratio',
        'connected after',
        'floor',
      ],
      results.map(({clients, server, floor}) => {
        const p50s = server.map(({last}) => median(last));
        const frames = server.map(({framesPerSecond}) => framesPerSecond);
        const floorFrames = floor.map(({framesPerSecond}) => framesPerSecond);
        return [
          fixed(clients, 0),
          `${fixed(share(server, 0.5))} ms (${spread(p50s)})`,
          `${fixed(share(server, 0.99))} ms`,
          `${fixed(share(floor, 0.5))} ms (${spread(floor.map(({last}) => median(last)))})`,
          `${fixed(share(floor, 0.99))} ms`,
          fixed(share(server, 0.5) / share(floor, 0.5), 2),
          `${fixed(median(frames), 0)} (${spread(frames, 0)})`,
          `${fixed(median(floorFrames), 0)} (${spread(floorFrames, 0)})`,
          fixed(median(frames) / median(floorFrames), 2),
          `${fixed(median(server.map(({connectMs}) => connectMs)), 0)} ms`,
          `${fixed(median(floor.map(({connectMs}) => connectMs)), 0)} ms`,
        ];
      }),
    ),
  );
  const memory = (all: readonly Round[], clients: number, what: 'rss' | 'heap'): number =>
    median(all.map(({before, open}) => (open[what] - before[what]) / clients / 1024));
  const [few, , many] = results;
  if (!few || !many) return;
  console.log(
    `\nOne commit of one row to the disk of this machine takes ${fixed(median(results.flatMap(({commit}) => commit)), 2)} ms; the floor stores nothing.` +
      `\nFrom ${few.clients} to ${many.clients} clients the time to the last follower grows ${fixed(share(many.server, 0.5) / share(few.server, 0.5))} ×, that of the floor ${fixed(share(many.floor, 0.5) / share(few.floor, 0.5))} ×.` +
      `\nMemory a client, of ${many.clients}: heap and buffers ${fixed(memory(many.server, many.clients, 'heap'))} KiB (floor ${fixed(memory(many.floor, many.clients, 'heap'))}), resident ${fixed(memory(many.server, many.clients, 'rss'))} KiB (floor ${fixed(memory(many.floor, many.clients, 'rss'))}).`,
  );
}

async function stored(): Promise<void> {
  const most = Number(values.sessions);
  const sizes = [most / 100, most / 10, most];
  const places: {data: string; filled: ReturnType<typeof fill>; starts: number[]; asked: Record<Question, number>[]}[] =
    [];
  for (const sessions of sizes) {
    const data = dataFolder(`stored-${sessions}`);
    places.push({data, filled: fill(data, sessions), starts: [], asked: []});
  }
  for (let round = 0; round < rounds; round += 1) {
    const servers: Serving[] = [];
    for (const place of places) {
      const server = await startServer(place.data);
      place.starts.push(server.startMs);
      servers.push(server);
    }
    // What was asked first warms the code and the cache of the file; it does not count.
    for (let i = 0; i < 12; i += 1) {
      for (const [at, place] of places.entries()) {
        const server = servers[at];
        if (!server) continue;
        const asked = await askAll(server, place.filled);
        if (i >= 2) place.asked.push(asked);
      }
    }
    await Promise.all(servers.map((server) => server.end()));
  }
  const [few, , many] = places;
  if (!few || !many) return;
  const of = ({asked}: (typeof places)[number], name: Question): number => median(asked.map((times) => times[name]));
  const rows = QUESTIONS.map(({name, bound}) => {
    const ratio = of(many, name) / of(few, name);
    if (ratio > bound)
      failures.push(
        `${name}: ${fixed(ratio, 2)} × from ${few.filled.sessions} to ${many.filled.sessions} sessions, at most ${bound} ×`,
      );
    return [name, ...places.map((place) => `${fixed(of(place, name), 2)} ms`), fixed(ratio, 2)];
  });
  const start = (place: (typeof places)[number]): number => median(place.starts);
  console.log(
    `\n### Stored sessions\n\nMedians of ${rounds} × 10 interleaved rounds, from the question to the last frame of its answer.\n`,
  );
  console.log(
    table(
      ['stored sessions', ...sizes.map((size) => fixed(size, 0)), 'ratio'],
      [
        ...rows,
        [
          'start of the server',
          ...places.map((place) => `${fixed(start(place), 0)} ms`),
          fixed(start(many) / start(few), 2),
        ],
        [
          'database',
          ...places.map(({data}) => `${fixed(sizeOf(data) / 1024 / 1024)} MiB`),
          fixed(sizeOf(many.data) / sizeOf(few.data), 0),
        ],
      ],
    ),
  );
}

async function manyTurns(): Promise<void> {
  const server = await startServer(dataFolder('turns'));
  const CALLS = 50;
  const tools: number[] = [];
  const commits: number[] = [];
  const streaming: number[] = [];
  const busy: number[] = [];
  await turns(server, 8, '/tools 5');
  for (let round = 0; round < rounds; round += 1) {
    tools.push((await turns(server, 32, `/tools ${CALLS}`)).ms);
    commits.push(commitMs(dataFolder('commit')));
    const stream = await turns(server, 32, '/stream 400 200');
    streaming.push(stream.ms);
    busy.push((100 * stream.cpu) / stream.ms);
  }
  await server.end();
  const events = 32 * CALLS * 2;
  const perEvent = median(tools) / events;
  console.log(`\n### Turns at once\n`);
  console.log(
    table(
      ['32 turns at once', 'time', 'that is'],
      [
        [
          `${CALLS} tool calls each (${fixed(events, 0)} stored events)`,
          `${fixed(median(tools), 0)} ms (${spread(tools, 0)})`,
          `${fixed(1000 / perEvent, 0)} events a second, ${fixed(perEvent, 2)} ms an event`,
        ],
        [
          'one commit of one row, alone',
          `${fixed(median(commits), 2)} ms (${spread(commits, 2)})`,
          `${fixed((100 * median(commits)) / perEvent, 0)} % of the time of an event`,
        ],
        [
          '400 words each at 200 a second (2,000 ms at best)',
          `${fixed(median(streaming), 0)} ms (${spread(streaming, 0)})`,
          `the server is busy ${fixed(median(busy), 0)} % of one core`,
        ],
      ],
    ),
  );
}

try {
  console.log(`Node ${process.versions.node}, ${cpus().length} cores`);
  if (!values.only || values.only === 'fan-out') await fanOuts();
  if (!values.only || values.only === 'turns') await manyTurns();
  if (!values.only || values.only === 'stored') await stored();
} finally {
  rmSync(folder, {recursive: true, force: true});
}
if (failures.length > 0) {
  console.error(`\n${failures.join('\n')}`);
  process.exitCode = 1;
}
