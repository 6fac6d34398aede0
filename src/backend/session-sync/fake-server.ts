import type {Input} from '../../model/inputs.ts';
import type {Command} from '../../model/commands.ts';
import type {ContractServer, ContractSetup} from '../contract-tests.ts';
import {createSessionSync} from './session-sync.ts';
import {FakeWorld, frames, stored, type FakeSocket, type Wire} from './testkit.ts';

interface Log {
  readonly events: Wire[];
  /** Of an item that is streamed. */
  readonly streams: Map<string, string>;
}

/** A small server that keeps logs and answers as the protocol says, written without any of the client's code. */
class FakeServer implements ContractServer {
  readonly world = new FakeWorld();
  readonly #commands: Command[] = [];
  readonly #sessions = new Map<string, Wire>();
  readonly #logs = new Map<string, Log>([['sessions', {events: [], streams: new Map()}]]);
  readonly #answers = new Map<string, Wire>();
  #epoch = 1;
  #socket: FakeSocket | undefined;
  #subscribed = new Set<string>();
  #query = '';

  welcome(): void {
    const socket = this.world.socket;
    this.#socket = socket;
    this.#subscribed = new Set();
    socket.hears = (frame) => this.#hears(frame);
    socket.opens();
  }

  drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.closes();
  }

  retry(): void {
    this.world.passes(30_000);
  }

  forget(): void {
    this.#epoch++;
  }

  put(session: Wire): void {
    const held = this.#sessions.get(session.id) ?? frames.session(session.id, {rev: 0});
    const changed = {...held, ...session, rev: held.rev + 1};
    this.#sessions.set(session.id, changed);
    this.#append('sessions', {kind: 'session-put', session: changed});
  }

  remove(session: string): void {
    this.#sessions.delete(session);
    this.#logs.delete(`session:${session}`);
    this.#append('sessions', {kind: 'session-removed', session});
    const channel = `session:${session}`;
    if (this.#subscribed.delete(channel)) this.#says({type: 'error', code: 'not-found', message: 'Deleted.', channel});
  }

  event(session: string, event: Wire, command?: string): void {
    this.#append(`session:${session}`, event, command);
  }

  stream(session: string, item: string, text: string): void {
    const {streams} = this.#log(`session:${session}`);
    const at = streams.get(item)?.length ?? 0;
    streams.set(item, (streams.get(item) ?? '') + text);
    if (this.#subscribed.has(`session:${session}`)) this.#says(frames.delta(session, item, at, text));
  }

  commands(): readonly Command[] {
    return this.#commands;
  }

  ack(command: string): void {
    const named = [...this.#logs].flatMap(([, {events}]) => events).find((event) => event.command === command);
    const answer = {type: 'ack', command, seq: named?.seq ?? 99, rev: 99};
    this.#answers.set(command, answer);
    this.#says(answer);
  }

  reject(command: string, code: string, message: string): void {
    const answer = {type: 'reject', command, code, message};
    this.#answers.set(command, answer);
    this.#says(answer);
  }

  answer({events}: {readonly events: readonly unknown[]}): void {
    this.#says({type: 'page', id: this.#query, items: events, seq: 0});
  }

  #hears(frame: Wire): void {
    if (frame.type === 'hello') {
      this.#says(frames.welcome({epoch: `e${this.#epoch}`}));
      const known = frame.epoch === `e${this.#epoch}`;
      for (const each of frame.channels) this.#answer(known ? each : {channel: each.channel});
    } else if (frame.type === 'subscribe') {
      this.#answer(frame);
    } else if (frame.type === 'unsubscribe') {
      this.#subscribed.delete(frame.channel);
    } else if (frame.type === 'query') {
      this.#query = frame.id;
    } else if (frame.type === 'command') {
      const {type: _, ...command} = frame;
      this.#commands.push(command as Command);
      const answer = this.#answers.get(frame.id);
      if (answer) this.#says(answer);
    }
  }

  #answer({channel, after, have = {}}: Wire): void {
    const session = channel.slice('session:'.length);
    if (channel !== 'sessions' && !this.#sessions.has(session)) {
      return this.#says({type: 'error', code: 'not-found', message: 'No such session.', channel});
    }
    const {events, streams} = this.#log(channel);
    const seq = events.length;
    if (after !== undefined && after <= seq) {
      for (const event of events.slice(after)) this.#says({type: 'event', channel, ...event});
    } else if (channel === 'sessions') {
      this.#says(frames.list(seq, [...this.#sessions.values()]));
    } else {
      this.#says(frames.thread(session, seq, events, {session: this.#sessions.get(session)}));
    }
    for (const [item, text] of streams) {
      const at = have[item] <= text.length ? have[item] : 0;
      this.#says(frames.partial(session, item, at, text.slice(at)));
    }
    this.#says(frames.live(channel, seq));
    this.#subscribed.add(channel);
  }

  #append(channel: string, event: Wire, command?: string): void {
    const {events, streams} = this.#log(channel);
    const next = {...stored(events.length + 1, {}, command ? {command} : {}), event};
    events.push(next);
    if (event.id) streams.delete(event.id);
    if (this.#subscribed.has(channel)) this.#says({type: 'event', channel, ...next});
  }

  #log(channel: string): Log {
    const log = this.#logs.get(channel) ?? {events: [], streams: new Map<string, string>()};
    this.#logs.set(channel, log);
    return log;
  }

  #says(frame: Wire): void {
    this.#socket?.says(frame);
  }
}

/** The backend and a server for it, for the contract that all backends keep. */
export const sessionSyncWithServer = (emit: (inputs: readonly Input[]) => void): ContractSetup => {
  const server = new FakeServer();
  return {server, backend: createSessionSync({url: 'ws://server.test/', environment: server.world, emit})};
};
