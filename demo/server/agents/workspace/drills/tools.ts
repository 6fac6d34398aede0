import type {AgentEvent} from '../../../core/agent.ts';
import {wholeNumber, type Command, type Turn} from '../command.ts';
import {text} from '../say.ts';
import {countEntries} from '../tools/count.ts';
import {callTool} from '../tools/tool.ts';

const MOST = 10_000;

export const tools: Command = {
  usage: '/tools N',
  about: 'makes N quick calls of the tool `count`',
  run(rest, turn) {
    const count = wholeNumber(rest.trim(), 0, MOST);
    return count === undefined ? undefined : calls(count, turn);
  },
};

async function* calls(count: number, turn: Turn): AsyncGenerator<AgentEvent> {
  for (let made = 0; made < count; made++) yield* callTool(countEntries('.'), `count-${made + 1}`, turn);
  yield text(`${count} calls made.`);
}
