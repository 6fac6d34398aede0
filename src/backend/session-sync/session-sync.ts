import type {Command} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';
import type {Session} from '../../model/session.ts';
import type {Backend, BackendFactory, BackendOptions, Environment, Page, Query} from '../backend.ts';
import {inOrder} from '../in-order.ts';
import {ask, isIdle, lost, newChannel, outdated, type Channel} from './channel.ts';
import {Connection, type ConnectionUser} from './connection.ts';
import {Deadline} from './deadline.ts';
import {commandFrame, Delivery} from './delivery.ts';
import {channelOf, LIST, type ClientFrameOf, type ServerFrame, type ServerFrameOf} from './frames.ts';
import type {Parsed, Unreadable} from './parse.ts';
import {offline, Queries} from './queries.ts';
import {liveness, receive, receivePong, receiveUnreadable, type ChannelFrame, type Received} from './receive.ts';
import type {Reached} from './settlement.ts';

/** More have to wait for the welcome. */
const MAX_HELLO_CHANNELS = 64;
/** Problems that are remembered so that each is told once. */
const MAX_REPORTED = 100;

/** The client of the Session Sync Protocol: joins the connection, the channels and the delivery of commands. */
class SessionSync implements Backend, ConnectionUser {
  readonly #environment: Environment;
  readonly #client: string;
  readonly #tell: (inputs: readonly Input[]) => void;
  readonly #connection: Connection;
  readonly #delivery = new Delivery();
  readonly #queries: Queries;
  readonly #channels = new Map<string, Channel>([[LIST, newChannel()]]);
  /** The highest `rev` of each session of which a copy is held, in this epoch. */
  #revs = new Map<string, number>();
  #epoch: string | undefined;
  #idle = true;
  readonly #reported = new Set<string>();
  /** Runs while an answer is awaited, from its last frame on. */
  readonly #answerDue: Deadline;
  /** Runs while a command is on its way. */
  readonly #resendDue: Deadline;

