import type {AgentEvent} from '../../../core/agent.ts';
import {positive, wholeNumber, type Command, type Turn} from '../command.ts';
import {pause} from '../pause.ts';
import {text} from '../say.ts';

const MOST_WORDS = 1_000_000;
const DEFAULT_RATE = 50;
const FASTEST = 1_000_000;

export const stream: Command = {
  usage: '/stream N [RATE]',
  about: `streams N words, RATE a second (${DEFAULT_RATE})`,
  run(rest, turn) {
    const [count = '', rate = String(DEFAULT_RATE), ...more] = rest.trim().split(/\s+/);
    const words = wholeNumber(count, 1, MOST_WORDS);
    const perSecond = positive(rate, FASTEST);
    return words && perSecond && more.length === 0 ? streamed(words, perSecond, turn) : undefined;
  },
};

/** By the clock and not by a sum of pauses: a timer that comes late is followed by as many words as are due. */
async function* streamed(count: number, perSecond: number, {clock, signal}: Turn): AsyncGenerator<AgentEvent> {
  const began = clock.now();
  for (let said = 0; ;) {
    const due = Math.min(count, 1 + Math.floor(((clock.now() - began) * perSecond) / 1000));
    if (due > said) {
      const words = Array.from({length: due - said}, (_, index) => `w${said + index + 1}`).join(' ');
      yield text(said === 0 ? words : ` ${words}`);
      said = due;
    }
    if (said === count) return;
    await pause(clock, Math.max(1, Math.ceil(began + (said * 1000) / perSecond - clock.now())), signal);
    if (signal.aborted) return;
  }
}
