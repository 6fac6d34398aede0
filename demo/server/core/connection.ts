import {MAX_CLIENT_FRAME, type ClientFrame, type ClientFrameOf} from '../../../src/backend/session-sync/frames.ts';
import {accountOf, type Account} from './account.ts';
import {capabilitiesOf} from './capabilities.ts';
import {epochOf, type Core} from './core.ts';
import {Feed, type Outlet} from './feed.ts';
import {frame} from './frames-out.ts';
import {obey} from './obey.ts';
import type {Authenticate, Client, Peer} from './ports.ts';
import {readFrame, type Read} from './read-frame.ts';
import {Bucket} from './bucket.ts';
import {take, utf8Bytes} from './text.ts';
import {messageOf} from './errors.ts';

export interface Door {
  readonly authenticate: Authenticate;
  readonly heartbeatMs: number;
  /** The connection is over. */
  readonly left: (connection: Connection) => void;
}

/** Codes of section 1; the others are the shell's. */
const PROTOCOL_ERROR = 4400;
const UNAUTHORISED = 4401;
const TOO_SLOW = 4408;
const TOO_MANY = 4429;
const FAULT = 1011;
const SILENT_HEARTBEATS = 3;
/** What fits into a WebSocket's close frame. */
const CLOSE_REASON = {bytes: 123, json: 1_000};

/** One page: reads its frames in the order they come, answers each, and lets it go when it is too slow, silent or unreadable. */
export class Connection implements Client, Outlet {
  readonly #core: Core;
  readonly #peer: Peer;
  readonly #door: Door;
  readonly #frames: Bucket;
  readonly #commands: Bucket;
  #page: {readonly account: Account; readonly feed: Feed; readonly leave: () => void} | undefined;
  #heardAt: number;
  #cancel: () => void;
  #open = true;

  constructor(core: Core, peer: Peer, door: Door) {
    const {clock, limits} = core;
    this.#core = core;
    this.#peer = peer;
    this.#door = door;
    this.#heardAt = clock.now();
    this.#frames = new Bucket(clock, limits.frameBurst, limits.framesPerSecond);
    this.#commands = new Bucket(clock, limits.commandBurst, limits.commandsPerSecond);
    this.#cancel = clock.timer(limits.helloMs, () => this.close(TOO_SLOW, 'no hello in time'));
  }

  get open(): boolean {
    return this.#open;
  }