  constructor(options: BackendOptions) {
    const {url, environment, emit} = options;
    this.#environment = environment;
    this.#client = environment.uuid();
    this.#tell = inOrder(emit);
    this.#connection = new Connection(url, () => options.token, environment, this);
    this.#queries = new Queries(environment, (frame) => this.#connection.send(frame));
    this.#answerDue = new Deadline(environment, () => this.#connection.restart());
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
    const wanted = new Set([LIST, ...sessions.map(channelOf)]);
    const left = [...this.#channels.values()].filter(({name}) => !wanted.has(name));
    for (const {name, ended} of left) {
      this.#channels.delete(name);
      if (!ended) this.#connection.send({type: 'unsubscribe', channel: name});
    }
    for (const session of sessions) {
      if (!this.#channels.has(channelOf(session))) this.#set(newChannel(session));
    }
    this.#emit([...left.filter(({live}) => live).flatMap((channel) => liveness(channel, false)), ...this.#settled()]);
    this.#subscribeIdle();
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
    const first = [...this.#channels.values()].filter((channel) => this.#mayAsk(channel)).slice(0, MAX_HELLO_CHANNELS);
    return {
      type: 'hello',
      client: this.#client,
      ...(token !== undefined && {token}),
      ...(this.#epoch !== undefined && {epoch: this.#epoch}),
      channels: first.map((channel) => this.#ask(channel)),
    };
  }

  opened({epoch, agents, capabilities, user, time}: ServerFrameOf<'welcome'>, problems: readonly string[]): void {
    const reset = epoch !== this.#epoch;
    this.#epoch = epoch;
    const outcomes = reset ? this.#startOver() : [];
    this.#expectAnswers(true);
    this.#emit([
      {type: 'connection', status: 'open'},
      {type: 'welcome', agents, capabilities, ...(user && {user}), time, reset},
      ...outcomes,
    ]);
    this.#reportUnreadable(problems);
    this.#subscribeIdle();
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
    const live = [...this.#channels.values()].filter((channel) => channel.live);
    for (const channel of this.#channels.values()) this.#set(lost(channel));
    this.#answerDue.stop();
    this.#resendDue.stop();
    this.#queries.failAll();
    const outcomes = this.#delivery.lost(closed.code, closed.reason);
    this.#idle = false;
    this.#emit([...live.flatMap((channel) => liveness(channel, false)), ...outcomes, input]);
    this.#idle = input.status === 'idle';
  }

  problem(code: string, message: string): void {
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
        const sessions = this.#queries.answer(frame, this.#list.snapshot);
        return this.#hold(sessions);
      }
      case 'pong':
        return this.#pong(frame);
      case 'error':
        if (frame.channel !== undefined) return this.#channelFrame({...frame, channel: frame.channel});
        if (frame.id !== undefined) return this.#queries.fail(frame.id, frame.code, frame.message);
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
    const followed = [...this.#channels.values()].flatMap(({session, ended}) => (session && !ended ? [session] : []));
    const starting = session !== undefined && !!this.#delivery.startOf(session);
    const received = receive(channel, frame, {followed, starting});
    // What an event on the list did for its command is not in the inputs.
    if (frame.type === 'event' && received.channel.last !== channel.last) {
      this.#delivery.applied(frame.command, frame.event.kind);
    }
    this.#take(received, channel.awaited > 0);
  }

  /** `progress`: it belongs to an answer that is awaited. */
  #take({channel, inputs, heal}: Received, progress: boolean): void {
    this.#set(channel);
    if (heal) this.#subscribe(channel);
    this.#expectAnswers(progress);
    for (const input of inputs) this.#note(input);
    this.#emit([...inputs, ...this.#settled()]);
    this.#subscribeIdle();
  }

  /** Keeps in mind what settles commands. */
  #note(input: Input): void {
    switch (input.type) {
      case 'session':
        return this.#hold([input.session]);
      case 'sessions': {
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
    const acked = this.#delivery.acked(frame, this.#list.asked);
    const own = this.#channels.get(channelOf(session));
    if (own && wasStarting && !this.#delivery.startOf(session)) this.#set({...own, doubtful: own.awaited > 0});
    this.#emit([...acked, ...this.#settled()]);
    this.#flush();
  }

  #pong({seqs}: ServerFrameOf<'pong'>): void {
    for (const [name, seq] of Object.entries(seqs)) {
      const channel = this.#channels.get(name);
      if (channel) this.#take(receivePong(channel, seq), false);
    }
    for (const channel of this.#channels.values()) {
      if (channel.ended === 'refused') this.#set({...channel, ended: undefined});
    }
    // Its effect lies before what the list has told of late: an answer that is asked for now has it.
    if (this.#list.live && !this.#list.awaited && this.#delivery.isBehind(this.#list.asked))
      this.#subscribe(this.#list);
    this.#subscribeIdle();
  }

  #unreadable(frame: Unreadable): void {
    this.#reportUnreadable([frame.problem]);
    if (frame.type === 'page' && frame.id !== undefined) {
      this.#queries.fail(frame.id, 'unreadable', 'The answer of the server could not be read.');
    }
    const concerned = frame.channel === undefined ? [...this.#channels.keys()] : [frame.channel];
    for (const name of concerned) {
      const channel = this.#channels.get(name);
      if (!channel) continue;
      const received = receiveUnreadable(channel, frame);
      if (received.channel.last !== channel.last) this.#delivery.applied(frame.command, 'unreadable');
      this.#take(received, frame.channel !== undefined && channel.awaited > 0);
    }
  }

  // ---- what is asked for ------------------------------------------------------------------------------------------------

  get #list(): Channel {
    return this.#channels.get(LIST) ?? newChannel();
  }

  #set(channel: Channel): void {
    this.#channels.set(channel.name, channel);
  }

  #ask(channel: Channel): ClientFrameOf<'hello'>['channels'][number] {
    const asked = ask(channel);
    this.#set(asked.channel);
    return asked.subscription;
  }

  #subscribe(channel: Channel): void {
    if (!this.#connection.open) return;
    this.#connection.send({type: 'subscribe', ...this.#ask(channel)});
    this.#expectAnswers(false);
  }

  /** A session that is about to be started is asked for behind its `start`, once. */
  #mayAsk(channel: Channel): boolean {
    const start = channel.session === undefined ? undefined : this.#delivery.startOf(channel.session);
    return isIdle(channel) && (!start || start.unfollowed);
  }

  #subscribeIdle(): void {
    if (!this.#connection.open) return;
    for (const channel of [...this.#channels.values()]) {
      if (!this.#mayAsk(channel)) continue;
      if (channel.session !== undefined) this.#delivery.followed(channel.session);
      this.#subscribe(channel);
    }
  }

  #expectAnswers(progress: boolean): void {
    const awaited = [...this.#channels.values()].some((channel) => channel.awaited > 0);
    if (!awaited) this.#answerDue.stop();
    else if (progress || !this.#answerDue.running) this.#answerDue.start(2 * this.#connection.heartbeat);
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
    this.#subscribeIdle();
    this.#emit(inputs);
  }

  #settled(): readonly Input[] {
    return this.#delivery.settle((session): Reached => {
      const own = this.#channels.get(channelOf(session));
      return {list: this.#list, own, rev: this.#revs.get(session)};
    });
  }

  #startOver(): readonly Input[] {
    for (const channel of this.#channels.values()) this.#set(outdated(channel));
    this.#revs.clear();
    return this.#delivery.forgetAnswers();
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
    this.#tell(inputs.filter((input) => input.type !== 'problem' || this.#isNews(input.message)));
  }

  #isNews(message: string): boolean {
    if (this.#reported.has(message) || this.#reported.size >= MAX_REPORTED) return false;
    this.#reported.add(message);
    return true;
  }
}

/** The backend for servers that speak the Session Sync Protocol; see docs/protocol.md. */
export const createSessionSync: BackendFactory = (options) => new SessionSync(options);
