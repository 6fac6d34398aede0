import {randomUUID} from 'node:crypto';
import {performance} from 'node:perf_hooks';
import type {Clock, MakeId} from './core/ports.ts';

const timer: Clock['timer'] = (ms, run) => {
  const handle = setTimeout(run, ms);
  return () => clearTimeout(handle);
};

/** The clock on the wall: for times that are stored and shown. */
export const systemClock: Clock = {now: () => Date.now(), timer};

/** Never goes back and never jumps: for what is paced. */
export const steadyClock: Clock = {now: () => performance.timeOrigin + performance.now(), timer};

export const makeId: MakeId = () => randomUUID();
