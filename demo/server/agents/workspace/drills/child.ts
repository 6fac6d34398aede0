import type {AgentEvent, AgentMessage} from '../../../core/agent.ts';
import type {Command, Turn} from '../command.ts';
import {say, text} from '../say.ts';

export const child: Command = {
  usage: '/child MESSAGE',
  about: 'starts a child session with MESSAGE and is called back when its turn ends',
  run: (rest, turn) => (rest.trim() === '' ? undefined : started(rest.trim(), turn)),
};

async function* started(message: string, {signal}: Turn): AsyncGenerator<AgentEvent> {
  let tell: (session: string | null) => void = () => undefined;
  const told = new Promise<string | null>((resolve) => {
    tell = resolve;
    signal.addEventListener('abort', () => resolve(null), {once: true});
  });
  yield {type: 'child', text: message, started: tell};
  const session = await told;
  if (signal.aborted) return;
  if (session === null) throw new Error('The child session could not be started.');
  yield text('Started.');
}

/** What children have said, a line each; streamed as every answer. */
export function calledBack(messages: readonly AgentMessage[], turn: Turn): AsyncGenerator<AgentEvent> {
  // A child that said nothing (it failed, was stopped, is gone): what the server has to say of it.
  const lines = messages.map(({text, child}) => `Child said: ${child?.lastText || text}`);
  return say(lines.join('\n'), turn);
}
