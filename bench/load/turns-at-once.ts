import type {Bench} from './bench.ts';
import {commitMs} from './commit.ts';
import {fixed, median, spread, table} from '../kit/numbers.ts';
import {startServer} from './processes.ts';
import {turns} from './streams.ts';

/** As many turns as the server runs at once: what of their time is the disk's. */
export async function turnsAtOnce({rounds, dataFolder}: Bench): Promise<void> {
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
