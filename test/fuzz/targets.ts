import {client} from './client.ts';
import {commandLine} from './command-line.ts';
import {database} from './database.ts';
import {hunt, Tally, type Found, type Target} from './hunt.ts';
import {heldBytes} from './heap.ts';
import {server} from './server.ts';
import {storage} from './storage.ts';

export interface Report {
  readonly name: string;
  readonly tally: Tally;
  readonly found: Found | undefined;
  readonly seconds: number;
  /** Bytes held at the end that were not held after the first part. */
  readonly growth: number;
}

/** One thing that reads, tried with so many inputs for each frame of the whole. */
interface Trial {
  readonly share: number;
  run(inputs: number, seed: number): Promise<Report>;
}

/** Held by then: the code, and what it keeps in mind for good. */
const WARM = 0.1;

function trial<Deed>(share: number, target: Target<Deed>): Trial {
  return {
    share,
    async run(inputs, seed) {
      const tally = new Tally();
      const began = performance.now();
      let found = await hunt(target, Math.ceil(inputs * WARM), seed, tally);
      const before = await heldBytes();
      found ??= await hunt(target, inputs, seed + 1, tally);
      const growth = (await heldBytes()) - before;
      return {name: target.name, tally, found, seconds: (performance.now() - began) / 1_000, growth};
    },
  };
}

/** Everything that reads. */
export const targets: Readonly<Record<string, readonly Trial[]>> = {
  client: [trial(1, client()), trial(0.03, client(undefined, 'snapshots'))],
  server: [trial(1, server())],
  storage: [trial(0.2, storage())],
  database: [trial(0.001, database())],
  'command-line': [trial(0.1, commandLine())],
};
