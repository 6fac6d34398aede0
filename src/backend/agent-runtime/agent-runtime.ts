import type {Command} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';
import {
  QueryError,
  type Backend,
  type BackendFactory,
  type BackendOptions,
  type Environment,
  type Page,
} from '../backend.ts';
import {Connection, type ConnectionUser} from './connection.ts';
import {needsCheck} from './jobs.ts';
import {initialState, type Ask, type News, type State} from './state.ts';
import {translate} from './translator.ts';
import type {Frame} from './wire.ts';

/** Milliseconds between looks at what is at work: soon after something was sent, and ever more rarely while nothing is heard. */
const FIRST_LOOK = 2000;
const MAX_LOOK = 30_000;
/** Before events that could not be read are asked for again. */
const PAUSE = 3000;

/** What no server of this kind can do. */
const LACKS: readonly string[] = [
  ...['answer', 'rename', 'archive', 'set-option', 'seen'],
  ...['approvals', 'search', 'find', 'thoughts', 'plans', 'options', 'commands', 'questions'],
];

/** The I/O around the translator: it decides nothing. */
class AgentRuntime implements Backend, ConnectionUser {
  readonly lacks = LACKS;
  readonly #environment: Environment;
  readonly #emit: BackendOptions['emit'];
  readonly #connection: Connection;
  #state: State = initialState;
  #isIdle = true;
  /** Of this connection. */
  readonly #timers = new Set<() => void>();
  #stopLook: (() => void) | undefined;
  #pause = FIRST_LOOK;
  readonly #waiting: (readonly Input[])[] = [];
  #isEmitting = false;

  constructor({url, environment, emit}: BackendOptions) {
    this.#environment = environment;
    this.#emit = emit;
    this.#connection = new Connection(url, environment, this);
  }

  connect(): void {
    this.#connection.connect();
  }

  disconnect(): void {
    this.#connection.disconnect();
  }

  reconnect(): void {
    this.#connection.reconnect();
  }

  watch(sessions: readonly string[]): void {
    this.#process({type: 'watch', sessions});
  }

  deliver(commands: readonly Command[]): void {
    this.#process({type: 'deliver', commands});
  }

  /** The server has no way to ask for older events, or to search. */
  query(): Promise<Page> {
    return Promise.reject(
      this.#connection.rest
        ? new QueryError('unsupported', 'This server cannot be asked for that.')
        : new QueryError('offline', 'There is no connection to the server.'),
    );
  }

  // ---- what the connection tells --------------------------------------------------------------------------------------

  opened(news: Extract<News, {type: 'opened'}>): void {
    this.#pause = FIRST_LOOK;
    this.#process(news);
  }

  heard(frame: Frame): void {
    this.#process({type: 'frame', frame});
  }

  changed(input: Extract<Input, {type: 'connection'}>): void {
    for (const stop of this.#timers) stop();
    this.#timers.clear();
    this.#stopLook?.();
    this.#stopLook = undefined;
    const {state, inputs} = translate(this.#state, {type: 'lost'});
    this.#state = state;
    this.#tell([...inputs, input]);
    this.#isIdle = input.status === 'idle';
  }

  problem(code: string, message: string): void {
    this.#tell([{type: 'problem', code, message}]);
  }

  // ---- inside ---------------------------------------------------------------------------------------------------------

  #process(news: News): void {
    const {state, inputs, asks} = translate(this.#state, news);
    this.#state = state;
    // Before anybody is told, because they may go on at once with what comes after.
    for (const ask of asks) this.#ask(ask);
    if (!this.#isIdle) this.#tell(inputs);
    this.#look();
  }

  #ask(ask: Ask): void {
    const {rest} = this.#connection;
    if (!rest) return;
    if (ask.ask === 'remind')
      return this.#later(ask.ms, () => this.#process({type: 'answer', ask, answer: {status: 200, body: null}}));
    // No frame may tell what becomes of these.
    if (ask.ask === 'post' || ask.ask === 'stop-job') this.#soon();
    rest.send(ask, (answer) => {
      if (ask.ask === 'events' && answer.status !== 200 && answer.status !== 404)
        this.#later(PAUSE, () => this.#ask(ask));
      else this.#process({type: 'answer', ask, answer});
    });
  }

  #later(ms: number, run: () => void): void {
    const stop = this.#environment.timer(ms, () => {
      this.#timers.delete(stop);
      run();
    });
    this.#timers.add(stop);
  }

  #soon(): void {
    this.#pause = FIRST_LOOK;
    this.#stopLook?.();
    this.#stopLook = undefined;
  }

  #look(): void {
    if (!this.#connection.rest || !needsCheck(this.#state)) return;
    this.#stopLook ??= this.#environment.timer(this.#pause, () => {
      this.#stopLook = undefined;
      this.#pause = Math.min(MAX_LOOK, 2 * this.#pause);
      this.#process({type: 'check'});
    });
  }

  /** One call after the other: what is told while somebody listens waits until they have. */
  #tell(inputs: readonly Input[]): void {
    if (inputs.length) this.#waiting.push(inputs);
    if (this.#isEmitting) return;
    this.#isEmitting = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#emit(next);
    } finally {
      this.#isEmitting = false;
    }
  }
}

/** The backend for servers of the kind "agent-runtime"; see docs/backends.md. */
export const createAgentRuntime: BackendFactory = (options) => new AgentRuntime(options);
