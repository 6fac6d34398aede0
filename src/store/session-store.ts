import {signal} from '@lit-labs/signals';
import {
  QueryError,
  type Backend,
  type BackendFactory,
  type Environment,
  type Page,
  type Query,
  type Token,
} from '../backend/backend.ts';
import {MAX_TEXT_BYTES, utf8Bytes, type Command, type CommandOf} from '../model/commands.ts';
import type {SessionOption} from '../model/events.ts';
import type {Agent, Connection, Input, Refusal, User} from '../model/inputs.ts';
import {oldestSend, type OutboxEntry} from '../model/outbox.ts';
import {projectThread, type SessionView} from '../model/project.ts';
import {isActive} from '../model/session.ts';
import type {ThreadCell} from './cells.ts';
import {Outgoing} from './outgoing.ts';
import {Problems, type Problem} from './problems.ts';
import {Records, type Area, type Notes} from './records.ts';
import {Sessions} from './sessions.ts';
import {Threads} from './threads.ts';
import {TakenBack} from './taken-back.ts';

export interface SessionStoreOptions {
  /** What it means depends on the backend; records are kept apart by it. */
  readonly url: string;
  readonly backend: BackendFactory;
  readonly environment: Environment;
  readonly token?: Token;
  /** Where drafts and unsettled commands live; without it in memory only. A function, because asking may throw. */
  readonly storage?: () => Area;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

export interface StartOptions {
  readonly agent?: string;
  readonly title?: string;
  readonly cwd?: string;
}

export interface ConnectionState {
  readonly status: Connection;
  /** With `waiting`: when it is tried again, by the environment's clock. */
  readonly retryAt?: number;
  /** With `refused`. */
  readonly reason?: Refusal;
}

/** The draft of a conversation that has not begun. */
const NEW = '';

/**
 * The headless store: the only place where state changes. What it tells is read through signals, so a view that reads
 * inside a computation is told of changes; what it is asked to do becomes a command in the outbox.
 */
export class SessionStore {
  /** What views keep over a reload, where drafts are kept. */
  readonly notes: Notes;
  readonly #environment: Environment;
  readonly #backend: Backend;
  readonly #clock: () => number;
  readonly #records: Records;
  readonly #sessions = new Sessions();
  readonly #outgoing: Outgoing;
  readonly #takenBack = new TakenBack({
    held: (session) => [...(this.#threads.get(session)?.confirmed.log ?? [])],
    read: (query) => this.#backend.query(query),
    found: (command, words) => this.#outgoing.returnTaken(command, words),
  });
  readonly #threads = new Threads((sessions) => this.#backend.watch(sessions));
  readonly #problems = new Problems();
  readonly #connection = signal<ConnectionState>({status: 'idle'});
  readonly #server = signal<{
    readonly agents: readonly Agent[];
    readonly capabilities: readonly string[];
    readonly user?: User;
    readonly known: boolean;
  }>({agents: [], capabilities: [], known: false});
  readonly #listLive = signal(false);
  #token: Token;
  #clockOffset = 0;
  #unfollow: (() => void) | undefined;

