import type {ServerFrame, ServerFrameOf} from '../../backend/session-sync/frames.ts';
import {parse} from '../../backend/session-sync/parse.ts';
import {LIST, MAX_SERVER_FRAME, sessionOf} from '../../backend/session-sync/wire.ts';
import {utf8Bytes} from '../../model/commands.ts';
import type {StoredEvent} from '../../model/events.ts';
import {newer, type Session} from '../../model/session.ts';
import type {RuleId} from '../rules.ts';
import type {Verdicts} from '../verdicts.ts';
import {Channel} from './channel.ts';
import {Commands} from './commands.ts';
import type {Facts} from './facts.ts';
import {fieldsOf, framePromises, sessionPromises} from './fields.ts';
import type {Note} from './session-log.ts';
import {missingIn} from './snapshot.ts';
import {Trace} from './trace.ts';

export interface ConnectionOptions {
  readonly verdicts: Verdicts;
  /** What is played on it. */
  readonly scenario: string | undefined;
  /** The facts of the user and epoch that a connection turns out to be of. */
  readonly facts: (epoch: string) => Facts;
  /** Milliseconds. */
  readonly now: () => number;
  /** What is found from now on is found in a frame of this connection. */
  readonly speak: (note: Note) => void;
}

/**
 * Looks at every frame of one connection, in both directions, and says which sentences do not hold. It knows no socket and
 * no clock: whoever has these reports to it.
 */
