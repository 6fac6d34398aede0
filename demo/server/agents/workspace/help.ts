import type {Command} from './command.ts';
import {drills, works} from './commands.ts';
import {code} from './markdown.ts';

const lines = (commands: readonly Command[]): string[] =>
  commands.map(({usage, about}) => `- ${code(usage)} — ${about}`);

/** The answer to whatever is no command. */
export const help = [
  'I work on the files of this workspace, without a network. You can ask me for:',
  '',
  ...lines(works),
  '',
  'For demonstrations and tests I also obey:',
  '',
  ...lines(drills),
].join('\n');

/** The answer to a command that cannot be obeyed as it is written. */
export const correction = ({usage, about}: Command): string =>
  `I could not make sense of that. It is written ${code(usage)}: ${about}.`;