  receive(text: string): void {
    if (!this.#open) return;
    this.alive();
    if (!this.#frames.take()) return this.close(TOO_MANY, 'too many frames');
    const bytes = utf8Bytes(text);
    if (bytes > MAX_CLIENT_FRAME) return this.unreadable('frame larger than 256 KiB');
    const read = readFrame(text);
    if ('ignored' in read) {
      // Even what is not understood cannot come before `hello`.
      if (!this.#page) this.unreadable('hello comes first');
    } else if ('problem' in read) {
      this.#refuse(read);
    } else {
      this.#guarded(() => this.#take(read.frame, bytes));
    }
  }

  unreadable(reason: string): void {
    this.close(PROTOCOL_ERROR, reason);
  }

  alive(): void {
    this.#heardAt = this.#core.clock.now();
  }

  drained(): void {
    this.#pump();
  }

  closed(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#cancel();
    this.#page?.leave();
    this.#door.left(this);
  }

  close(code: number, reason: string): void {
    if (!this.#open) return;
    this.closed();
    this.#core.log('info', 'connection-closed', {code, reason});
    try {
      this.#peer.close(code, take(reason, CLOSE_REASON).text);
    } catch (error) {
      this.#core.log('warn', 'close-failed', {message: messageOf(error)});
    }
  }

  send(text: string): void {
    this.sendPaced(text);
    const {bufferedBytes, answerBytes, frameBytes} = this.#core.limits;
    // What an answer may have put there does not count.
    if (this.#open && this.#peer.buffered() > bufferedBytes + answerBytes + frameBytes)
      this.tooSlow('reads too slowly');
  }

  sendPaced(text: string): void {
    if (!this.#open) return;
    try {
      this.#peer.send(text);
    } catch (error) {
      // A socket that breaks is the business of its own page only.
      this.fault(error);
    }
  }

  buffered(): number {
    return this.#peer.buffered();
  }

  tooSlow(reason: string): void {
    this.close(TOO_SLOW, reason);
  }

  /** A fault of ours: the page may send again what was not answered. */
  fault(error: unknown): void {
    this.#core.log('error', 'connection-fault', {
      message: error instanceof Error ? (error.stack ?? error.message) : messageOf(error),
    });
    this.close(FAULT, 'a fault of the server');
  }

  #refuse({problem, command, unsupported}: Extract<Read, {problem: string}>): void {
    if (command === undefined || !this.#page) return this.unreadable(problem);
    const code = unsupported ? 'unsupported' : 'invalid';
    const message = unsupported
      ? 'This server does not know this command.'
      : `This command cannot be read (${problem}).`;
    this.send(frame({type: 'reject', command, code, message}));
  }

  #take(data: ClientFrame, bytes: number): void {
    if (data.type === 'hello') return this.#hello(data, bytes);
    if (!this.#page) return this.unreadable('hello comes first');
    const {account, feed} = this.#page;
    switch (data.type) {
      case 'subscribe':
        if (!feed.subscribe(data, bytes)) return this.close(TOO_MANY, 'too many answers are awaited');
        break;
      case 'unsubscribe':
        if (!feed.unsubscribe(data.channel)) return this.close(TOO_MANY, 'too many answers are awaited');
        break;
      case 'query':
        if (!feed.query(data)) {
          this.send(frame({type: 'error', code: 'rate-limited', message: 'Too many queries are open.', id: data.id}));
        }
        break;
      case 'ping':
        this.send(frame({type: 'pong', t: data.t, seqs: feed.seqs()}));
        break;
      case 'command':
        if (!this.#commands.take()) return this.close(TOO_MANY, 'too many commands');
        this.send(obey(this.#core, account, data));
        break;
    }
    this.#pump();
  }

  #hello(hello: ClientFrameOf<'hello'>, bytes: number): void {
    if (this.#page) return this.unreadable('a second hello');
    const known = this.#door.authenticate(hello.token);
    if (known === null) return this.close(UNAUTHORISED, 'not authorised');
    const core = this.#core;
    const account = accountOf(known);
    const feed = new Feed(core, account.key, this);
    const leave = core.audience.join(account.key, feed);
    this.#page = {account, feed, leave};
    this.#cancel();
    this.#beat();
    core.log('info', 'hello', {client: hello.client, channels: hello.channels.length});
    const epoch = epochOf(core, account.key);
    this.send(
      frame({
        type: 'welcome',
        epoch,
        heartbeat_ms: this.#door.heartbeatMs,
        time: new Date(core.clock.now()).toISOString(),
        agents: [...core.agents.values()].map(({id, title, description, folders}) => ({
          id,
          title,
          ...(description !== undefined && {description}),
          ...(folders && {folders: [...folders]}),
        })),
        capabilities: capabilitiesOf(core),
        ...(account.user && {user: account.user}),
      }),
    );
    const sameEpoch = hello.epoch === epoch;
    const share = bytes / Math.max(1, hello.channels.length);
    // Numbers of another epoch mean nothing in this one, nor does what it streamed.
    for (const {channel, ...held} of hello.channels) feed.subscribe(sameEpoch ? {channel, ...held} : {channel}, share);
    this.#pump();
  }

  /** Asks for a sign of life, and lets go who gives none. */
  #beat(): void {
    const {clock} = this.#core;
    const {heartbeatMs} = this.#door;
    if (clock.now() - this.#heardAt >= SILENT_HEARTBEATS * heartbeatMs) return this.close(TOO_SLOW, 'silent');
    this.#peer.ping();
    this.#cancel = clock.timer(heartbeatMs, () => this.#beat());
    this.#pump();
  }

  #pump(): void {
    if (this.#open) this.#page?.feed.pump();
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.fault(error);
    }
  }
}
