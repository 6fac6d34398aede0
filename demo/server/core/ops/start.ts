import {MAX_TEXT_BYTES, type CommandOf} from '../../../../src/model/commands.ts';
import {retitle} from '../entries.ts';
import {isWithin} from '../folders.ts';
import {titleFrom, titleOf, utf8Bytes} from '../text.ts';
import {say} from '../turns.ts';
import {reject, type Context, type Outcome} from './outcome.ts';

export const tooLarge = (text: string): boolean => utf8Bytes(text) > MAX_TEXT_BYTES;

export function start({work, account}: Context, command: CommandOf<'start'>): Outcome {
  const {core} = work;
  const {session: id, text, cwd} = command;
  const [first] = core.agents.keys();
  const agent = core.agents.get(command.agent ?? first ?? '');
  if (core.storage.taken(account.key, id))
    return reject('exists', 'A session with this id exists already, or has existed.');
  if (tooLarge(text)) return reject('too-large', 'The message is longer than 128 KiB.');
  if (!agent) return reject('invalid', 'This server has no such agent.');
  if (cwd !== undefined && !isWithin(cwd, agent.folders ?? [])) {
    return reject('invalid', 'Sessions of this agent cannot be started in this folder.');
  }
  const draft = work.create({id, agent: agent.id, depth: 0, ...(cwd !== undefined && {cwd})});
  const given = titleFrom(command.title ?? '');
  if (given !== '') draft.state.named = true;
  retitle(work, draft, given || titleOf(text));
  const {author} = account;
  const seq = say(work, draft, {command: command.id, text, owes: 0, ...(author && {author})});
  return {draft, seq};
}
