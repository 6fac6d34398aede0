import type {AgentEvent} from '../../core/agent.ts';
import type {Context} from './context.ts';

/** What a command is given. */
export interface Turn extends Context {
  /** Aborted when the server has given the turn up: even what is deaf to a stop ends then. */
  readonly gone: AbortSignal;
}

/** One thing that a person can ask for. */
export interface Command {
  /** As it is written: `/stream N [RATE]`. */
  readonly usage: string;
  readonly about: string;
  /** `rest`: what follows the first word, as it was written. Returns nothing for arguments that it cannot obey. */
  run(rest: string, turn: Turn): AsyncIterable<AgentEvent> | undefined;
}

/** The first word, in lower case, and what follows it. */
export const split = (message: string): {word: string; rest: string} => {
  const [, word = '', rest = ''] = /^\s*(\S+)([\s\S]*)$/.exec(message) ?? [];
  return {word: word.toLowerCase(), rest};
};

/** A whole number from `min` to `max`. */
export const wholeNumber = (text: string, min: number, max: number): number | undefined => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
};

/** A number from 0 to `max`, with decimals if need be. */
export const positive = (text: string, max: number): number | undefined => {
  const value = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
  return value <= max ? value : undefined;
};
