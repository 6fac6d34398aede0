import type {AgentEvent} from '../../../core/agent.ts';
import {wholeNumber, type Command, type Turn} from '../command.ts';
import {pause} from '../pause.ts';
import {text} from '../say.ts';

const MOST = 50;
const STEP_MS = 500;

export const plan: Command = {
  usage: '/plan N',
  about: 'makes a plan of N steps and goes through it, a step each half second',
  run(rest, turn) {
    const steps = wholeNumber(rest.trim(), 1, MOST);
    return steps === undefined ? undefined : planned(steps, turn);
  },
};

async function* planned(steps: number, {clock, signal}: Turn): AsyncGenerator<AgentEvent> {
  for (let done = 0; done <= steps; done++) {
    yield {
      type: 'plan',
      entries: Array.from({length: steps}, (_, step) => ({
        text: `Step ${step + 1}`,
        status: step < done ? 'done' : step === done ? 'running' : 'pending',
      })),
    };
    if (done < steps) await pause(clock, STEP_MS, signal);
    if (signal.aborted) return;
  }
  yield text(`${steps} steps done.`);
}
