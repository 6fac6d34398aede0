import {cpus, loadavg} from 'node:os';

/** How the numbers came to be, and how busy the machine was by then; this bench itself wants about one core. */
export const noise = (rounds: number): string =>
  `${rounds === 1 ? 'One round' : `Medians of ${rounds} interleaved rounds`}; processes that wanted one of ${cpus().length} cores: ${(loadavg()[0] ?? NaN).toFixed(1)}.`;
