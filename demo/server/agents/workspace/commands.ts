import type {AgentEvent} from '../../core/agent.ts';
import type {Command, Turn} from './command.ts';
import {ask} from './drills/ask.ts';
import {child} from './drills/child.ts';
import {diff} from './drills/diff.ts';
import {echo} from './drills/echo.ts';
import {fail} from './drills/fail.ts';
import {form} from './drills/form.ts';
import {menu} from './drills/menu.ts';
import {options} from './drills/options.ts';
import {plan} from './drills/plan.ts';
import {stream} from './drills/stream.ts';
import {tools} from './drills/tools.ts';
import {usage} from './drills/usage.ts';
import {deaf, wait} from './drills/wait.ts';
import {say} from './say.ts';
import {count} from './tools/count.ts';
import {list} from './tools/list.ts';
import {outline} from './tools/outline.ts';
import {read} from './tools/read.ts';
import {search} from './tools/search.ts';
import {callTool, type ToolCall} from './tools/tool.ts';

async function* answer(call: ToolCall, turn: Turn): AsyncGenerator<AgentEvent> {
  yield* say(yield* callTool(call, call.name, turn), turn);
}

/** A command that calls one tool with what follows its name; `otherwise` is for when nothing does. */
const work = (usage: string, about: string, tool: (argument: string) => ToolCall, otherwise?: string): Command => ({
  usage,
  about,
  run(rest, turn) {
    const argument = rest.trim() || otherwise;
    return argument === undefined ? undefined : answer(tool(argument), turn);
  },
});

/** People put a path that has blanks in it between marks. */
const onPath =
  (tool: (path: string) => ToolCall) =>
  (text: string): ToolCall =>
    tool(/^(["'`])(.+)\1$/s.exec(text)?.[2] ?? text);

/** What the agent is for. */
export const works: readonly Command[] = [
  work('list [dir]', 'what a folder holds', onPath(list), '.'),
  work('read FILE', 'the text of a file', onPath(read)),
  work('search TEXT', 'every line that holds TEXT', search),
  work('count [dir]', 'how many files, folders and lines', onPath(count), '.'),
  work('outline FILE.md', 'the headings of a Markdown file', onPath(outline)),
];

/** For demonstrations and tests. */
export const drills: readonly Command[] = [
  ...[echo, stream, wait, tools, ask, child, fail, deaf],
  ...[plan, form, diff, options, usage, menu(() => drills)],
];

export const commands: ReadonlyMap<string, Command> = new Map(
  [...works, ...drills].map((command) => [command.usage.replace(/ .*/, ''), command]),
);
