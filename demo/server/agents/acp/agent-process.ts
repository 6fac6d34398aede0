import {setTimeout as sleep} from 'node:timers/promises';
import {AgentChild, type ChildOptions, type Exit} from './child.ts';
import type {AcpConfig} from './config.ts';
import {connect, type Connection, type Listener} from './connection.ts';
import type {AcpSession} from './acp-session.ts';
import {exitFailure} from './exit-sentence.ts';
import {AgentFailure, failureOf, type Failure} from './failure.ts';
import {fieldsOf} from './translate/lenient.ts';

const PROTOCOL = 1;
/** What it takes the slowest agent on a busy machine is 12 s. */
const ANSWER_MS = 60_000;
/** How long what an agent wrote before it ended may take to arrive. */
const REST_MS = 2_000;
/** Events that wait to be told before more is read. */
const ROOM = 2_000;
/** Updates of a session that is not known yet. */
const MAX_EARLY = 500;

/** No `fs` and no `terminal`: agents do better with their own, and one cannot create files with ours. */
const CAPABILITIES = {
  elicitation: {form: {}},
  session: {configOptions: {boolean: {}}},
  _meta: {terminal_output: true},
};

/** A process of an agent that speaks, with the sessions it has. */
export class AgentProcess implements Listener {
  readonly sessions = new Map<string, AcpSession>();
  readonly #config: AcpConfig;
  readonly #child: AgentChild;
  readonly #connection: Connection;
  readonly #early = new Map<string, unknown[]>();
  readonly #gone: Promise<Failure>;
  #isGone = false;
  #connectionIsClosed = false;
  #doomed: Failure | undefined;
  #capabilities: Readonly<Record<string, unknown>> = {};
  #wake: (() => void) | undefined;

  constructor(config: AcpConfig, options: ChildOptions) {
    this.#config = config;
    this.#child = new AgentChild(config.command, config.args, options);
    this.#connection = connect(this.#child, this);
    this.#gone = this.#watch();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Resolves when it has ended, with why; its sessions have been told then. */
  get gone(): Promise<Failure> {
    return this.#gone;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  can(what: 'resume' | 'close' | 'delete' | 'load'): boolean {
    const {loadSession, sessionCapabilities} = this.#capabilities;
    if (what === 'load') return loadSession === true && this.#config.canLoad;
    const capability = fieldsOf(sessionCapabilities)[what];
    return capability !== undefined && capability !== null && capability !== false;
  }

  /** The first thing to be done; throws an `AgentFailure`. */
  async initialize(): Promise<void> {
    const result = await this.request('initialize', {
      protocolVersion: PROTOCOL,
      clientCapabilities: CAPABILITIES,
      clientInfo: {name: 'agent-session-elements', title: 'Agent sessions', version: '1'},
    });
    const {protocolVersion, agentCapabilities} = fieldsOf(result);
    if (protocolVersion !== PROTOCOL)
      throw new AgentFailure({
        code: 'agent',
        message: `${this.#config.title} speaks version ${String(protocolVersion)} of the Agent Client Protocol, this server only ${PROTOCOL}.`,
      });
    this.#capabilities = fieldsOf(agentCapabilities);
  }

  /** Waits for the answer as long as the process runs, but not for ever; throws an `AgentFailure`. */
  async request(method: string, params: object, ms = ANSWER_MS): Promise<unknown> {
    const timer = new AbortController();
    const late = sleep(ms, 'late' as const, {signal: timer.signal});
    // Whoever is not waited for any more has nothing to say.
    late.catch(() => undefined);
    try {
      const answer = this.#connection.request(method, params).then(
        (result) => ({result}),
        (error: unknown) => ({error}),
      );
      const first = await Promise.race([answer, this.#gone, late]);
      if (first === 'late') {
        const message = `${this.#config.title} did not answer within ${ms / 1000} s (${method}).`;
        throw new AgentFailure({code: 'agent', message});
      }
      if ('code' in first) throw new AgentFailure(first);
      if ('result' in first) return first.result;
      // The connection closes before the exit of the process is known.
      if (this.#connectionIsClosed) throw new AgentFailure(await this.#gone);
      throw new AgentFailure(this.#withAdvice(failureOf(first.error)));
    } finally {
      timer.abort();
    }
  }

  /** Ends it with all that it has started; `why` is told to the turns that it still has. */
  async end(why?: Failure): Promise<void> {
    this.#doomed ??= why;
    await this.#child.end();
    await this.#gone;
  }

  /** What it has begun from here on can be ended by what is returned. */
  async mark(): Promise<() => Promise<void>> {
    const kept = await this.#child.processes();
    return () => this.#child.endAllBut(kept);
  }

  adopt(session: AcpSession): void {
    this.sessions.set(session.id, session);
    const early = this.#early.get(session.id) ?? [];
    this.#early.delete(session.id);
    for (const update of early) session.hear({type: 'update', update});
  }

  update(id: string, update: unknown): void {
    const session = this.sessions.get(id);
    if (session) return session.hear({type: 'update', update});
    const early = this.#early.get(id) ?? [];
    if (early.length < MAX_EARLY && this.#early.size < MAX_EARLY) this.#early.set(id, [...early, update]);
  }

  prompted(id: string, response: {readonly result: unknown} | {readonly error: unknown}): void {
    const session = this.sessions.get(id);
    if ('result' in response) session?.hear({type: 'answered', result: response.result});
    else session?.hear({type: 'refused', error: this.#advised(response.error)});
  }

  ownTurn(id: string, open: boolean): void {
    this.sessions.get(id)?.hear({type: 'own-turn', open});
  }

  asked(type: 'permission' | 'elicitation', id: string, params: unknown, gone: AbortSignal): Promise<unknown> {
    const session = this.sessions.get(id);
    if (session) return session.ask(type, params, gone);
    return Promise.resolve(type === 'permission' ? {outcome: {outcome: 'cancelled'}} : {action: 'cancel'});
  }

  async room(): Promise<void> {
    const backlog = (): number => [...this.sessions.values()].reduce((sum, session) => sum + session.backlog, 0);
    while (backlog() > ROOM) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Something was taken. */
  taken(): void {
    this.#wake?.();
  }

  async #watch(): Promise<Failure> {
    void this.#connection.closed.then(() => {
      this.#connectionIsClosed = true;
      // Nobody can speak with it any more, alive or not.
      return this.#child.end();
    });
    const exit: Exit = await this.#child.exited;
    const rest = new AbortController();
    await Promise.race([
      this.#connection.closed,
      sleep(REST_MS, undefined, {signal: rest.signal}).catch(() => undefined),
    ]);
    rest.abort();
    this.#isGone = true;
    this.#connection.close();
    const failure = this.#doomed ?? this.#withAdvice(exitFailure(this.#config, exit, this.#child.lastWords));
    for (const session of this.sessions.values()) session.hear({type: 'exited', failure});
    this.sessions.clear();
    this.taken();
    // What it has left behind is ended too.
    void this.#child.end();
    return failure;
  }

  #withAdvice(failure: Failure): Failure {
    const {signIn} = this.#config;
    if (failure.code !== 'auth-required' || !signIn) return failure;
    return {...failure, message: `${failure.message.replace(/\.?$/, '.')} ${signIn}`};
  }

  /** The advice goes with the error, so that the translator knows nothing of it. */
  #advised(error: unknown): unknown {
    const {code, message} = failureOf(error);
    if (code !== 'auth-required') return error;
    return {...fieldsOf(error), message: this.#withAdvice({code, message}).message, data: {}};
  }
}
