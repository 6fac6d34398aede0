import type {Command} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';
import type {Session} from '../../model/session.ts';
import type {Backend, BackendFactory, BackendOptions, Environment, Page, Query} from '../backend.ts';
import {inOrder} from '../in-order.ts';
import type {Channel} from './channel.ts';
import {Connection, type ConnectionUser} from './connection.ts';
import {Deadline} from './deadline.ts';
import {commandFrame, Delivery} from './delivery.ts';
import {channelOf, type ClientFrameOf, type ServerFrame, type ServerFrameOf} from './frames.ts';
import type {Parsed, Unreadable} from './parse.ts';
import {offline, Queries} from './queries.ts';
import {receive, receivePong, receiveUnreadable, type ChannelFrame, type Received} from './receive.ts';
import type {Reached} from './settlement.ts';
import {Subscriptions} from './subscriptions.ts';

/** More problems than these are told only if they are of another sort than frames that cannot be read. */
const MAX_REPORTED = 100;

/** The client of the Session Sync Protocol: joins the connection, the channels and the delivery of commands. */
class SessionSync implements Backend, ConnectionUser {
  readonly #environment: Environment;
  readonly #client: string;
  readonly #tell: (inputs: readonly Input[]) => void;
  readonly #connection: Connection;
  readonly #delivery = new Delivery();
  readonly #queries: Queries;
  readonly #channels: Subscriptions;
  /** The highest `rev` of each session of which a copy is held, in this epoch. */
  #revs = new Map<string, number>();
  #epoch: string | undefined;
  #idle = true;
  readonly #reported = new Set<string>();
  /** Runs while a command is on its way. */
  readonly #resendDue: Deadline;

  constructor(options: BackendOptions) {
    const {url, environment, emit} = options;
    this.#environment = environment;
    this.#client = environment.uuid();
    this.#tell = inOrder(emit);
    this.#connection = new Connection(url, () => options.token, environment, this);
    this.#queries = new Queries(environment, (frame) => this.#connection.send(frame));
    this.#channels = new Subscriptions(environment, this.#connection, this.#delivery);
    this.#resendDue = new Deadline(environment, () => this.#flush());
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
    const left = this.#channels.watch(sessions);
    this.#emit([...left, ...this.#settled()]);
    this.#channels.subscribeIdle();
  }

  deliver(commands: readonly Command[]): void {
    this.#delivery.replace(commands);
    this.#flush();
  }

  query(query: Query): Promise<Page> {
    return this.#connection.open ? this.#queries.ask(query) : Promise.reject(offline());
  }

  // ---- what the connection tells --------------------------------------------------------------------------------------

