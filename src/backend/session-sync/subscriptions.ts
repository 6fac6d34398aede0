import type {Input} from '../../model/inputs.ts';
import type {Environment} from '../backend.ts';
import {ask, isIdle, lost, newChannel, outdated, type Channel} from './channel.ts';
import type {Connection} from './connection.ts';
import {Deadline} from './deadline.ts';
import type {Delivery} from './delivery.ts';
import {channelOf, LIST, type ClientFrameOf} from './frames.ts';
import {liveness, type Received} from './receive.ts';

/** More have to wait for the welcome. */
const MAX_HELLO_CHANNELS = 64;

type Subscription = ClientFrameOf<'hello'>['channels'][number];

/** The channels that the page follows: the list always, and the sessions that are watched. Asks for what is missing. */
export class Subscriptions {
  readonly #connection: Connection;
  readonly #delivery: Delivery;
  readonly #channels = new Map<string, Channel>([[LIST, newChannel()]]);
  /** Runs while an answer is awaited, from its last frame on. */
  readonly #answerDue: Deadline;

  constructor(environment: Environment, connection: Connection, delivery: Delivery) {
    this.#connection = connection;
    this.#delivery = delivery;
    this.#answerDue = new Deadline(environment, () => connection.restart());
  }

  get list(): Channel {
    return this.#channels.get(LIST) ?? newChannel();
  }

  get names(): readonly string[] {
    return [...this.#channels.keys()];
  }

  /** Sessions whose own channel is followed. */
  get followed(): readonly string[] {
    return [...this.#channels.values()].flatMap(({session, ended}) => (session && !ended ? [session] : []));
  }

  get(name: string): Channel | undefined {
    return this.#channels.get(name);
  }

  set(channel: Channel): void {
    this.#channels.set(channel.name, channel);
  }

  /** Follows exactly these sessions; tells what is live no longer. The new ones are asked for by `subscribeIdle`. */
  watch(sessions: readonly string[]): readonly Input[] {
    const wanted = new Set([LIST, ...sessions.map(channelOf)]);
    const left = [...this.#channels.values()].filter(({name}) => !wanted.has(name));
    for (const {name, ended} of left) {
      this.#channels.delete(name);
      if (!ended) this.#connection.send({type: 'unsubscribe', channel: name});
    }
    for (const session of sessions) {
      if (!this.#channels.has(channelOf(session))) this.set(newChannel(session));
    }
    return left.flatMap((channel) => (channel.live ? liveness(channel, false) : []));
  }

  hello(): Subscription[] {
    const first = [...this.#channels.values()].filter((channel) => this.#mayAsk(channel)).slice(0, MAX_HELLO_CHANNELS);
    return first.map((channel) => this.#ask(channel));
  }

  /** The server has answered, with this or another epoch. */
  opened(reset: boolean): void {
    if (reset) for (const channel of this.#channels.values()) this.set(outdated(channel));
    this.#expectAnswers(true);
  }

  /** The connection is gone: nothing is live. */
  lost(): readonly Input[] {
    this.#answerDue.stop();
    return [...this.#channels.values()].flatMap((channel) => {
      this.set(lost(channel));
      return channel.live ? liveness(channel, false) : [];
    });
  }

  /** What a frame has made of a channel. `answers`: it may belong to the answer that is awaited. */
  take(before: Channel, {channel, heal}: Received, answers: boolean): void {
    this.set(channel);
    if (heal) this.subscribe(channel);
    this.#expectAnswers(answers && before.awaited > 0);
  }

  subscribe(channel: Channel): void {
    if (!this.#connection.open) return;
    this.#connection.send({type: 'subscribe', ...this.#ask(channel)});
    this.#expectAnswers(false);
  }

  subscribeIdle(): void {
    if (!this.#connection.open) return;
    for (const channel of [...this.#channels.values()]) {
      if (!this.#mayAsk(channel)) continue;
      if (channel.session !== undefined) this.#delivery.followed(channel.session);
      this.subscribe(channel);
    }
  }

  /** Some time has passed since the server refused a channel: it may think better of it. */
  forgive(): void {
    for (const channel of this.#channels.values()) {
      if (channel.ended === 'refused') this.set({...channel, ended: undefined});
    }
  }

  /** The list names these sessions: one that was missing has been started since. */
  exist(sessions: readonly {readonly id: string}[]): void {
    for (const {id} of sessions) {
      const channel = this.#channels.get(channelOf(id));
      if (channel?.ended === 'missing') this.set({...channel, ended: undefined});
    }
  }

  #ask(channel: Channel): Subscription {
    const asked = ask(channel);
    this.set(asked.channel);
    return asked.subscription;
  }

  /** A session that is about to be started is asked for behind its `start`, once. */
  #mayAsk(channel: Channel): boolean {
    const start = channel.session === undefined ? undefined : this.#delivery.startOf(channel.session);
    return isIdle(channel) && (!start || start.unfollowed);
  }

  /** `progress`: a frame has come that belongs to an awaited answer. */
  #expectAnswers(progress: boolean): void {
    const awaited = [...this.#channels.values()].some((channel) => channel.awaited > 0);
    if (!awaited) this.#answerDue.stop();
    else if (progress || !this.#answerDue.running) this.#answerDue.start(2 * this.#connection.heartbeat);
  }
}
