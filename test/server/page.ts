import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import type {TestContext} from 'node:test';
import {WebSocket} from 'ws';
import type {EventOf, ThreadEvent} from '../../src/model/events.ts';

/** A frame of the server; read without the project's own parser. */
export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Something ends, as a test does: what was begun for it is ended then. */
export type Scope = Pick<TestContext, 'after'>;

export interface Connecting {
  readonly token?: string;
  readonly origin?: string;
  readonly channels?: readonly {channel: string; after?: number}[];
}

type Stored = {seq: number; command?: string; event: ThreadEvent};

/** A client that knows the wire and no more: it keeps every frame, and waits for some. */
export class RawPage {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  /** How the connection has ended. */
  readonly closed: Promise<{code: number; reason: string}>;
  #isClosed = false;
  #waiting: (() => void)[] = [];

  constructor(t: Scope, url: string, origin?: string) {
    this.socket = new WebSocket(url, 'session-sync.v1', origin === undefined ? {} : {headers: {origin}});
    t.after(() => this.socket.terminate());
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)) as Frame);
      this.#wake();
    });
    this.closed = once(this.socket, 'close').then(([code, reason]: unknown[]) => {
      this.#isClosed = true;
      this.#wake();
      return {code: Number(code), reason: String(reason)};
    });
  }

  /** Connects and says hello; resolves with the welcome. */
  static async open(t: Scope, url: string, {token, origin, channels = []}: Connecting = {}): Promise<RawPage> {
    const page = new RawPage(t, url, origin);
    await once(page.socket, 'open');
    page.send({type: 'hello', client: randomUUID(), ...(token !== undefined && {token}), channels});
    await page.until(({type}) => type === 'welcome');
    return page;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((look) => look());
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Waits until `look` finds something; it looks again after each frame. */
  async #until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.#isClosed) throw new Error(`The connection was closed: ${JSON.stringify(await this.closed)}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The first frame, past or to come, that is wanted; those before the one numbered `from` do not count. */
  until(wanted: (frame: Frame) => boolean, from = 0): Promise<Frame> {
    let looked = from;
    return this.#until(() => {
      for (; looked < this.frames.length; looked++) {
        const frame = this.frames[looked];
        if (frame && wanted(frame)) return frame;
      }
      return undefined;
    });
  }

  /** Sends a command; resolves with its ack or reject. */
  async command(op: string, session: string, fields: object = {}, id: string = randomUUID()): Promise<Frame> {
    const sent = this.frames.length;
    this.send({type: 'command', id, op, session, ...fields});
    return this.until(({type, command}) => (type === 'ack' || type === 'reject') && command === id, sent);
  }

  /** Starts a session and follows it; resolves with its id when the server has it. */
  async start(text: string, session: string = randomUUID()): Promise<string> {
    const answer = await this.command('start', session, {text});
    if (answer.type !== 'ack') throw new Error(JSON.stringify(answer));
    this.send({type: 'subscribe', channel: `session:${session}`});
    await this.until(({type, channel}) => type === 'live' && channel === `session:${session}`);
    return session;
  }

  /** Everything stored of a session that this page has seen, in order and once. */
  log(session: string): Stored[] {
    const stored = new Map<number, Stored>();
    for (const frame of this.frames) {
      if (frame['channel'] !== `session:${session}`) continue;
      if (frame.type === 'event') stored.set(Number(frame['seq']), frame as unknown as Stored);
      const {events = [], open = []} = (frame['state'] ?? {}) as {events?: Stored[]; open?: Stored[]};
      for (const event of [...events, ...open]) stored.set(event.seq, event);
    }
    return [...stored.values()].sort((a, b) => a.seq - b.seq);
  }

  events(session: string): ThreadEvent[] {
    return this.log(session).map(({event}) => event);
  }

  /** The text of a session as it was streamed to this page. */
  streamed(session: string): string {
    return this.frames
      .filter(({type, channel}) => (type === 'partial' || type === 'delta') && channel === `session:${session}`)
      .reduce((text, frame) => text.slice(0, Number(frame['at'])) + String(frame['text']), '');
  }

  /** Waits for an event of a session. */
  event<K extends ThreadEvent['kind']>(session: string, kind: K): Promise<EventOf<K>> {
    return this.#until(() => this.events(session).find((event): event is EventOf<K> => event.kind === kind));
  }

  /** Waits until so many turns of a session have ended. */
  turnsEnded(session: string, count = 1): Promise<ThreadEvent[]> {
    return this.#until(() => {
      const events = this.events(session);
      return events.filter(({kind}) => kind === 'turn-ended').length >= count ? events : undefined;
    });
  }

  /** Starts a session with a message, waits for the end of its turn and resolves with what the agent said. */
  async ask(text: string): Promise<{session: string; answer: string; events: ThreadEvent[]}> {
    const session = await this.start(text);
    const events = await this.turnsEnded(session);
    return {session, answer: answerIn(events), events};
  }
}

/** What the agent said, all of it. */
export const answerIn = (events: readonly ThreadEvent[]): string =>
  events.map((event) => (event.kind === 'message' && event.role === 'agent' ? event.text : '')).join('');
