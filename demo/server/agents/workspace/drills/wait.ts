import type {AgentEvent} from '../../../core/agent.ts';
import type {Clock} from '../../../core/ports.ts';
import {positive, type Command} from '../command.ts';
import {pause} from '../pause.ts';
import {text} from '../say.ts';

/** A day. */
const LONGEST = 86_400;

export const wait: Command = {
  usage: '/wait S',
  about: 'is silent for S seconds, then answers `Done.`',
  run: (rest, {clock, signal}) => done(rest, clock, signal),
};

/** Hears nothing of a stop, only that it was given up. */
export const deaf: Command = {
  usage: '/deaf S',
  about: 'works for S seconds, deaf to a stop, then answers `Done.`',
  run: (rest, {clock, gone}) => done(rest, clock, gone),
};

const done = (rest: string, clock: Clock, signal: AbortSignal): AsyncIterable<AgentEvent> | undefined => {
  const seconds = positive(rest.trim(), LONGEST);
  return seconds === undefined ? undefined : after(seconds, clock, signal);
};

async function* after(seconds: number, clock: Clock, signal: AbortSignal): AsyncGenerator<AgentEvent> {
  await pause(clock, seconds * 1000, signal);
  if (!signal.aborted) yield text('Done.');
}
