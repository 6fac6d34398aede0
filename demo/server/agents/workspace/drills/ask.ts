import type {AgentEvent} from '../../../core/agent.ts';
import type {Command, Turn} from '../command.ts';
import {text} from '../say.ts';

export const ask: Command = {
  usage: '/ask QUESTION',
  about: 'asks for approval, then answers `Allowed.` or `Rejected.`',
  run: (rest, turn) => (rest.trim() === '' ? undefined : asked(rest.trim(), turn)),
};

async function* asked(title: string, {signal}: Turn): AsyncGenerator<AgentEvent> {
  let answer: (option: string | null) => void = () => undefined;
  const answered = new Promise<string | null>((resolve) => {
    answer = resolve;
    signal.addEventListener('abort', () => resolve(null), {once: true});
  });
  yield {
    type: 'approval',
    title,
    options: [
      {id: 'allow', label: 'Allow', kind: 'allow'},
      {id: 'reject', label: 'Reject', kind: 'reject'},
    ],
    answer,
  };
  const option = await answered;
  // Withdrawn: nobody has said anything.
  if (option !== null) yield text(option === 'allow' ? 'Allowed.' : 'Rejected.');
}
