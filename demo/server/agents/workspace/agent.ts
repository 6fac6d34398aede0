import type {Agent, AgentEvent, AgentTurn} from '../../core/agent.ts';
import type {Clock} from '../../core/ports.ts';
import {split, type Turn} from './command.ts';
import {commands} from './commands.ts';
import {defaultLimits, type Limits} from './context.ts';
import {calledBack} from './drills/child.ts';
import {allow, paceOf} from './drills/options.ts';
import {correction, help} from './help.ts';
import type {Place} from './paths.ts';
import {say} from './say.ts';

export interface WorkspaceOptions {
  readonly place: Place;
  /** Paces what is streamed. */
  readonly clock: Clock;
  readonly limits?: Limits;
}

/** The built-in agent: it does what it is told with the files of one folder, offline, and understands no more than its commands. */
export const createWorkspaceAgent = ({place, clock, limits = defaultLimits}: WorkspaceOptions): Agent => {
  /** The turns that run, by user and session. */
  const running = new Map<string, AbortController>();

  async function* run({user, session, messages, chosen}: AgentTurn, stop: AbortSignal): AsyncGenerator<AgentEvent> {
    const abandoned = new AbortController();
    const key = keyOf(user, session);
    running.set(key, abandoned);
    const gone = abandoned.signal;
    const signal = AbortSignal.any([stop, gone]);
    try {
      const pace = paceOf(chosen);
      yield* obey(messages, {place, clock, limits, signal, gone, ...(pace !== undefined && {pace})});
    } catch (error) {
      // Whatever a stop has interrupted is not a failure.
      if (!signal.aborted) throw error;
    } finally {
      if (running.get(key) === abandoned) running.delete(key);
    }
  }

  return {
    id: 'workspace',
    title: 'Workspace',
    description: 'Lists, reads, searches, counts and outlines the files of one folder.',
    offers: ['plans', 'options', 'commands', 'questions'],
    run,
    // A promise that is rejected, and no error that is thrown.
    setOption: async (_, option, value) => allow(option, value),
    dispose: (session, {user}) => running.get(keyOf(user, session))?.abort(),
  };
};

const keyOf = (user: string, session: string): string => JSON.stringify([user, session]);

const obey = (messages: AgentTurn['messages'], turn: Turn): AsyncIterable<AgentEvent> => {
  if (messages.some(({child}) => child)) return calledBack(messages, turn);
  const {word, rest} = split(messages.map(({text}) => text).join('\n'));
  const command = commands.get(word);
  if (!command) return say(help, turn);
  return command.run(rest, turn) ?? say(correction(command), turn);
};
