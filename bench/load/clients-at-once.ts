import type {Bench} from './bench.ts';
import {commitMs} from './commit.ts';
import {fanOut, floorSender, serverSender, type Round} from './fan-out.ts';
import {fixed, median, percentile, spread, table} from '../kit/numbers.ts';
import {startFloor, startServer} from './processes.ts';

/** Many clients follow one session: how long news take to the last of them, and how many frames get there in a second. */
export async function clientsAtOnce({rounds, dataFolder}: Bench): Promise<void> {
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
