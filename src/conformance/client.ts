import type {ServerFrame, ServerFrameOf} from '../backend/session-sync/frames.ts';
import {channelOf} from '../backend/session-sync/wire.ts';
import type {EventOf, StoredEvent, ThreadEvent} from '../model/events.ts';
import type {Session} from '../model/session.ts';
import type {ConnectionJudge} from './judge/connection.ts';
import type {RuleId} from './rules.ts';
import type {Wire, World} from './world.ts';

export type Answer = ServerFrameOf<'ack'> | ServerFrameOf<'reject'>;
export interface Closed {
  readonly code: number;
  readonly reason: string;
}
type Stored<K extends ThreadEvent['kind']> = StoredEvent & {readonly event: EventOf<K>};

/** What a scenario waits for did not come, so that it cannot go on. */
export class Unmet extends Error {}

/** The wait for a rule ended otherwise than by a fault: nothing is said about the rule. */
export class NotNow extends Error {}

export interface ClientOptions {
  readonly url: string;
  readonly world: World;
  readonly judge: ConnectionJudge;
  /** How long anything may take, in milliseconds. */
  readonly timeout: number;
  readonly token: string | undefined;
  readonly origin?: string;
}

/** One connection as a page would have it; every frame is shown to the judge. */
export class Client {
  readonly frames: ServerFrame[] = [];
  readonly judge: ConnectionJudge;
  protocol: string | undefined;
  closed: Closed | undefined;
  readonly #options: ClientOptions;
  readonly #wire: Wire;
  #waiting: (() => void)[] = [];

