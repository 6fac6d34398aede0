import * as v from 'valibot';
import {
  LIST,
  serverFrames,
  type ClientFrameOf,
  type ServerFrame,
  type ServerFrameOf,
} from '../../../../src/backend/session-sync/frames.ts';
import type {StoredEvent} from '../../../../src/model/events.ts';
import type {Session} from '../../../../src/model/session.ts';
import type {Client, Hub, Peer} from '../ports.ts';

let made = 0;
/** A UUID that is the same in each run of a test file. */
export const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;

interface Channel {
  seq: number;
  answering: number;
  live: boolean;
  readonly events: Map<number, StoredEvent>;
  readonly texts: Map<string, string>;
  /** Items of which the answer under way has said something. */
  readonly vouched: Set<string>;
  /** A snapshot is not complete yet. */
  more: boolean;
}

/**
 * A page that obeys the protocol and checks that the server does: `problems` lists each frame that does not fit. It reads as
 * fast as it is sent to, unless `stalled`.
 */
export class Page implements Peer {
  readonly frames: ServerFrame[] = [];
  readonly raw: string[] = [];
  readonly problems: string[] = [];
  readonly sessions = new Map<string, Session>();
  readonly channels = new Map<string, Channel>();
  closedWith: {readonly code: number; readonly reason: string} | undefined;
  pings = 0;
  /** What is sent stays in the buffer. */
  stalled = false;
  #buffered = 0;
  readonly client: Client;

  constructor(hub: Hub) {
    this.client = hub.connect(this);
  }

  send(text: string): void {
    if (this.closedWith) this.problems.push('sent after close');
    if (this.stalled) this.#buffered += Buffer.byteLength(text);
    if (Buffer.byteLength(text) > 1024 * 1024) this.problems.push('frame larger than 1 MiB');
    this.raw.push(text);
    const data = JSON.parse(text) as ServerFrame;
    const result = v.safeParse(serverFrames[data.type], data);
    if (!result.success) this.problems.push(`${data.type}: ${JSON.stringify(result.issues[0])}`);
    this.frames.push(data);
    this.#apply(data);
  }

  ping(): void {
    this.pings += 1;
    this.client.alive();
  }

  buffered(): number {
    return this.#buffered;
  }

  close(code: number, reason: string): void {
    this.closedWith = {code, reason};
  }

  /** A function, because an assertion about a property would narrow its type for good. */
  closeCode(): number | undefined {
    return this.closedWith?.code;
  }

  /** The buffer has left. */
  read(): void {
    this.#buffered = 0;
    this.client.drained();
  }

  give(data: object): void {
    this.client.receive(JSON.stringify(data));
  }

  hello(channels: readonly object[] = [{channel: LIST}], more: object = {}): ServerFrameOf<'welcome'> {
    for (const {channel} of channels as {channel: string}[]) this.#await(channel);
    this.give({type: 'hello', client: uuid(), channels, ...more});
    return this.one('welcome');
  }

  /** Takes it that a channel was seen up to here. */
  adopt(channel: string, seq: number): void {
    this.#channel(channel).seq = seq;
  }

  subscribe(channel: string, more: object = {}): void {
    this.#await(channel);
    this.give({type: 'subscribe', channel, ...more});
  }

  /** Gives a command; returns what it was answered. */
  command(
    op: string,
    session: string,
    fields: object = {},
    id = uuid(),
  ): ServerFrameOf<'ack'> | ServerFrameOf<'reject'> {
    const before = this.frames.length;
    this.give({type: 'command', op, session, id, ...fields});
    const answer = this.frames
      .slice(before)
      .find((one) => (one.type === 'ack' || one.type === 'reject') && one.command === id);
    if (answer?.type !== 'ack' && answer?.type !== 'reject') throw new Error(`${op} was not answered`);
    return answer;
  }

  /** Starts a session; returns its id. */
  start(text: string, fields: object = {}): string {
    const session = uuid();
    const answer = this.command('start', session, {text, ...fields});
    if (answer.type !== 'ack') throw new Error(`start: ${answer.code}`);
    return session;
  }

  query(fields: Partial<ClientFrameOf<'query'>> & {channel: string}): ServerFrameOf<'page'> | ServerFrameOf<'error'> {
    const id = uuid();
    this.give({type: 'query', id, ...fields});
    const answer = this.frames.find((one) => (one.type === 'page' || one.type === 'error') && one.id === id);
    if (answer?.type !== 'page' && answer?.type !== 'error') throw new Error('query was not answered');
    return answer;
  }

  /** The last frame of a type. */
  one<K extends ServerFrame['type']>(type: K): ServerFrameOf<K> {
    const found = this.frames.findLast((data) => data.type === type);
    if (!found) throw new Error(`no ${type} has come`);
    return found as ServerFrameOf<K>;
  }

  all<K extends ServerFrame['type']>(type: K): ServerFrameOf<K>[] {
    return this.frames.filter((data) => data.type === type) as ServerFrameOf<K>[];
  }

