import type {AgentEvent} from '../../../core/agent.ts';
import type {Command} from '../command.ts';
import {text} from '../say.ts';

/** Tells the page what this agent understands after a `/`; `all` are asked for when it is called, because this is one of them. */
export const menu = (all: () => readonly Command[]): Command => ({
  usage: '/commands',
  about: 'tells the page every command that begins with `/`, for its menu',
  run: (rest) => (rest.trim() === '' ? told(all()) : undefined),
});

async function* told(all: readonly Command[]): AsyncGenerator<AgentEvent> {
  const commands = all
    .filter(({usage}) => usage.startsWith('/'))
    .map(({usage, about}) => {
      const [, name = '', hint] = /^\/(\S+)(?: (.*))?$/.exec(usage) ?? [];
      return {name, description: about, ...(hint && {hint})};
    });
  yield {type: 'commands', commands};
  yield text(`${commands.length} commands.`);
}
