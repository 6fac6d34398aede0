import type {Input, Refusal} from '../../model/inputs.ts';
import type {Environment, SocketLike, Token} from '../backend.ts';
import {Deadline} from './deadline.ts';
import {SUBPROTOCOL, type ClientFrame, type ServerFrameOf} from './frames.ts';
import {parse, type Parsed} from './parse.ts';

type ConnectionInput = Extract<Input, {type: 'connection'}>;

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** Who uses the connection. */
export interface ConnectionUser {
  /** The socket is open: what to say first. */
  hello(token: string | undefined): ClientFrame;
  /** The server has answered. */
  opened(welcome: ServerFrameOf<'welcome'>, problems: readonly string[]): void;
  /** Whatever comes after the welcome. */
  received(parsed: Parsed): void;
  /** Any other state than open. `closed`: how the server ended the last attempt. */
  changed(input: ConnectionInput, closed?: Closed): void;
  /** `again`: worth a word although it was said before. */
  problem(code: string, message: string, again?: boolean): void;
}

/** Milliseconds. */
const TIME_TO_WELCOME = 10_000;
const TIME_TO_PROVE = 5000;
const FIRST_DELAY = 500;
const MAX_DELAY = 30_000;

/** The `readyState` of a socket that takes what is sent. */
const OPEN = 1;

/** As the browser says it of a connection that broke. */
const GIVEN_UP: Closed = {code: 1006, reason: ''};

/**
 * One connection that is kept up as long as it is wanted: made, given up when silent, and made again with growing
 * pauses (protocol section 1). Each attempt is a generation, and what an older one still has to say is not heard.
 */
export class Connection {
  readonly #url: string;
  readonly #token: () => Token;
  readonly #environment: Environment;
  readonly #user: ConnectionUser;
  readonly #welcomeDue: Deadline;
  /** Runs while a ping is unanswered and nothing else has come. */
  readonly #silence: Deadline;
  #wanted = false;
  #generation = 0;
  #socket: SocketLike | undefined;
  /** Zero while it is not open. */
  #heartbeat = 0;
  #openedAt = Infinity;
  #lastSent = 0;
  #lastHeard = 0;
  #attempt = 0;
  /** The last 4401 was followed by no working connection. */
  #unauthorized = false;
  #unreachableSaid = false;
  #stopWaking = () => {};
  /** Of the pause before the next attempt; only while waiting. */
  #stopWaiting: (() => void) | undefined;
  #stopPing = () => {};

  /** `token` is asked for the token at each attempt, because the page may have set another. */
  constructor(url: string, token: () => Token, environment: Environment, user: ConnectionUser) {
    // Pages say where a server is by what they load from it.
    this.#url = url.replace(/^http(?=s?:)/i, 'ws');
    this.#token = token;
    this.#environment = environment;
    this.#user = user;
    this.#welcomeDue = new Deadline(environment, () => this.#ended(GIVEN_UP));
    this.#silence = new Deadline(environment, () => this.restart());
  }

  /** The server has said welcome: frames can be sent. */
  get open(): boolean {
    return this.#heartbeat > 0;
  }

  get heartbeat(): number {
    return this.#heartbeat;
  }

