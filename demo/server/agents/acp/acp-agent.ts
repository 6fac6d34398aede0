import {mkdirSync, statSync} from 'node:fs';
import type {Agent, AgentEvent, AgentHost, AgentSession, AgentTurn, Gone, OptionValue} from '../../core/agent.ts';
import type {Clock} from '../../core/ports.ts';
import {AcpSession} from './acp-session.ts';
import {AgentProcess} from './agent-process.ts';
import type {AcpConfig} from './config.ts';
import {environment, homeOf} from './environment.ts';
import {AgentFailure, type Failure} from './failure.ts';
import {makeMark, type Owner} from './left-behind.ts';
import {Pool} from './pool.ts';
import {fieldsOf, wordsOf} from './translate/lenient.ts';

export interface AcpSurroundings {
  /** Of the server, as `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a session without a folder works. */
  readonly workspace: string;
  /** Each user has a home below it; without it agents use that of the server. */
  readonly homes?: string;
  readonly clock: Clock;
  readonly owner: Owner;
  /** Nothing begins before what an earlier server has left behind has gone: it may write to the same files. */
  readonly cleared: Promise<void>;
}

type Of = Pick<AgentSession, 'session' | 'user'>;

const LAST_WORDS_MS = 2_000;

/** An agent that speaks the Agent Client Protocol, behind the server: its processes, and a session of it for each of ours. */
export const createAcpAgent = (config: AcpConfig, surroundings: AcpSurroundings): Agent => {
  const agent = new AcpAgent(config, surroundings);
  const {id, title, description, folders} = config;
  return {
    id,
    title,
    ...(description !== undefined && {description}),
    ...(folders.length > 0 && {folders}),
    offers: ['plans', 'options', 'commands', 'questions'],
    run: (turn, signal) => agent.run(turn, signal),
    setOption: (of, option, value) => agent.setOption(of, option, value),
    dispose: (session, gone) => agent.dispose(session, gone),
    attach: (host) => agent.attach(host),
    close: () => agent.close(),
  };
};

class AcpAgent {
  readonly #config: AcpConfig;
  readonly #surroundings: AcpSurroundings;
  readonly #pool: Pool;
  #host: AgentHost = {tell: () => undefined, begin: (_, turn) => turn.refused()};
  /** Sessions that a process has open, by ours. */
  readonly #open = new Map<string, {readonly of: Of; readonly session: AcpSession; readonly process: AgentProcess}>();
  /** Those that are being opened: whoever comes back meanwhile waits for the same. */
  readonly #opening = new Map<string, Promise<AcpSession>>();

