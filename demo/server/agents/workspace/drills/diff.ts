import type {AgentEvent} from '../../../core/agent.ts';
import type {Command, Turn} from '../command.ts';
import {Refusal} from '../context.ts';
import {code} from '../markdown.ts';
import {locate} from '../paths.ts';
import {answered} from '../pause.ts';
import {text} from '../say.ts';
import {readText} from '../text.ts';

export const diff: Command = {
  usage: '/diff FILE',
  about: 'asks whether a line may be put before FILE, showing the change; nothing is ever written',
  run: (rest, turn) => (rest.trim() === '' ? undefined : proposed(rest.trim(), turn)),
};

async function* proposed(path: string, turn: Turn): AsyncGenerator<AgentEvent> {
  const ref = 'edit';
  const before = await contents(path, turn);
  if (before instanceof Refusal) return yield text(before.message);
  const content = [{type: 'diff' as const, path, before, after: `A line that was not there before.\n${before}`}];
  yield {
    type: 'tool-began',
    ref,
    name: 'edit',
    title: `Edit ${path}`,
    category: 'edit',
    content,
    locations: [{path, line: 1}],
  };
  let answer: (option: string | null) => void = () => undefined;
  const option = answered<string | null>((resolve) => (answer = resolve), turn.signal);
  yield {
    type: 'approval',
    ref,
    title: `Put a line before ${path}?`,
    content,
    options: [
      {id: 'once', label: 'Allow once', kind: 'allow'},
      {id: 'always', label: 'Allow every change of this file', kind: 'allow-always'},
      {id: 'no', label: 'Reject', kind: 'reject'},
    ],
    answer: (given) => answer(given),
  };
  const given = await option;
  if (turn.signal.aborted || !given) return;
  const isAllowed = given !== 'no';
  yield {type: 'tool-ended', ref, outcome: isAllowed ? 'completed' : 'rejected'};
  yield text(isAllowed ? `Allowed. ${code(path)} is as it was all the same.` : 'Rejected.');
}

/** Its text, or why there is none. */
async function contents(path: string, turn: Turn): Promise<string | Refusal> {
  try {
    const file = await locate(turn.place, path);
    const found = file.kind === 'file' ? await readText(file, turn.limits.shownBytes, turn) : {size: 0};
    return 'text' in found ? found.text : new Refusal(`${code(file.path)} is no text.`);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