  connect(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#stopWaking = this.#environment.onWake(() => {
      if (this.#stopWaiting) this.#begin();
    });
    this.#begin();
  }

  disconnect(): void {
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#stopWaking();
    this.#drop();
    this.#attempt = 0;
    this.#unauthorized = false;
    this.#user.changed({type: 'connection', status: 'idle'});
  }

  /** Tries now, whatever was before. */
  reconnect(): void {
    if (!this.#wanted) return this.connect();
    this.#unauthorized = false;
    this.#begin();
  }

  /** The connection is of no use any more: drops it and tries again after a pause. */
  restart(): void {
    if (this.open) this.#ended(GIVEN_UP);
  }

  send(frame: ClientFrame): void {
    if (this.open) this.#write(frame);
  }

  #begin(): void {
    this.#drop();
    const generation = this.#generation;
    this.#user.changed({type: 'connection', status: 'connecting'});
    const current = () => this.#wanted && generation === this.#generation;
    if (!current()) return;
    const noToken = (error: unknown) => {
      if (!current()) return;
      const detail = error instanceof Error ? ` (${error.message})` : '';
      this.#user.problem('token', `The page could not get a token to sign in with${detail}. It tries again.`);
      this.#retry();
    };
    try {
      const given = this.#token();
      const token = typeof given === 'function' ? given() : given;
      if (token && typeof token === 'object') token.then((text) => current() && this.#dial(text, current), noToken);
      else this.#dial(token, current);
    } catch (error) {
      noToken(error);
    }
  }

  #dial(token: string | undefined, current: () => boolean): void {
    let socket: SocketLike;
    try {
      if (!/^wss?:\/\//i.test(this.#url)) throw new Error('It must begin with ws://, wss://, http:// or https://.');
      socket = this.#environment.openSocket(this.#url, SUBPROTOCOL);
    } catch (error) {
      const detail = error instanceof Error ? ` ${error.message}` : '';
      this.#refuse('invalid-url', `No connection can be made to the address “${this.#url}”.${detail}`);
      return;
    }
    this.#socket = socket;
    this.#welcomeDue.start(TIME_TO_WELCOME);
    socket.onopen = () => {
      if (current()) this.#write(this.#user.hello(token));
    };
    socket.onmessage = ({data}) => {
      if (current()) this.#hear(parse(data));
    };
    socket.onclose = (closed) => {
      if (current()) this.#ended(closed);
    };
    // A close follows, and says as much as there is to know.
    socket.onerror = () => {};
  }

  #hear(parsed: Parsed): void {
    this.#silence.stop();
    this.#lastHeard = this.#environment.now();
    if (this.open) return this.#user.received(parsed);
    if (parsed.read === 'frame' && parsed.frame.type === 'welcome') {
      this.#opened(parsed.frame, parsed.problems);
    } else if (parsed.read === 'frame' && parsed.frame.type === 'error') {
      // The server says why it is about to close.
      this.#user.problem(parsed.frame.code, parsed.frame.message);
    } else {
      const detail = parsed.read === 'unreadable' ? ` (${parsed.problem})` : '';
      this.#refuse('unsupported-server', `The server at ${this.#url} does not speak ${SUBPROTOCOL}${detail}.`);
    }
  }

  #opened(welcome: ServerFrameOf<'welcome'>, problems: readonly string[]): void {
    this.#welcomeDue.stop();
    this.#unauthorized = false;
    this.#unreachableSaid = false;
    this.#heartbeat = welcome.heartbeat_ms;
    this.#openedAt = this.#environment.now();
    this.#schedulePing(this.#heartbeat);
    this.#user.opened(welcome, problems);
  }

  #schedulePing(ms: number): void {
    this.#stopPing = this.#environment.timer(ms, () => {
      // Commands that are sent again and again into a dead connection must not take the place of the ping.
      const rest = Math.min(this.#lastSent, this.#lastHeard) + this.#heartbeat - this.#environment.now();
      if (rest > 0) return this.#schedulePing(rest);
      this.send({type: 'ping', t: this.#environment.now()});
      if (!this.#silence.running) this.#silence.start(2 * this.#heartbeat);
      this.#schedulePing(this.#heartbeat);
    });
  }

  #ended(closed: Closed): void {
    const {code, reason} = closed;
    const wasOpen = this.open;
    if (code === 4403) {
      this.#refuse('forbidden', 'The server does not let pages of this origin in.', closed);
    } else if (code === 4401 && (this.#unauthorized || typeof this.#token() !== 'function')) {
      this.#refuse('unauthorized', 'The server does not accept the token: it is missing, wrong or expired.', closed);
    } else {
      if (code === 4401) this.#unauthorized = true;
      if (code === 4400) this.#user.problem('protocol', `The server could not read what the page sent (${reason}).`);
      this.#retry(closed);
      // A connection that breaks is tried again in silence; one that cannot be made is worth a word.
      if (wasOpen || code >= 4000 || this.#unreachableSaid) return;
      this.#unreachableSaid = true;
      const message = `The server at ${this.#url} cannot be reached, or it does not speak ${SUBPROTOCOL}.`;
      this.#user.problem('unreachable', `${message} It is tried again.`, true);
    }
  }

  #retry(closed?: Closed): void {
    this.#drop();
    const delay = this.#environment.random() * Math.min(MAX_DELAY, FIRST_DELAY * 2 ** this.#attempt++);
    this.#stopWaiting = this.#environment.timer(delay, () => this.#begin());
    this.#user.changed({type: 'connection', status: 'waiting', retryAt: this.#environment.now() + delay}, closed);
  }

  #refuse(reason: Refusal, message: string, closed?: Closed): void {
    this.#drop();
    this.#user.changed({type: 'connection', status: 'refused', reason}, closed);
    this.#user.problem(reason, message, true);
  }

  /** Ends this generation. */
  #drop(): void {
    this.#generation++;
    // One that held for a while shows that the server is well.
    if (this.#environment.now() - this.#openedAt >= TIME_TO_PROVE) this.#attempt = 0;
    this.#openedAt = Infinity;
    this.#heartbeat = 0;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#stopPing();
    this.#silence.stop();
    this.#welcomeDue.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  #write(frame: ClientFrame): void {
    this.#lastSent = this.#environment.now();
    // One that closes takes no more, and a browser complains. What it does not take goes over the next connection.
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
