import type {Command} from '../model/commands.ts';
import type {StoredEvent} from '../model/events.ts';
import type {Input} from '../model/inputs.ts';
import type {Session, SessionStatus} from '../model/session.ts';

/**
 * The one thing the store talks to. A backend connects to a server of some protocol, translates what it says into
 * inputs of the model, and sends commands. It queues nothing: the outbox of the store is the only queue.
 *
 * Who calls what, when:
 * - the store calls `connect()` once a page wants the connection, and `disconnect()` when none does; both may repeat;
 * - the backend calls `emit(inputs)` with what belongs together; the store has applied all of it when `emit` returns,
 *   and may call `watch` and `deliver` from inside;
 * - the store calls `watch(ids)` with *all* sessions whose threads are wanted whenever that set changes; a session that
 *   leaves the set is forgotten on both sides, and read anew (a `thread` input) when it is wanted again;
 * - the store calls `deliver(commands)` with *all* unsettled commands, oldest first, whenever the outbox changes and after
 *   each `welcome`. The backend sends those it has not sent on this connection, in that order; a command that has been
 *   answered is not sent again unless the server has forgotten (new epoch). Ids make the repeat harmless;
 * - the last that `disconnect()` emits is `connection: idle`, with it at most that nothing is live any more; after that
 *   nothing is emitted until `connect()` or `reconnect()`.
 *
 * For each command the backend emits in the end exactly one `settled` or `rejected`; before that any number of `sent` and
 * `acked`. A command is settled when its effect is in what has been emitted, so that the page can stop projecting it.
 *
 * Nothing throws: what goes wrong is a `problem` input with a sentence for a person.
 */
export interface Backend {
  /** What this backend can never do, whatever the server says; elements leave it out. */
  readonly lacks?: readonly string[];
  connect(): void;
  disconnect(): void;
  /** Tries now instead of after the back-off; also after a refusal. */
  reconnect(): void;
  watch(sessions: readonly string[]): void;
  deliver(commands: readonly Command[]): void;
  /** Rejects with a `QueryError`. */
  query(query: Query): Promise<Page>;
}

/** Older events of a session, or older or matching sessions of the list. */
export type Query =
  | {readonly session: string; readonly before?: number; readonly text?: string; readonly limit?: number}
  | {
      readonly session?: undefined;
      readonly cursor?: string;
      readonly text?: string;
      readonly status?: readonly SessionStatus[];
      readonly archived?: boolean;
      readonly parent?: string;
      readonly limit?: number;
    };

/** The answer to a query; older events come oldest first. `next` goes on from here: a `before`, or a `cursor`. */
export interface Page {
  readonly sessions: readonly Session[];
  readonly events: readonly StoredEvent[];
  readonly next?: number | string;
}

export class QueryError extends Error {
  /** `offline`, or what the server said: `not-found`, `rate-limited`, `invalid`, … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'QueryError';
    this.code = code;
  }
}

export type Token = string | undefined | (() => string | undefined | Promise<string | undefined>);

export interface BackendOptions {
  readonly url: string;
  /** Read at each connection, because the page may set another; a function is then called anew. */
  readonly token?: Token;
  readonly environment: Environment;
  readonly emit: (inputs: readonly Input[]) => void;
}

export type BackendFactory = (options: BackendOptions) => Backend;

/** Everything a backend needs from the world, so that a simulation can be the world. */
export interface Environment {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Runs `run` once after `ms`, unless the function returned is called before. */
  timer(ms: number, run: () => void): () => void;
  /** From 0 up to 1, as `Math.random`. */
  random(): number;
  uuid(): string;
  /** Without a `protocol` where the server has none. */
  openSocket(url: string, protocol?: string): SocketLike;
  /** The page's own unless given; for backends whose server also answers requests. */
  fetch?(url: string, request: RequestLike): Promise<ResponseLike>;
  /** Calls `run` when the network or the page comes back; returns how to stop that. */
  onWake(run: () => void): () => void;
}

/** The part of what `fetch` takes that is used. */
export interface RequestLike {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** The part of `Response` that is used. */
export interface ResponseLike {
  readonly status: number;
  text(): Promise<string>;
}

/** The part of `WebSocket` that is used. */
export interface SocketLike {
  readonly protocol: string;
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: {readonly data: unknown}) => void) | null;
  onclose: ((event: {readonly code: number; readonly reason: string}) => void) | null;
  onerror: ((event: never) => void) | null;
}