  constructor(config: AcpConfig, surroundings: AcpSurroundings) {
    this.#config = config;
    this.#surroundings = surroundings;
    const {clock} = surroundings;
    this.#pool = new Pool(config, {
      start: (key) => this.#start(key),
      timer: (ms, run) => clock.timer(ms, run),
      now: () => clock.now(),
    });
  }

  attach(host: AgentHost): void {
    this.#host = host;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async *run(turn: AgentTurn, signal: AbortSignal): AsyncGenerator<AgentEvent> {
    const cwd = turn.cwd ?? this.#config.folders[0] ?? this.#surroundings.workspace;
    if (!isFolder(cwd)) throw new AgentFailure({code: 'agent', message: `There is no folder ${cwd} (any more).`});
    const taking = this.#surroundings.cleared.then(() => this.#pool.take(this.#placeKey(turn)));
    // A stop need not wait until an agent has started.
    const taken = await unlessStopped(taking, signal);
    if (!taken) {
      void taking.then(
        ({place}) => this.#pool.give(place),
        () => undefined,
      );
      return;
    }
    try {
      const session = await unlessStopped(this.#sessionOf(turn, cwd, taken.process), signal);
      if (!session) return;
      const {leavesCommands, process} = this.#config;
      const endRest = leavesCommands && process === 'per-session' ? await taken.process.mark() : undefined;
      yield* session.prompt(
        turn.messages.map(({text}) => text),
        signal,
      );
      if (signal.aborted) await endRest?.();
    } finally {
      this.#pool.give(taken.place);
    }
  }

  async setOption(of: AgentSession, option: string, value: OptionValue): Promise<void> {
    // One that is not open is set when it is opened again.
    await this.#open.get(keyOf(of))?.session.setOption(option, value);
  }

  dispose(session: string, gone: Gone): void {
    const of = {session, user: gone.user};
    const open = this.#open.get(keyOf(of));
    const place = this.#pool.of(this.#placeKey(of));
    this.#open.delete(keyOf(of));
    if (!open) {
      // It never got as far as a session: nobody else is in a process of its own.
      if (place && this.#config.process === 'per-session') void this.#pool.end(place);
      return;
    }
    void this.#leave(open.session, open.process, gone.deleted).then((left) => {
      if (!place || (this.#config.process === 'shared' && left)) return;
      if (this.#config.process === 'shared') this.#tellOthers(open.process);
      return this.#pool.end(place, killed);
    });
  }

  /** Whether the agent has let go of the session. */
  async #leave(session: AcpSession, process: AgentProcess, deleted: boolean): Promise<boolean> {
    const params = {sessionId: session.id};
    process.connection.notify('session/cancel', params);
    try {
      if (process.can('close')) await process.request('session/close', params, LAST_WORDS_MS);
      if (deleted && process.can('delete')) await process.request('session/delete', params, LAST_WORDS_MS);
      if (!process.can('close') && !deleted) return false;
      process.sessions.delete(session.id);
      session.hear({type: 'exited', failure: killed});
      return true;
    } catch {
      // Deaf, or gone: it is ended.
      return false;
    }
  }

  #tellOthers(process: AgentProcess): void {
    for (const {of, session, process: its} of this.#open.values())
      if (its === process && !session.busy) this.#host.tell(of, {type: 'notice', level: 'info', text: killed.message});
  }

  #start(key: string): {readonly process: AgentProcess; readonly ready: Promise<void>} {
    const {env, homes, workspace, owner} = this.#surroundings;
    const [user = ''] = JSON.parse(key) as string[];
    const home = homes !== undefined && user !== '' ? homeOf(homes, user) : undefined;
    if (home !== undefined) mkdirSync(home, {recursive: true, mode: 0o700});
    const cwd = this.#config.folders[0] ?? workspace;
    const process = new AgentProcess(this.#config, {
      cwd,
      env: environment(this.#config, env, home),
      mark: makeMark(owner),
    });
    return {process, ready: process.initialize()};
  }

  #placeKey({user, session}: Of): string {
    return JSON.stringify(this.#config.process === 'shared' ? [user] : [user, session]);
  }

  #sessionOf(turn: AgentTurn, cwd: string, process: AgentProcess): Promise<AcpSession> {
    const key = keyOf(turn);
    const open = this.#open.get(key);
    if (open?.process === process && !process.isGone) return Promise.resolve(open.session);
    const opening =
      this.#opening.get(key) ?? this.#openSession(turn, cwd, process).finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  async #openSession(turn: AgentTurn, cwd: string, process: AgentProcess): Promise<AcpSession> {
    const of = {session: turn.session, user: turn.user};
    const place = {cwd, mcpServers: []};
    const make = (id: string): AcpSession => {
      const session = new AcpSession(id, {
        connection: process.connection,
        tell: (event) => this.#host.tell(of, event),
        taken: () => process.taken(),
        begin: (own) => {
          const held = this.#pool.hold(this.#placeKey(of));
          this.#host.begin(of, own);
          return () => held && this.#pool.give(held);
        },
        timer: (ms, run) => this.#surroundings.clock.timer(ms, run),
      });
      this.#open.set(keyOf(turn), {of, session, process});
      process.adopt(session);
      return session;
    };
    const kept = readKept(turn.kept);
    if (kept !== undefined) {
      const session = make(kept);
      for (const method of ['resume', 'load'] as const) {
        if (!process.can(method)) continue;
        try {
          // What it tells of the past is in the log, and in a better form.
          if (method === 'load') session.hear({type: 'loading'});
          const result = await process.request(`session/${method}`, {sessionId: kept, ...place});
          await session.opened(result, turn.chosen);
          return session;
        } catch (error) {
          if (process.isGone || (error instanceof AgentFailure && error.code !== 'agent')) throw error;
        }
      }
      process.sessions.delete(kept);
      this.#open.delete(keyOf(turn));
    }
    const result = await process.request('session/new', place);
    const id = wordsOf(fieldsOf(result)['sessionId']);
    if (id === undefined)
      throw new AgentFailure({code: 'agent', message: `${this.#config.title} opened a session without a name.`});
    const session = make(id);
    this.#host.tell(of, {type: 'keep', data: JSON.stringify({session: id})});
    if (kept !== undefined) this.#host.tell(of, {type: 'notice', level: 'warning', text: this.#forgotten});
    await session.opened(result, {...this.#config.initial, ...turn.chosen});
    return session;
  }

  get #forgotten(): string {
    return `${this.#config.title} could not take this conversation up again: it has forgotten what was said before.`;
  }
}

const killed: Failure = {
  code: 'agent-exited',
  message: 'The agent had to be ended because it did not obey a stop. It is started again with the next message.',
};

const keyOf = ({user, session}: Of): string => JSON.stringify([user, session]);

function readKept(kept: string | undefined): string | undefined {
  if (kept === undefined) return undefined;
  try {
    return wordsOf(fieldsOf(JSON.parse(kept))['session']);
  } catch {
    // Another agent has kept it, under this one's name.
    return undefined;
  }
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

/** Undefined if the turn is stopped first. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const stopped = (): void => resolve(undefined);
    signal.addEventListener('abort', stopped, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stopped));
  });
}
