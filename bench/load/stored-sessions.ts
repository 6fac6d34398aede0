import type {Bench} from './bench.ts';
import {fill} from './fill.ts';
import {fixed, median, table} from '../kit/numbers.ts';
import {startServer, type Serving} from './processes.ts';
import {askAll, QUESTIONS, sizeOf, type Question} from './stored.ts';

const SIZES = [1_000, 10_000, 100_000];

/** The same questions to servers with ever more stored sessions. */
export async function storedSessions({rounds, dataFolder, failed}: Bench): Promise<void> {
  const places: {data: string; filled: ReturnType<typeof fill>; starts: number[]; asked: Record<Question, number>[]}[] =
    [];
  for (const sessions of SIZES) {
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
      failed(
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
      ['stored sessions', ...SIZES.map((size) => fixed(size, 0)), 'ratio'],
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
