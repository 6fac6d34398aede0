import type {Command} from '../../model/commands.ts';
import type {StoredEvent, ThreadEvent} from '../../model/events.ts';
import type {Connection, Input, Refusal} from '../../model/inputs.ts';
import type {Session} from '../../model/session.ts';
import type {Backend, BackendFactory, Page, Query} from '../backend.ts';
import {QueryError} from '../backend.ts';
import {inOrder} from '../in-order.ts';
import {ALL_CAPABILITIES, type MemoryHandlers, type MemoryQuery, type StreamPiece, type Welcome} from './caller.ts';
import {Outcomes} from './outcomes.ts';

export type {MemoryHandlers, MemoryQuery, StreamPiece, Welcome} from './caller.ts';

/**
 * A backend without a server: the caller plays it. For tests, demos and pages that have their sessions from elsewhere.
 *
 * ```ts
 * const memory = createMemoryBackend();
 * const store = new SessionStore({backend: memory.factory, …});
 * store.connect();
 * memory.welcome();
 * memory.put({id: 's1', title: 'Tidy up', status: 'running', turn: 't1'});
 * memory.event('s1', {kind: 'message', id: 'm1', turn: 't1', role: 'user', text: 'Hello'});
 * ```
 *
 * It keeps what it was told, connected or not: a page that connects or watches later gets it as it is by then. Sequence
 * numbers and `rev`s are counted here.
 */
export class MemoryBackend {
  /** Every command that arrived, in order; one that was not answered arrives again on the next connection. */
  readonly delivered: Command[] = [];
  /** Every query that was asked. */
  readonly queries: MemoryQuery[] = [];
  readonly sessions = new Map<string, Session>();

  readonly #handlers: MemoryHandlers;
  readonly #logs = new Map<string, StoredEvent[]>();
  readonly #streams = new Map<string, Map<string, Required<StreamPiece>>>();
  #emit: (inputs: readonly Input[]) => void = () => {};
  #status: Connection = 'idle';
  #watched: readonly string[] = [];
  readonly #outcomes = new Outcomes();

  constructor(handlers: MemoryHandlers) {
    this.#handlers = handlers;
  }