  constructor(options: ClientOptions) {
    this.#options = options;
    this.judge = options.judge;
    this.#wire = options.world.connect(options.url, options.origin === undefined ? {} : {origin: options.origin}, {
      opened: (protocol) => {
        this.protocol = protocol;
        this.#wake();
      },
      message: (data) => {
        const isText = typeof data === 'string';
        this.check('json-frames', isText, () => 'a binary frame');
        const frame = isText ? this.judge.received(data) : undefined;
        if (frame) this.frames.push(frame);
        this.#wake();
      },
      closed: (code, reason) => {
        this.closed ??= {code, reason};
        this.#wake();
      },
    });
  }

  check(rule: RuleId, holds: boolean, seen: () => string, about = ''): boolean {
    return this.judge.check(rule, holds, seen, about);
  }

  /** Sends a frame, or any text or bytes as they are. */
  send(frame: object | string): void {
    const isBytes = frame instanceof Uint8Array;
    const data = typeof frame === 'string' || isBytes ? frame : JSON.stringify(frame);
    this.judge.sent(isBytes ? '(binary)' : (data as string));
    this.#wire.send(data);
  }

  close(): void {
    this.#wire.close();
  }

  /** Waits until `look` finds something; without that the rule is broken, and the scenario ends. */
  async until<T>(rule: RuleId, what: string, look: () => T | undefined, {about = '', more = 0} = {}): Promise<T> {
    const {world, timeout} = this.#options;
    let isLate = false;
    const cancel = world.timer(timeout + more, () => {
      isLate = true;
      this.#wake();
    });
    try {
      for (;;) {
        const found = look();
        if (found !== undefined) {
          this.check(rule, true, () => '');
          return found;
        }
        if (this.closed?.code === 4429) throw new NotNow('the server closed with 4429: the kit was too fast for it');
        if (this.closed || isLate) {
          const {code, reason} = this.closed ?? {};
          const why = this.closed ? `the connection was closed with ${code} “${reason}”` : 'it has not come in time';
          this.check(rule, false, () => `${what} was awaited: ${why}`, about);
          throw new Unmet(`${what} has not come`);
        }
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    } finally {
      cancel();
    }
  }

  /** Waits for the end of the connection. */
  ended(rule: RuleId, what: string, more = 0): Promise<Closed> {
    return this.until(rule, what, () => this.closed, {more});
  }

  /** Waits for the socket, whatever comes of it. */
  async opened(): Promise<boolean> {
    await this.until('subprotocol', 'an open WebSocket', () => this.protocol ?? this.closed);
    return this.protocol !== undefined;
  }

  sayHello(channels: readonly object[] = [], more: object = {}): void {
    const {world, token} = this.#options;
    const said = token === undefined ? {} : {token};
    this.send({type: 'hello', client: world.uuid(), ...said, channels, ...more});
  }

  async hello(channels: readonly object[] = [], more: object = {}): Promise<ServerFrameOf<'welcome'>> {
    this.sayHello(channels, more);
    return this.until('welcome-fields', 'a welcome', () => this.judge.welcome);
  }

  /** Subscribes; resolves with the answer's `live` or `error` and the frames before it. */
  async subscribe(
    channel: string,
    more: object = {},
  ): Promise<{readonly end: ServerFrameOf<'live'> | ServerFrameOf<'error'>; readonly frames: readonly ServerFrame[]}> {
    const from = this.frames.length;
    this.send({type: 'subscribe', channel, ...more});
    const end = await this.until('one-answer', `the live or error of ${channel}`, () => this.#end(channel, from), {
      about: channel,
    });
    return {end, frames: this.frames.slice(from).filter((frame) => 'channel' in frame && frame.channel === channel)};
  }

  #end(channel: string, from: number): ServerFrameOf<'live'> | ServerFrameOf<'error'> | undefined {
    for (const frame of this.frames.slice(from))
      if ((frame.type === 'live' || frame.type === 'error') && frame.channel === channel) return frame;
    return undefined;
  }

  /** Gives a command; resolves with its answer. */
  async command(
    op: string,
    session: string,
    fields: object = {},
    {id = this.#options.world.uuid(), rule = 'ack-fields' as RuleId} = {},
  ): Promise<Answer> {
    const from = this.frames.length;
    this.send({type: 'command', id, op, session, ...fields});
    return this.answer(id, {from, rule, op});
  }

  /** The answer to a command that was sent already. */
  answer(id: string, {from = 0, rule = 'ack-fields' as RuleId, op = 'the command'} = {}): Promise<Answer> {
    const look = (): Answer | undefined => {
      for (const frame of this.frames.slice(from))
        if ((frame.type === 'ack' || frame.type === 'reject') && frame.command === id) return frame;
      return undefined;
    };
    return this.until(rule, `an answer to ${op} ${id}`, look, {about: id});
  }

  /** As `command`, and the answer must be an ack. */
  async acked(rule: RuleId, op: string, session: string, fields: object = {}): Promise<ServerFrameOf<'ack'>> {
    const answer = await this.command(op, session, fields, {rule});
    this.check(rule, answer.type === 'ack', () => `${op} was answered ${show(answer)}`, answer.command);
    if (answer.type !== 'ack') throw new Unmet(`${op} was rejected`);
    return answer;
  }

  /** As `command`, and the answer must be a reject with one of these codes. */
  async refused(
    rule: RuleId,
    codes: readonly string[],
    op: string,
    session: string,
    fields: object = {},
  ): Promise<Answer> {
    const answer = await this.command(op, session, fields, {rule});
    const fits = answer.type === 'reject' && codes.includes(answer.code);
    this.check(
      rule,
      fits,
      () => `${op} was answered ${show(answer)}, due is a reject ${codes.join(' or ')}`,
      answer.command,
    );
    return answer;
  }

  query(fields: object): Promise<ServerFrameOf<'page'> | ServerFrameOf<'error'>> {
    const id = this.#options.world.uuid();
    this.send({type: 'query', id, ...fields});
    const look = (): ServerFrameOf<'page'> | ServerFrameOf<'error'> | undefined => {
      for (const frame of this.frames)
        if ((frame.type === 'page' || frame.type === 'error') && frame.id === id) return frame;
      return undefined;
    };
    return this.until('page-fields', 'a page', look, {about: id});
  }

  /** What was sent before it has been read by the server when it resolves. */
  async ping(): Promise<ServerFrameOf<'pong'>> {
    const from = this.frames.length;
    const t = this.#options.world.now();
    this.send({type: 'ping', t});
    const pong = await this.until('pong-fields', 'a pong', () =>
      this.frames.slice(from).find((frame): frame is ServerFrameOf<'pong'> => frame.type === 'pong'),
    );
    this.check('pong-fields', pong.t === t, () => `its t is ${pong.t}, the ping's was ${t}`);
    return pong;
  }

  session(id: string): Session | undefined {
    return this.judge.sessions.get(id);
  }

  /** What is known of a session's log, in its order. */
  log(session: string): readonly StoredEvent[] {
    const events = this.judge.channels.get(channelOf(session))?.events.values() ?? [];
    return [...events].sort((a, b) => a.seq - b.seq);
  }

  /** Waits for an event of a session, behind `from`. */
  event<K extends ThreadEvent['kind']>(
    rule: RuleId,
    session: string,
    kind: K,
    {
      is = () => true,
      from = 0,
      more = 0,
    }: {is?: (event: EventOf<K>, stored: StoredEvent) => boolean; from?: number; more?: number} = {},
  ): Promise<Stored<K>> {
    const look = (): Stored<K> | undefined =>
      this.log(session).find(
        (stored): stored is Stored<K> =>
          stored.seq > from && stored.event.kind === kind && is(stored.event as EventOf<K>, stored),
      );
    return this.until(rule, `an event ${kind} of ${session}`, look, {about: session, more});
  }

  /** Waits until a session is in one of these states. */
  status(rule: RuleId, session: string, wanted: readonly string[], more = 0): Promise<Session> {
    const look = (): Session | undefined => {
      const copy = this.session(session);
      return copy && wanted.includes(copy.status) ? copy : undefined;
    };
    return this.until(rule, `session ${session} ${wanted.join(' or ')}`, look, {about: session, more});
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }
}

/** An answer as one reads it. */
export const show = (answer: Answer | ServerFrameOf<'page'> | ServerFrameOf<'error'>): string => {
  if (answer.type === 'reject' || answer.type === 'error') return `${answer.type} ${answer.code}`;
  return answer.type === 'ack' && answer.result !== undefined ? `ack ${answer.result}` : answer.type;
};
