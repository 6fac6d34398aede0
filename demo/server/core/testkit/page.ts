import {
  LIST,
  type ClientFrameOf,
  type ServerFrame,
  type ServerFrameOf,
} from '../../../../src/backend/session-sync/frames.ts';
import type {ConnectionJudge} from '../../../../src/conformance/judge/connection.ts';
import {Judge} from '../../../../src/conformance/judge/judge.ts';
import {Verdicts} from '../../../../src/conformance/verdicts.ts';
import type {StoredEvent} from '../../../../src/model/events.ts';
import type {Client, Hub, Peer} from '../ports.ts';

let made = 0;
/** A UUID that is the same in each run of a test file. */
export const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;

/** What is known of a server, by its hub: what it says to one page must fit to what it said to another. */
const judges = new WeakMap<Hub, {readonly verdicts: Verdicts; readonly judge: Judge}>();

const judgeOf = (hub: Hub): {readonly verdicts: Verdicts; readonly judge: Judge} => {
  const verdicts = new Verdicts();
  const known = judges.get(hub) ?? {verdicts, judge: new Judge(verdicts)};
  judges.set(hub, known);
  return known;
};

/**
 * A page that obeys the protocol and has the judge of the conformance kit check that the server does: `problems` lists what
 * did not fit, on any page of this server. It reads as fast as it is sent to, unless `stalled`.
 */
export class Page implements Peer {
  readonly frames: ServerFrame[] = [];
  readonly raw: string[] = [];
  closedWith: {readonly code: number; readonly reason: string} | undefined;
  pings = 0;
  /** What is sent stays in the buffer. */
  stalled = false;
  #buffered = 0;
  #sentAfterClose = false;
  readonly client: Client;
  readonly #verdicts: Verdicts;
  readonly #judge: ConnectionJudge;

  constructor(hub: Hub) {
    const {verdicts, judge} = judgeOf(hub);
    this.#verdicts = verdicts;
    this.#judge = judge.connection('');
    this.client = hub.connect(this);
  }

  get problems(): readonly string[] {
    const found = this.#verdicts.findings.map(({rule, seen}) => `${rule}: ${seen}`);
    return this.#sentAfterClose ? [...found, 'sent after close'] : found;
  }

  get channels(): ConnectionJudge['channels'] {
    return this.#judge.channels;
  }

  get sessions(): ConnectionJudge['sessions'] {
    return this.#judge.sessions;
  }

  send(text: string): void {
    this.#sentAfterClose ||= this.closedWith !== undefined;
    if (this.stalled) this.#buffered += Buffer.byteLength(text);
    this.raw.push(text);
    this.frames.push(this.#judge.received(text) ?? (JSON.parse(text) as ServerFrame));
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
    const text = JSON.stringify(data);
    this.#judge.sent(text);
    this.client.receive(text);
  }

  hello(channels: readonly object[] = [{channel: LIST}], more: object = {}): ServerFrameOf<'welcome'> {
    this.give({type: 'hello', client: uuid(), channels, ...more});
    return this.one('welcome');
  }

  subscribe(channel: string, more: object = {}): void {
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
}