  hello(token: string | undefined): ClientFrameOf<'hello'> {
    return {
      type: 'hello',
      client: this.#client,
      ...(token !== undefined && {token}),
      ...(this.#epoch !== undefined && {epoch: this.#epoch}),
      channels: this.#channels.hello(),
    };
  }

  opened({epoch, agents, capabilities, user, time}: ServerFrameOf<'welcome'>, problems: readonly string[]): void {
    const reset = epoch !== this.#epoch;
    this.#epoch = epoch;
    if (reset) this.#revs.clear();
    const outcomes = reset ? this.#delivery.forgetAnswers() : [];
    this.#channels.opened(reset);
    this.#emit([
      {type: 'connection', status: 'open'},
      {type: 'welcome', agents, capabilities, ...(user && {user}), time, reset},
      ...outcomes,
    ]);
    this.#reportUnreadable(problems);
    this.#channels.subscribeIdle();
  }

  received(parsed: Parsed): void {
    if (parsed.read === 'frame') {
      this.#frame(parsed.frame);
      this.#reportUnreadable(parsed.problems);
    } else if (parsed.read === 'unreadable') {
      this.#unreadable(parsed);
    }
  }

  changed(input: Extract<Input, {type: 'connection'}>, closed = {code: 0, reason: ''}): void {
    const over = this.#channels.lost();
    this.#resendDue.stop();
    this.#queries.failAll();
    const outcomes = this.#delivery.lost(closed.code, closed.reason);
    this.#idle = input.status === 'idle';
    this.#tell([...over, ...outcomes, input]);
  }

  problem(code: string, message: string, again = false): void {
    if (again) this.#reported.delete(message);
    this.#emit([{type: 'problem', code, message}]);
  }

  // ---- frames -----------------------------------------------------------------------------------------------------------

  #frame(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ack':
        return this.#acked(frame);
      case 'reject':
        this.#emit(this.#delivery.rejected(frame));
        return this.#flush();
      case 'page': {
        const sessions = this.#queries.answer(frame, this.#channels.list.snapshot);
        return this.#hold(sessions);
      }
      case 'pong':
        return this.#pong(frame);
      case 'error':
        if (frame.id !== undefined) return this.#queries.fail(frame.id, frame.code, frame.message);
        if (frame.channel !== undefined) return this.#channelFrame({...frame, channel: frame.channel});
        return this.problem(frame.code, frame.message);
      case 'welcome':
        return;
      default:
        return this.#channelFrame(frame);
    }
  }

  #channelFrame(frame: ChannelFrame): void {
    const channel = this.#channels.get(frame.channel);
    if (!channel) return;
    const {session} = channel;
    const starting = session !== undefined && !!this.#delivery.startOf(session);
    const received = receive(channel, frame, {followed: this.#channels.followed, starting});
    // What an event on the list did for its command is not in the inputs.
    if (frame.type === 'event' && received.channel.last !== channel.last) {
      this.#delivery.applied(frame.command, frame.event.kind);
    }
    this.#take(channel, received, true);
  }

  #take(before: Channel, received: Received, answers: boolean): void {
    this.#channels.take(before, received, answers);
    for (const input of received.inputs) this.#note(input);
    this.#emit([...received.inputs, ...this.#settled()]);
    this.#channels.subscribeIdle();
  }

  /** Keeps in mind what settles commands. */
  #note(input: Input): void {
    switch (input.type) {
      case 'session':
        this.#channels.exist([input.session]);
        return this.#hold([input.session]);
      case 'sessions': {
        this.#channels.exist(input.sessions);
        const kept = [...this.#revs].filter(([id]) => input.keep.includes(id));
        this.#revs = new Map(kept);
        return this.#hold(input.sessions);
      }
      case 'session-removed':
        this.#revs.delete(input.session);
        return this.#delivery.removed(input.session);
      case 'session-missing':
        this.#revs.delete(input.session);
        return;
      case 'thread':
        for (const {command, event} of [...input.events, ...input.open]) this.#delivery.applied(command, event.kind);
    }
  }

  #hold(sessions: readonly Session[]): void {
    for (const {id, rev} of sessions) this.#revs.set(id, Math.max(rev, this.#revs.get(id) ?? 0));
  }

  #acked(frame: ServerFrameOf<'ack'>): void {
    const session = this.#delivery.sessionOf(frame.command) ?? '';
    const wasStarting = !!this.#delivery.startOf(session);
    const acked = this.#delivery.acked(frame, this.#channels.list.asked);
    const own = this.#channels.get(channelOf(session));
    if (own && wasStarting && !this.#delivery.startOf(session)) this.#channels.set({...own, doubtful: own.awaited > 0});
    this.#emit([...acked, ...this.#settled()]);
    this.#flush();
  }

  #pong({seqs}: ServerFrameOf<'pong'>): void {
    for (const [name, seq] of Object.entries(seqs)) {
      const channel = this.#channels.get(name);
      if (channel) this.#take(channel, receivePong(channel, seq), false);
    }
    this.#channels.forgive();
    // Its effect lies before what the list has told of late: an answer that is asked for now has it.
    const {list} = this.#channels;
    if (list.live && !list.awaited && this.#delivery.isBehind(list.asked)) this.#channels.subscribe(list);
    this.#channels.subscribeIdle();
  }

  #unreadable(frame: Unreadable): void {
    this.#reportUnreadable([frame.problem]);
    if (frame.type === 'page' && frame.id !== undefined) {
      this.#queries.fail(frame.id, 'unreadable', 'The answer of the server could not be read.');
    }
    // Of which channel its number is nobody knows either.
    const {seq: _, ...anywhere} = frame;
    const concerned = frame.channel === undefined ? this.#channels.names : [frame.channel];
    for (const name of concerned) {
      const channel = this.#channels.get(name);
      if (!channel) continue;
      const received = receiveUnreadable(channel, frame.channel === undefined ? anywhere : frame);
      if (received.channel.last !== channel.last) this.#delivery.applied(frame.command, 'unreadable');
      this.#take(channel, received, frame.channel !== undefined);
    }
  }

  // ---- commands ---------------------------------------------------------------------------------------------------------

  #flush(): void {
    if (!this.#connection.open) return;
    const patience = 2 * this.#connection.heartbeat;
    const now = this.#environment.now();
    const {commands, inputs} = this.#delivery.take(now, patience);
    for (const command of commands) this.#connection.send(commandFrame(command));
    const since = this.#delivery.waitingSince;
    if (since === undefined) this.#resendDue.stop();
    else this.#resendDue.start(since + patience - now);
    this.#channels.subscribeIdle();
    this.#emit(inputs);
  }

  #settled(): readonly Input[] {
    // What cannot be told now is found settled later.
    if (this.#idle) return [];
    return this.#delivery.settle((session): Reached => {
      const own = this.#channels.get(channelOf(session));
      return {list: this.#channels.list, own, rev: this.#revs.get(session)};
    });
  }

  // ---- telling ----------------------------------------------------------------------------------------------------------

  #reportUnreadable(problems: readonly string[]): void {
    for (const problem of problems) {
      this.problem('unreadable', `A part of what the server sent could not be read (${problem}).`);
    }
  }

  /** Nothing while nobody wants a connection, and no problem twice. */
  #emit(inputs: readonly Input[]): void {
    if (this.#idle) return;
    this.#tell(inputs.filter((input) => input.type !== 'problem' || this.#isNews(input)));
  }

  #isNews({code, message}: {readonly code: string; readonly message: string}): boolean {
    if (this.#reported.has(message)) return false;
    if (this.#reported.size >= MAX_REPORTED && code === 'unreadable') return false;
    this.#reported.add(message);
    const [oldest] = this.#reported;
    if (oldest !== undefined && this.#reported.size > 2 * MAX_REPORTED) this.#reported.delete(oldest);
    return true;
  }
}

/** The backend for servers that speak the Session Sync Protocol; see docs/protocol.md. */
export const createSessionSync: BackendFactory = (options) => new SessionSync(options);