  /** Events of a session that it knows, in order. */
  thread(session: string): StoredEvent['event'][] {
    const events = this.channels.get(`session:${session}`)?.events ?? new Map<number, StoredEvent>();
    return [...events].sort(([a], [b]) => a - b).map(([, {event}]) => event);
  }

  /** The same as short words. */
  kinds(session: string): string[] {
    return this.thread(session).map((event) =>
      event.kind === 'session-put'
        ? `put ${event.session.status}`
        : event.kind === 'turn-ended' || event.kind === 'tool-ended'
          ? `${event.kind} ${event.outcome}`
          : event.kind,
    );
  }

  text(session: string, item: string): string | undefined {
    return this.channels.get(`session:${session}`)?.texts.get(item);
  }

  /** Items that stream. */
  streaming(session: string): string[] {
    return [...(this.channels.get(`session:${session}`)?.texts.values() ?? [])];
  }

  status(session: string): string {
    return this.sessions.get(session)?.status ?? 'unknown';
  }

  #channel(name: string): Channel {
    let channel = this.channels.get(name);
    if (!channel) {
      channel = {
        seq: 0,
        answering: 0,
        live: false,
        events: new Map(),
        texts: new Map(),
        vouched: new Set(),
        more: false,
      };
      this.channels.set(name, channel);
    }
    return channel;
  }

  #await(name: string): void {
    this.#channel(name).answering += 1;
  }

  #apply(data: ServerFrame): void {
    if (data.type === 'error' && data.channel !== undefined) {
      const channel = this.#channel(data.channel);
      channel.live = false;
      channel.answering = Math.max(0, channel.answering - 1);
    }
    if (data.type === 'snapshot') this.#snapshot(data);
    if (data.type === 'event') this.#event(data);
    if (data.type === 'partial' || data.type === 'delta') this.#text(data);
    if (data.type === 'live') {
      const channel = this.#channel(data.channel);
      if (channel.answering === 0) this.problems.push(`live of ${data.channel} that was not asked for`);
      channel.answering = Math.max(0, channel.answering - 1);
      channel.live = true;
      for (const item of channel.texts.keys())
        if (!channel.vouched.has(item) && data.channel !== LIST) channel.texts.delete(item);
      channel.vouched.clear();
      if (channel.more) this.problems.push(`live of ${data.channel} before its snapshot was complete`);
      if (data.seq !== channel.seq) this.problems.push(`live ${data.seq} after ${channel.seq} on ${data.channel}`);
    }
  }

  #snapshot({channel: name, seq, state, more = false}: ServerFrameOf<'snapshot'>): void {
    const channel = this.#channel(name);
    if (!channel.more) channel.events.clear();
    if (!channel.more && name === LIST) this.sessions.clear();
    channel.more = more;
    if (channel.answering === 0) this.problems.push(`snapshot of ${name} that was not asked for`);
    channel.seq = seq;
    for (const session of [...(state.sessions ?? []), ...(state.session ? [state.session] : [])])
      this.#session(session);
    for (const entry of [...(state.events ?? []), ...(state.open ?? [])])
      channel.events.set(entry.seq, entry as StoredEvent);
  }

  #event({channel: name, seq, time, command, event}: ServerFrameOf<'event'>): void {
    const channel = this.#channel(name);
    // An answer may repeat what came while it was awaited.
    if (seq <= channel.seq && channel.answering > 0) return;
    if (seq !== channel.seq + 1) this.problems.push(`event ${seq} after ${channel.seq} on ${name}`);
    channel.seq = seq;
    if (event.kind === 'session-put') this.#session(event.session as Session);
    if (event.kind === 'session-removed') this.sessions.delete(event.session);
    if (name === LIST) return;
    channel.events.set(seq, {seq, time, ...(command !== undefined && {command}), event} as StoredEvent);
    if ('id' in event) {
      const streamed = channel.texts.get(event.id);
      if (streamed !== undefined && 'text' in event && !event.text.startsWith(streamed)) {
        this.problems.push(`item ${event.id} is stored otherwise than it streamed`);
      }
      if (event.kind === 'message' || event.kind === 'thought' || event.kind === 'tool-ended')
        channel.texts.delete(event.id);
    }
  }

  #text({type, channel: name, item, at, text}: ServerFrameOf<'delta' | 'partial'>): void {
    const channel = this.#channel(name);
    const held = channel.texts.get(item) ?? '';
    if (type === 'delta' && !channel.live) this.problems.push(`delta on ${name} before live`);
    if (at > held.length) this.problems.push(`${type} at ${at} of ${held.length} on ${name}`);
    channel.texts.set(item, held.slice(0, at) + text);
    if (type === 'partial') channel.vouched.add(item);
  }

  #session(session: Session): void {
    const held = this.sessions.get(session.id);
    if (!held || held.rev <= session.rev) this.sessions.set(session.id, session);
  }
}
