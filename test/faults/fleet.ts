import {fork} from 'node:child_process';
import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import type {Block, Counts, Said} from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Seeds at a time: few enough that no worker is left alone with the last. */
const BLOCK = 20;

export interface Search {
  readonly from: number;
  readonly seeds: number;
  /** How many a story has on average. */
  readonly steps: number;
  /** Processes at once; as many as there are processors. */
  readonly jobs?: number;
  /** No new block is begun after so many failures. */
  readonly stop?: number;
  /** Told after each block. */
  readonly progress?: (report: Report) => void;
}

export interface Failure {
  readonly seed: number;
  readonly invariant: string;
  /** What was broken, and the short story that breaks it. */
  readonly text: string;
}

export interface Report {
  readonly played: number;
  readonly seconds: number;
  readonly failures: readonly Failure[];
  readonly injected: ReadonlyMap<string, number>;
  readonly checked: ReadonlyMap<string, number>;
}

/** Plays the stories of many seeds, in as many processes as there are processors. */
export async function search({from, seeds, steps, stop = Infinity, progress, ...rest}: Search): Promise<Report> {
  const began = performance.now();
  const failures: Failure[] = [];
  const injected = new Map<string, number>();
  const checked = new Map<string, number>();
  let played = 0;
  const report = (): Report => {
    const seconds = (performance.now() - began) / 1_000;
    return {played, seconds, failures: failures.toSorted((a, b) => a.seed - b.seed), injected, checked};
  };
  let next = from;
  const end = from + seeds;
  const take = (): Block | undefined => {
    if (next >= end || failures.length >= stop) return undefined;
    const block = {from: next, seeds: Math.min(BLOCK, end - next), steps};
    next += block.seeds;
    return block;
  };
  const heard = (said: Said): void => {
    if ('failure' in said) return void failures.push(said.failure);
    played += said.played;
    add(injected, said.injected);
    add(checked, said.checked);
    progress?.(report());
  };
  const jobs = rest.jobs ?? availableParallelism();
  await Promise.all(Array.from({length: jobs}, () => work(take, heard)));
  return report();
}

/** One process, until there is nothing left to take. */
async function work(take: () => Block | undefined, heard: (said: Said) => void): Promise<void> {
  const worker = fork(WORKER, {execArgv: ['--import', 'tsx']});
  const gone = once(worker, 'exit');
  const goOn = (): void => {
    const block = take();
    if (block) worker.send(block);
    else worker.disconnect();
  };
  worker.on('message', (said: Said) => {
    heard(said);
    if ('played' in said) goOn();
  });
  goOn();
  const [code] = (await gone) as [number | null];
  if (code !== 0) throw new Error(`a process that played schedules ended with ${code ?? 'a signal'}`);
}

function add(sum: Map<string, number>, counts: Counts): void {
  for (const [name, count] of counts) sum.set(name, (sum.get(name) ?? 0) + count);
}
