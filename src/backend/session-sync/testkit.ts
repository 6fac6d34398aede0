import type {Command} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';
import type {Backend, Environment, SocketLike, Token} from '../backend.ts';
import {createSessionSync} from './session-sync.ts';

/** A frame as it is on the wire; the fake server shares no type and no parser with the client. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Wire = Record<string, any>;

/** The server's end of one connection. */
export class FakeSocket implements SocketLike {
  readonly protocol = 'session-sync.v1';
  readyState = 0;
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  /** All that the client sent, oldest first. */
  readonly sent: Wire[] = [];
  /** How often the client wrote, whether it could or not. */
  written = 0;
  /** Called for each frame that the client sends. */
  hears: (frame: Wire) => void = () => {};

  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  send(text: string): void {
    this.written += 1;
    if (this.readyState !== 1) return;
    const frame = JSON.parse(text) as Wire;
    this.sent.push(frame);
    this.hears(frame);
  }

  close(): void {
    this.readyState = 3;
  }

  get closed(): boolean {
    return this.readyState === 3;
  }

  /** The network has reached the server. */
  opens(): this {
    this.readyState = 1;
    this.onopen?.(undefined as never);
    return this;
  }

  says(...frames: (Wire | string)[]): this {
    for (const frame of frames) this.onmessage?.({data: typeof frame === 'string' ? frame : JSON.stringify(frame)});
    return this;
  }

  closes(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({code, reason});
  }

  /** What the client sent of one type. */
  of(type: string): Wire[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A world with a clock that moves only when told. */
export class FakeWorld implements Environment {
  readonly sockets: FakeSocket[] = [];
  /** What `random` answers. */
  luck = 1;
  #now = 1_000_000;
  #timers = new Set<Timer>();
  #made = 0;
  readonly #wakers = new Set<() => void>();

  now(): number {
    return this.#now;
  }

  timer(ms: number, run: () => void): () => void {
    const timer = {at: this.#now + ms, run};
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  random(): number {
    return this.luck;
  }

  uuid(): string {
    return uuid(++this.#made);
  }

  openSocket(url: string): SocketLike {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket;
  }

  onWake(run: () => void): () => void {
    this.#wakers.add(run);
    return () => this.#wakers.delete(run);
  }

  /** Time passes, and the page runs. */
  passes(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      // What was due while the page slept comes late.
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.run();
    }
    this.#now = end;
  }

  /** Time passes, and the page does not run: what was due comes late. */
  sleeps(ms: number): void {
    this.#now += ms;
  }

  wakes(): void {
    for (const run of this.#wakers) run();
  }

  /** Anything that would keep a page from being let go. */
  get held(): number {
    return this.#timers.size + this.#wakers.size;
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('No connection was tried.');
    return socket;
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const HEARTBEAT = 10_000;

/** Frames of a server, with what a test does not care about filled in. */
export const frames = {
  welcome: (more: Wire = {}): Wire => ({
    type: 'welcome',
    epoch: 'e1',
    heartbeat_ms: HEARTBEAT,
    time: '2026-01-01T00:00:00Z',
    agents: [{id: 'agent', title: 'Agent'}],
    capabilities: ['queue'],
    ...more,
  }),
  session: (id: string, more: Wire = {}): Wire => ({
    id,
    rev: 1,
    title: id,
    status: 'finished',
    agent: 'agent',
    created: '2026-01-01T00:00:00Z',
    updated: '2026-01-01T00:00:00Z',
    ...more,
  }),
  list: (seq: number, sessions: Wire[] = [], more: Wire = {}): Wire => ({
    type: 'snapshot',
    channel: 'sessions',
    seq,
    state: {sessions, ...more},
  }),
  thread: (id: string, seq: number, events: Wire[] = [], more: Wire = {}): Wire => ({
    type: 'snapshot',
    channel: `session:${id}`,
    seq,
    state: {session: frames.session(id), events, open: [], ...more},
  }),
  live: (channel: string, seq: number): Wire => ({type: 'live', channel, seq}),
  /** An event of the list. */
  listed: (seq: number, event: Wire, more: Wire = {}): Wire => ({
    type: 'event',
    channel: 'sessions',
    seq,
    time: '2026-01-01T00:00:00Z',
    event,
    ...more,
  }),
  /** An event of one session: a message of the agent unless said otherwise. */
  event: (id: string, seq: number, event: Wire = {}, more: Wire = {}): Wire => ({
    type: 'event',
    channel: `session:${id}`,
    ...stored(seq, event, more),
  }),
  delta: (id: string, item: string, at: number, text: string, more: Wire = {}): Wire => ({
    type: 'delta',
    channel: `session:${id}`,
    item,
    turn: 't1',
    kind: 'message',
    at,
    text,
    ...more,
  }),
  partial: (id: string, item: string, at: number, text: string): Wire => ({
    ...frames.delta(id, item, at, text),
    type: 'partial',
  }),
};

/** An event in its place in the log. */
export const stored = (seq: number, event: Wire = {}, more: Wire = {}): Wire => ({
  seq,
  time: '2026-01-01T00:00:00Z',
  event: {kind: 'message', id: `m${seq}`, turn: 't1', role: 'agent', text: `text ${seq}`, ...event},
  ...more,
});

/** A page with this backend, in a world of its own. */
export interface FakePage {
  readonly world: FakeWorld;
  readonly backend: Backend;
  /** All that was emitted, oldest first. */
  readonly inputs: Input[];
  /** What was emitted since the last call. */
  news(): Input[];
  of<T extends Input['type']>(type: T): Extract<Input, {type: T}>[];
  /** What the store calls when something is emitted; a store that has commands delivers them at the welcome. */
  commands: readonly Command[];
}

export function openPage(options: {url?: string; token?: Token; world?: FakeWorld} = {}): FakePage {
  const {url = 'ws://server.test/sync', token, world = new FakeWorld()} = options;
  const inputs: Input[] = [];
  let read = 0;
  const page: FakePage = {
    world,
    inputs,
    commands: [],
    backend: createSessionSync({
      url,
      ...(token !== undefined && {token}),
      environment: world,
      emit: (batch) => {
        inputs.push(...batch);
        if (batch.some(({type}) => type === 'welcome')) page.backend.deliver(page.commands);
      },
    }),
    news: () => inputs.slice(read, (read = inputs.length)),
    of: (type) => inputs.filter((input): input is Extract<Input, {type: typeof type}> => input.type === type),
  };
  return page;
}

/** A page that is connected, its list live at `seq` 0, and the sessions watched with an empty thread. */
export function connectedPage(options: Parameters<typeof openPage>[0] & {watch?: string[]} = {}): FakePage {
  const page = openPage(options);
  const {watch = []} = options;
  page.backend.watch(watch);
  page.backend.connect();
  page.world.socket.opens().says(
    frames.welcome(),
    frames.list(
      0,
      watch.map((id) => frames.session(id)),
    ),
  );
  page.world.socket.says(frames.live('sessions', 0));
  for (const id of watch) page.world.socket.says(frames.thread(id, 0), frames.live(`session:${id}`, 0));
  page.news();
  return page;
}