  /** What a store is given. One store at a time: a second call takes the place of the first. */
  readonly factory: BackendFactory = ({emit}): Backend => {
    const own = inOrder(emit);
    this.#emit = own;
    this.#status = 'idle';
    const mine = () => this.#emit === own;
    return {
      connect: () => mine() && this.#status === 'idle' && this.#connecting(),
      disconnect: () => mine() && this.#status !== 'idle' && this.#lose({type: 'connection', status: 'idle'}),
      reconnect: () => mine() && this.#status !== 'open' && this.#connecting(),
      watch: (sessions) => mine() && this.#watch(sessions),
      deliver: (commands) => mine() && this.#deliver(commands),
      query: (query) => (mine() ? this.#query(query) : Promise.reject(new QueryError('offline', 'Not connected.'))),
    };
  };

  get status(): Connection {
    return this.#status;
  }

  /** The sessions whose threads the page wants now. */
  get watched(): readonly string[] {
    return this.#watched;
  }

  /** The log of one session as it was told so far. */
  log(session: string): readonly StoredEvent[] {
    return this.#logs.get(session) ?? [];
  }

  /** The server answers: the connection is open, the list and the watched threads follow. */
  welcome({
    agents = [{id: 'agent', title: 'Agent'}],
    capabilities = ALL_CAPABILITIES,
    user,
    reset = false,
  }: Welcome = {}): void {
    this.#status = 'open';
    this.#outcomes.connected(reset);
    const time = this.#date();
    this.#emit([
      {type: 'connection', status: 'open'},
      {type: 'welcome', agents, capabilities, ...(user && {user}), time, reset},
    ]);
    this.#tell(
      {type: 'sessions', sessions: [...this.sessions.values()], keep: []},
      {type: 'list-live', live: true},
      ...this.#watched.flatMap((session) => this.#thread(session)),
    );
  }

  /** The connection breaks; the page would try again at `retryAt`, by `now` of the store. `memory.welcome()` brings it back. */
  drop(retryAt?: number): void {
    this.#lose({type: 'connection', status: 'waiting', ...(retryAt !== undefined && {retryAt})});
  }

  /** The server will not have this page. */
  refuse(reason: Refusal): void {
    this.#lose({type: 'connection', status: 'refused', reason});
  }

  /** A session is new or has changed; what is not given stays as it was. The `rev` counts up by itself. */
  put(change: Partial<Session> & {readonly id: string}): Session {
    const time = this.#date();
    const held = this.sessions.get(change.id);
    const fresh = {title: change.id, status: 'finished', agent: 'agent', created: time, updated: time} as const;
    const session: Session = {...(held ?? fresh), rev: (held?.rev ?? 0) + 1, ...change};
    this.sessions.set(session.id, session);
    this.#tell({type: 'session', session});
    return session;
  }

  /** A session is gone, and its thread with it. */
  remove(session: string): void {
    this.sessions.delete(session);
    this.#logs.delete(session);
    this.#streams.delete(session);
    const missing: Input[] = this.#watched.includes(session) ? [{type: 'session-missing', session}] : [];
    this.#tell(
      {type: 'session-removed', session},
      ...missing,
      ...this.#settled(({op, session: of}) => op === 'delete' && of === session),
    );
  }

  /** The next event of a session's log. With the `command` that caused it, that command is settled. */
  event(
    session: string,
    event: ThreadEvent,
    {command, time = this.#date()}: {command?: string; time?: string} = {},
  ): StoredEvent {
    const log = this.#logs.get(session) ?? [];
    const stored: StoredEvent = {seq: log.length + 1, time, ...(command && {command}), event};
    this.#logs.set(session, [...log, stored]);
    if ('id' in event) this.#streams.get(session)?.delete(event.id);
    this.#outcomes.shown(command);
    const shown: Input[] = this.#watched.includes(session) ? [{type: 'event', session, event: stored}] : [];
    this.#tell(...shown, ...this.#settled());
    return stored;
  }

  /** A piece of an item that is being written; its `event` comes when it is whole. */
  stream(session: string, piece: StreamPiece): void {
    const items = this.#streams.get(session) ?? new Map<string, Required<StreamPiece>>();
    const held = items.get(piece.item)?.text ?? '';
    const {kind = 'message', at = held.length} = piece;
    items.set(piece.item, {...piece, kind, at: 0, text: held.slice(0, at) + piece.text});
    this.#streams.set(session, items);
    if (this.#watched.includes(session)) this.#tell({type: 'stream', session, ...piece, kind, at});
  }

  /**
   * The command was accepted; its effect is told by an event, or by `settle`. An answer that nobody hears, because there
   * is no connection, is none: the command arrives again on the next one.
   */
  ack(command: string, result?: string): void {
    if (this.#status === 'open') this.#tell(...this.#outcomes.acked(command, result));
  }

  /** All effects of the command have been told. */
  settle(command: string): void {
    if (!this.#outcomes.isAcked(command)) this.ack(command);
    this.#tell(...this.#settled(({id}) => id === command));
  }

  /** The command has no effect and never will. */
  reject(command: string, code = 'invalid', message: string = code): void {
    if (this.#status === 'open') this.#tell(...this.#outcomes.rejected(command, code, message));
  }

  /** Anything else, together. */
  tell(...inputs: Input[]): void {
    this.#tell(...inputs);
  }

  #connecting(): void {
    this.#status = 'connecting';
    this.#emit([{type: 'connection', status: 'connecting'}]);
    this.#handlers.onConnect?.(this);
  }

  #lose(connection: Extract<Input, {type: 'connection'}>): void {
    const wasOpen = this.#status === 'open';
    this.#status = connection.status;
    this.#emit([
      ...(wasOpen ? ([{type: 'list-live', live: false}] as const) : []),
      ...(wasOpen ? this.#watched.map((session) => ({type: 'thread-live', session, live: false}) as const) : []),
      connection,
    ]);
    for (const query of this.queries) query.fail('offline');
  }

  #watch(sessions: readonly string[]): void {
    const before = this.#watched;
    this.#watched = [...sessions];
    this.#tell(
      ...before
        .filter((id) => !sessions.includes(id))
        .map((session) => ({type: 'thread-live', session, live: false}) as const),
      ...sessions.filter((id) => !before.includes(id)).flatMap((session) => this.#thread(session)),
    );
  }

  #thread(session: string): Input[] {
    return [
      {type: 'thread', session, events: this.log(session), open: []},
      ...[...(this.#streams.get(session)?.values() ?? [])].map(
        (piece) => ({type: 'stream', session, ...piece}) as const,
      ),
      {type: 'thread-live', session, live: true},
    ];
  }

  #deliver(commands: readonly Command[]): void {
    this.#outcomes.replace(commands);
    if (this.#status !== 'open') return;
    const fresh = this.#outcomes.take();
    this.delivered.push(...fresh);
    this.#tell(...fresh.map(({id}) => ({type: 'sent', command: id}) as const), ...this.#settled());
    for (const command of fresh) this.#handlers.onCommand?.(command, this);
  }

  #query(query: Query): Promise<Page> {
    if (this.#status !== 'open') return Promise.reject(new QueryError('offline', 'Not connected.'));
    return new Promise((resolve, reject) => {
      const asked: MemoryQuery = {
        query,
        answer: (page) => resolve({sessions: [], events: [], ...page}),
        fail: (code, message = code) => reject(new QueryError(code, message)),
      };
      this.queries.push(asked);
      this.#handlers.onQuery?.(asked, this);
    });
  }

  #settled(also?: (command: Command) => boolean): Input[] {
    // What cannot be told now is told at the next delivery.
    return this.#status === 'open' ? this.#outcomes.settled(also) : [];
  }

  #tell(...inputs: Input[]): void {
    if (this.#status === 'open') this.#emit(inputs);
  }

  #date(): string {
    return (this.#handlers.date?.() ?? new Date()).toISOString();
  }
}

/** A backend whose server is you; see `MemoryBackend`. */
export const createMemoryBackend = (handlers: MemoryHandlers = {}): MemoryBackend => new MemoryBackend(handlers);