  constructor({url, backend, environment, token, storage, clock = Date.now}: SessionStoreOptions) {
    this.#environment = environment;
    this.#clock = clock;
    this.notes = this.#records = new Records(storage, url, () => this.#storageFailed());
    this.#outgoing = new Outgoing(this.#records, clock, {
      resolve: (session) => this.#sessions.resolve(session),
      changed: (sessions) => this.#outboxChanged(sessions),
      problem: (problem) => this.#problems.report(problem),
      tookBack: (command) => this.#takenBack.look(command),
      isAfterWords: (id) => this.#takenBack.wants(id),
    });
    const current = (): Token => this.#token;
    this.#token = token;
    this.#backend = backend({
      url,
      environment,
      get token() {
        return current();
      },
      emit: (inputs) => this.#apply(inputs),
    });
    this.#outgoing.restore();
  }

  // ---- connection ---------------------------------------------------------------------------------------------------

  get connection(): ConnectionState {
    return this.#connection.get();
  }

  /** Milliseconds of the clock that `retryAt` is of: no time of day, only differences count. */
  get now(): number {
    return this.#environment.now();
  }

  /** The server's clock, as far as it is known: for relative times. */
  get serverTime(): number {
    return this.#clock() + this.#clockOffset;
  }

  get agents(): readonly Agent[] {
    return this.#server.get().agents;
  }

  get user(): User | undefined {
    return this.#server.get().user;
  }

  /** Whether the server has this op or ability; false before it has said so. */
  can(capability: string): boolean {
    return this.#server.get().capabilities.includes(capability) && !this.#backend.lacks?.includes(capability);
  }

  connect(): void {
    this.#unfollow ??= this.#records.follow((change) => this.#outgoing.follow(change));
    this.#backend.connect();
  }

  /** Lets go of the socket, timers and listeners; `connect` goes on where it was left. */
  disconnect(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#backend.disconnect();
  }

  reconnect(): void {
    this.#backend.reconnect();
  }

  /** Asked for at the next connection; where the old one was refused, at once. */
  set token(token: Token) {
    if (this.#token === token) return;
    this.#token = token;
    if (this.#connection.get().status === 'refused') this.reconnect();
  }

  /** Calls `listener` for each problem; returns how to stop that. */
  onProblem(listener: (problem: Problem) => void): () => void {
    return this.#problems.listen(listener);
  }

  /** The problems of the time before anybody asked for them here: for a view that is loaded after the first went wrong. */
  takeEarlyProblems(): readonly Problem[] {
    return this.#problems.takeEarly();
  }

  // ---- what there is ------------------------------------------------------------------------------------------------

  /** The list is complete and live. */
  get listLive(): boolean {
    return this.#listLive.get();
  }

  /** What is known of all sessions; a signal each. */
  get sessions(): Sessions {
    return this.#sessions;
  }

  session(id: string): SessionView | undefined {
    return this.#sessions.view(id);
  }

  /** Words of this page that are not confirmed: what a person would lose by leaving. */
  get unsettled(): number {
    return this.#outgoing.unsettled;
  }

  /**
   * Makes the thread of a session live until the function returned is called. Call it again for each view; the thread is
   * kept for a while after the last one has gone.
   */
  watch(id: string): () => void {
    const session = this.#sessions.resolve(id);
    const release = this.#threads.watch(session);
    this.#showThread(session);
    return release;
  }

  /** The thread of a watched session. */
  thread(id: string): ThreadCell | undefined {
    return this.#threads.get(this.#sessions.resolve(id));
  }

  loadOlder(id: string): Promise<void> {
    const session = this.#sessions.resolve(id);
    const ask = (before: number) => this.#query({session, before}, session);
    return this.#threads.loadOlder(session, ask, () => this.#showThread(session));
  }

  /** Events of a session older than `before` that hold the words of `text`; undefined after a problem. */
  findEvents(id: string, text: string, before: number): Promise<Page | undefined> {
    const session = this.#sessions.resolve(id);
    return this.#query({session, text, before}, session);
  }

  /** Reads sessions beyond those that are held; they join the list. Returns their ids, or undefined after a problem. */
  async findSessions(
    query: Extract<Query, {session?: undefined}>,
  ): Promise<{readonly ids: readonly string[]; readonly next?: string} | undefined> {
    const page = await this.#query(query);
    if (!page) return undefined;
    this.#apply(page.sessions.map((session) => ({type: 'session', session})));
    const ids = page.sessions.map(({id}) => id);
    return typeof page.next === 'string' ? {ids, next: page.next} : {ids};
  }

  // ---- what can be asked --------------------------------------------------------------------------------------------

  /** Begins a new session; returns its id, or undefined if the text cannot be sent (a problem says why). */
  start(text: string, options: StartOptions = {}): string | undefined {
    if (!this.#sendable(text)) return undefined;
    const session = this.#environment.uuid();
    this.#issue({op: 'start', session, text, ...options});
    return session;
  }

  /** Sends to a session; returns the id of the command, or undefined if the text cannot be sent. */
  send(session: string, text: string): string | undefined {
    if (!this.#sendable(text, session)) return undefined;
    return this.#issue({op: 'send', session, text});
  }

  /**
   * Stops the turn that is open, or the oldest one that was asked for. What has never left the page is taken back: the
   * words return to the draft.
   */
  stop(id: string): void {
    const session = this.#sessions.resolve(id);
    const view = this.#sessions.view(session);
    if (view?.stopRequested || view?.status === 'stopping') return;
    const turn = (view && isActive(view.status) && view.turn) || this.#threads.get(session)?.state.open.at(-1);
    const entry = turn ? undefined : oldestSend(this.#outgoing.entries(session), session);
    if (turn) this.#issue({op: 'stop', session, turn});
    else if (entry && !entry.sent) this.#outgoing.withdraw(entry);
    else if (entry) this.#issue({op: 'stop', session, of: entry.command.id}, entry.command.text);
  }

  continueQueue(session: string): void {
    this.#issue({op: 'continue', session});
  }

  /** Takes a queued message back, unless it has begun meanwhile; its `words`, if given, then return to the draft. */
  unqueue(session: string, queued: string, words?: string): void {
    this.#issue({op: 'unqueue', session, queued}, words);
  }

  answerApproval(session: string, approval: string, option: string): void {
    this.#issue({op: 'answer', session, approval, option});
  }

  /** `values` by field; null declines. */
  answerQuestion(session: string, question: string, values: CommandOf<'answer'>['values']): void {
    this.#issue({op: 'answer', session, question, values: values ?? null});
  }

  /** Chooses another value of an option; the session's `wished` has it until the server has said so. */
  setOption(session: string, option: string, value: SessionOption['value']): void {
    this.#issue({op: 'set-option', session, option, value});
  }

  rename(session: string, title: string): void {
    this.#issue({op: 'rename', session, title});
  }

  archive(session: string, archived: boolean): void {
    this.#issue({op: 'archive', session, archived});
  }

  delete(id: string): void {
    const session = this.#sessions.resolve(id);
    if (this.#sessions.view(session)?.local === 'failed') this.#outgoing.discardAll(session);
    else this.#issue({op: 'delete', session});
  }

  /** The person has seen the thread as far as it is held; told to the server only while the session is unread. */
  seen(id: string): void {
    const session = this.#sessions.resolve(id);
    const cell = this.#threads.get(session);
    if (!cell?.state.live || !this.#sessions.view(session)?.unread || !this.can('seen')) return;
    this.#issue({op: 'seen', session, seq: cell.state.seq});
  }

  /** Sends refused words again, as a new command; returns the session that they go to, which may be a new one. */
  retry(command: string): string | undefined {
    const entry = this.#outgoing.find(command);
    if (!entry?.failure || (entry.command.op !== 'start' && entry.command.op !== 'send')) return undefined;
    const {text, session} = entry.command;
    const exists = this.#sessions.confirmed(session) !== undefined;
    const again: Unsent =
      entry.command.op === 'send' && exists
        ? {op: 'send', session, text}
        : entry.command.op === 'start' && entry.failure.code !== 'exists'
          ? {...entry.command}
          : {...entry.command, op: 'start', session: this.#environment.uuid()};
    this.#outgoing.replace(entry, this.#entry({...again, id: this.#environment.uuid()}));
    return again.session;
  }

  /** Throws refused words away. */
  discard(command: string): void {
    this.#outgoing.discard(command);
  }

  draft(session: string = NEW): string {
    return this.#outgoing.draft(this.#sessions.resolve(session));
  }

  setDraft(text: string, session: string = NEW): void {
    this.#outgoing.setDraft(this.#sessions.resolve(session), text);
  }

  // ---- inside -------------------------------------------------------------------------------------------------------

  #issue(unsent: Unsent, words?: string): string {
    const id = this.#environment.uuid();
    this.#outgoing.add(this.#entry({...unsent, session: this.#sessions.resolve(unsent.session), id}, words));
    return id;
  }

  #entry(command: Unsent & {readonly id: string}, words?: string): OutboxEntry {
    const created = this.#outgoing.nextTime();
    return {command: command as Command, created, sent: false, acked: false, ...(words !== undefined && {words})};
  }

  #sendable(text: string, sessionId?: string): boolean {
    if (!text.trim()) return false;
    if (utf8Bytes(text) <= MAX_TEXT_BYTES) return true;
    const message = `This message is too long to be sent: the limit is ${MAX_TEXT_BYTES / 1024} KiB.`;
    this.#problems.report({code: 'too-large', message, ...(sessionId && {sessionId})});
    return false;
  }

  #storageReported = false;
  #storageFailed(): void {
    if (this.#storageReported) return;
    this.#storageReported = true;
    const message = 'This browser keeps nothing for this page: what is not sent yet is lost when the page is left.';
    queueMicrotask(() => this.#problems.report({code: 'storage', message}));
  }

  async #query(query: Query, sessionId?: string) {
    try {
      return await this.#backend.query(query);
    } catch (cause) {
      const code = cause instanceof QueryError ? cause.code : 'internal';
      const message = cause instanceof Error ? cause.message : String(cause);
      this.#problems.report({code, message, ...(sessionId && {sessionId})});
      return undefined;
    }
  }

  #outboxChanged(sessions: Iterable<string>): void {
    for (const session of sessions) this.#show(session);
    this.#backend.deliver(this.#outgoing.deliverable());
  }

  #show(id: string): void {
    const session = this.#sessions.resolve(id);
    this.#sessions.show(session, this.#outgoing.entries(session));
    this.#showThread(session);
  }

  #showThread(session: string): void {
    const cell = this.#threads.get(session);
    const online = this.#connection.get().status === 'open';
    cell?.show(projectThread(cell.confirmed, this.#outgoing.entries(session), online));
  }

  /** Applies what belongs together before any of it is shown. */
  #apply(inputs: readonly Input[]): void {
    const touched = new Set<string>();
    let deliver = false;
    for (const input of inputs) {
      switch (input.type) {
        case 'connection': {
          const {type: _, ...state} = input;
          this.#connection.set(state);
          for (const session of this.#outgoing.sessions()) touched.add(session);
          break;
        }
        case 'welcome':
          this.#welcome(input, touched);
          this.#takenBack.again();
          deliver = true;
          break;
        case 'sessions':
        case 'session':
        case 'session-removed':
        case 'session-missing':
        case 'session-alias':
          for (const session of this.#sessions.apply(input)) touched.add(session);
          if (input.type === 'session-alias') {
            this.#outgoing.renamed(input.alias, input.session);
            this.#threads.rename(input.alias, input.session);
          }
          if (input.type === 'session-removed' || input.type === 'session-missing') {
            this.#threads.apply(this.#sessions.resolve(input.session), {...input, type: 'session-missing'});
          }
          break;
        case 'list-live':
          this.#listLive.set(input.live);
          break;
        case 'stream':
          if (!this.#threads.stream(this.#sessions.resolve(input.session), input)) touched.add(input.session);
          break;
        case 'thread':
        case 'event':
        case 'older':
        case 'stream-dropped':
        case 'thread-live':
          this.#threads.apply(this.#sessions.resolve(input.session), input);
          touched.add(input.session);
          break;
        case 'sent':
        case 'acked':
        case 'settled':
        case 'rejected':
          deliver = this.#outgoing.apply(input, touched) || deliver;
          break;
        case 'problem': {
          const {code, message, session} = input;
          this.#problems.report({code, message, ...(session && {sessionId: session})});
        }
      }
    }
    for (const session of touched) this.#show(session);
    if (deliver) this.#backend.deliver(this.#outgoing.deliverable());
  }

  #welcome(input: Extract<Input, {type: 'welcome'}>, touched: Set<string>): void {
    const {agents, capabilities, user, time, reset} = input;
    const before = this.#server.get();
    if (time) this.#clockOffset = Date.parse(time) - this.#clock();
    if (before.known && before.user?.id !== user?.id) {
      this.#removeEverything();
      this.#takenBack.forget();
    }
    this.#server.set({agents, capabilities, known: true, ...(user && {user})});
    if (reset) {
      this.#sessions.outdate();
      this.#threads.outdate();
      this.#outgoing.forgetSeen();
    }
    for (const session of this.#outgoing.belongTo(user?.id)) touched.add(session);
  }

  /** Another user has come: nothing of the one before is shown any more. */
  #removeEverything(): void {
    for (const id of this.#sessions.clear()) this.#sessions.show(id, []);
    this.#threads.clear();
  }
}

type Unsent = Command extends infer C ? (C extends Command ? Omit<C, 'id'> : never) : never;