export class ConnectionJudge {
  readonly channels = new Map<string, Channel>();
  /** The newest copies of sessions that were told here. */
  readonly sessions = new Map<string, Session>();
  readonly commands: Commands;
  welcome: ServerFrameOf<'welcome'> | undefined;
  readonly #options: ConnectionOptions;
  readonly #trace: Trace;
  /** Of snapshots that are not complete yet. */
  readonly #parts = new Map<string, ServerFrameOf<'snapshot'>['state'][]>();
  readonly #queries = new Map<string, {readonly channel: string; readonly limit: number}>();
  #hello: {readonly epoch?: string; readonly channels: readonly Record<string, unknown>[]} | undefined;
  #facts: Facts | undefined;
  #count = 0;
  #about = '';

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#trace = new Trace(options.now);
    this.commands = new Commands(this.note);
  }

  /** Says whether a rule holds at what came last. */
  readonly note = (rule: RuleId, holds: boolean, seen: () => string): void => {
    this.check(rule, holds, seen, this.#about);
  };

  /** The same about anything: the frames that name it are shown with what is found. */
  check(rule: RuleId, holds: boolean, seen: () => string, about = ''): boolean {
    const {verdicts, scenario} = this.#options;
    return verdicts.check(rule, holds, seen, () => ({
      frames: this.#trace.about(about),
      ...(scenario !== undefined && {scenario}),
    }));
  }

  get facts(): Facts | undefined {
    return this.#facts;
  }

  sent(text: string): void {
    this.#trace.add('sent', text);
    let frame: Record<string, unknown>;
    try {
      frame = fieldsOf(JSON.parse(text));
    } catch {
      // What is broken on purpose asks for nothing.
      return;
    }
    const {type, channel} = frame;
    if (type === 'hello') this.#hello ??= {channels: [], ...frame};
    if (type === 'hello') for (const each of this.#hello?.channels ?? []) this.#ask(each, true);
    if (type === 'subscribe') this.#ask(frame, false);
    if (type === 'unsubscribe' && typeof channel === 'string') this.channels.get(channel)?.leave();
    if (type === 'command') this.commands.sent(frame);
    if (type === 'query')
      this.#queries.set(String(frame['id']), {channel: String(channel), limit: Number(frame['limit'] ?? 200)});
  }

  /** Returns the frame, as far as it can be read. */
  received(text: string): ServerFrame | undefined {
    this.#trace.add('received', text);
    this.#count += 1;
    this.#about = '';
    this.#options.speak(this.note);
    this.note('server-frame-size', bytesOf(text) <= MAX_SERVER_FRAME, () => `${bytesOf(text)} bytes`);
    const raw = jsonOf(text);
    this.note('json-frames', typeof raw?.['type'] === 'string', () => text.slice(0, 200));
    if (typeof raw?.['type'] !== 'string') return undefined;
    const isFirst = this.#count === 1;
    if (isFirst) this.note('first-frame', /^(welcome|error)$/.test(raw['type']), () => `it is ${String(raw['type'])}`);
    this.#about = [raw['channel'], raw['command'], raw['id']].find((each) => typeof each === 'string') ?? '';
    const parsed = parse(text);
    framePromises(raw['type'], parsed, this.note);
    if (parsed.read !== 'frame') {
      // Its number counts all the same.
      if (parsed.read === 'unreadable' && parsed.seq !== undefined && raw['type'] === 'event')
        this.channel(String(raw['channel'])).event(parsed.seq, this.note);
      return undefined;
    }
    this.#apply(parsed.frame);
    return parsed.frame;
  }

  channel(name: string): Channel {
    let channel = this.channels.get(name);
    if (!channel) {
      channel = new Channel();
      this.channels.set(name, channel);
    }
    return channel;
  }

  #ask({channel, after, have}: Record<string, unknown>, isHello: boolean): void {
    if (typeof channel !== 'string') return;
    this.channel(channel).ask({
      after: typeof after === 'number' ? after : undefined,
      isVague: isHello && typeof after === 'number',
      have: fieldsOf(have) as Record<string, number>,
    });
  }

  #apply(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.note('first-frame', !this.welcome, () => 'a second welcome');
        this.welcome ??= frame;
        this.#facts ??= this.#options.facts(frame.epoch);
        return;
      case 'snapshot':
        return this.#snapshot(frame);
      case 'event':
        return this.#event(frame);
      case 'delta':
      case 'partial':
        this.#followed(frame.channel, frame.type);
        return this.channel(frame.channel).piece(frame, this.note);
      case 'live':
        return this.#live(frame);
      case 'ack':
      case 'reject':
        return this.commands.answered(frame, this.#facts);
      case 'page':
        return this.#page(frame);
      case 'pong':
        return this.#pong(frame);
      case 'error':
        if (frame.channel !== undefined) this.channel(frame.channel).failed();
    }
  }

  /** Whether anything of this channel may come. */
  #followed(name: string, type: string): void {
    const channel = this.channels.get(name);
    const rule = channel ? 'unknown-session' : 'one-answer';
    this.note(rule, channel?.isFollowed ?? false, () => `${type} on ${name}, which is not subscribed`);
  }

  #snapshot(frame: ServerFrameOf<'snapshot'>): void {
    const {channel: name, seq, state} = frame;
    const channel = this.channel(name);
    const isPart = channel.answering > 0 && this.#parts.has(name);
    channel.snapshot(frame, this.note);
    const parts = isPart ? (this.#parts.get(name) ?? []) : [];
    if (!isPart && name === LIST) this.sessions.clear();
    if (!isPart) channel.events.clear();
    for (const session of [...(state.sessions ?? []), ...(state.session ? [state.session] : [])]) this.#copy(session);
    for (const entry of [...(state.events ?? []), ...(state.open ?? [])]) {
      channel.events.set(entry.seq, entry);
      this.#facts?.learn(name, entry);
      channel.streams.stored(entry.event, () => undefined);
    }
    const all = [...parts, state];
    if (frame.more) this.#parts.set(name, all);
    else {
      this.#parts.delete(name);
      if (name === LIST) {
        const sessions = all.flatMap((each) => each.sessions ?? []);
        const whole = all.every((each) => each.next === undefined);
        this.#facts?.list(seq, sessions, {whole, snapshot: true});
      } else missingIn(name, seq, all, this.#facts, this.note);
    }
  }

  #event({channel: name, seq, time, command, event}: ServerFrameOf<'event'>): void {
    this.#followed(name, 'event');
    const channel = this.channel(name);
    channel.event(seq, this.note);
    // The two kinds of the list's own log stand where a thread's events do.
    const stored = {seq, time, ...(command !== undefined && {command}), event} as StoredEvent;
    if (event.kind === 'session-put') this.#copy(event.session as Session);
    if (event.kind === 'session-removed') this.sessions.delete(event.session);
    this.#facts?.learn(name, stored);
    if (name === LIST) {
      if (event.kind === 'session-put' || event.kind === 'session-removed') this.#facts?.learnList(seq, event);
      return;
    }
    this.#capability(stored.event.kind);
    channel.events.set(seq, stored);
    channel.streams.stored(stored.event, this.note);
  }

  #capability(kind: string): void {
    const needs =
      {plan: 'plans', options: 'options', commands: 'commands'}[kind] ?? (/^question/.test(kind) && 'questions');
    const has = !needs || (this.welcome?.capabilities.includes(needs) ?? false);
    this.note('capability', has, () => `an event ${kind}, and no capability ${String(needs)}`);
  }

  #copy(session: Session): void {
    sessionPromises(session, this.note);
    this.#facts?.copy(session);
    this.sessions.set(session.id, newer(this.sessions.get(session.id), session));
  }

  #live({channel: name, seq}: ServerFrameOf<'live'>): void {
    const channel = this.channel(name);
    const answer = channel.answered(seq, this.note);
    if (!answer || sessionOf(name) === undefined) return;
    for (const item of answer.gone) {
      const at = this.#facts?.storedAt(name, item);
      const isStored = at !== undefined && at <= seq;
      this.note('partial', isStored, () => `${item} was streaming, and has neither partial nor event at live`);
    }
  }

  #page(frame: ServerFrameOf<'page'>): void {
    const query = this.#queries.get(frame.id);
    this.note('page-fields', !!query, () => `a page of a query that is not open: ${frame.id}`);
    this.#queries.delete(frame.id);
    if (!query) return;
    this.note(
      'page-fields',
      frame.items.length <= query.limit,
      () => `${frame.items.length} items, asked for ${query.limit}`,
    );
    const events: StoredEvent[] = [];
    const sessions: Session[] = [];
    for (const item of frame.items) {
      if ('event' in item) events.push(item);
      else sessions.push(item);
    }
    const isOrdered = events.every(({seq}, i) => i === 0 || seq > (events[i - 1]?.seq ?? 0));
    if (query.channel !== LIST)
      this.note('page-order', isOrdered, () => `events ${events.map(({seq}) => seq).join(', ')}`);
    for (const event of events) this.#facts?.learn(query.channel, event);
    for (const session of sessions) this.#facts?.copy(session);
    if (query.channel === LIST) this.#facts?.list(frame.seq, sessions, {whole: false, snapshot: false});
  }

  #pong({seqs}: ServerFrameOf<'pong'>): void {
    for (const [name, seq] of Object.entries(seqs)) {
      const channel = this.channels.get(name);
      this.note(
        'pong-seqs',
        seq === channel?.seq,
        () => `${seq} for ${name}; the last number sent was ${channel?.seq}`,
      );
    }
  }
}

const bytesOf = (text: string): number => (text.length * 3 <= MAX_SERVER_FRAME ? text.length : utf8Bytes(text));

const jsonOf = (text: string): Record<string, unknown> | undefined => {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
};
