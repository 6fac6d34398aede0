import type {AgentEvent} from '../../../core/agent.ts';
import type {Command} from '../command.ts';

export const fail: Command = {
  usage: '/fail TEXT',
  about: 'fails with the error TEXT',
  run: (rest) => (rest.trim() === '' ? undefined : failing(rest.trim())),
};

/** Says nothing before. */
async function* failing(message: string): AsyncGenerator<AgentEvent> {
  throw new Error(message);
}
