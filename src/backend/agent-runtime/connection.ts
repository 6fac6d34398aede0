import type {Input, Refusal} from '../../model/inputs.ts';
import type {Environment, SocketLike} from '../backend.ts';
import {Rest} from './rest.ts';
import type {Answer, News} from './state.ts';
import {readBlueprints, readFrame, readJobs, type Frame} from './wire.ts';

type ConnectionInput = Extract<Input, {type: 'connection'}>;

/** Who uses the connection. */
export interface ConnectionUser {
  opened(news: Extract<News, {type: 'opened'}>): void;
  /** What comes after the first frame. */
  heard(frame: Frame): void;
  /** Any other state than open. */
  changed(input: ConnectionInput): void;
  problem(code: string, message: string): void;
}

/** Milliseconds. */
const TIME_TO_OPEN = 10_000;
/** The server's pings are not seen by a page, and nothing else comes while nothing happens. */
const TIME_TO_PROVE = 30_000;
const FIRST_DELAY = 500;
const MAX_DELAY = 30_000;

/**
 * The one socket and the requests that go with it, kept up as long as they are wanted. Each attempt is a generation:
 * what an older one still has to say, by a frame, an answer, its end or a timer, is not heard.
 */
export class Connection {
  readonly #url: string;
  readonly #environment: Environment;
  readonly #user: ConnectionUser;
  #wanted = false;
  #generation = 0;
  #socket: SocketLike | undefined;
  #rest: Rest | undefined;
  #isOpen = false;
  #attempt = 0;
  #unreachableSaid = false;
  #stopWaking = () => {};
  #stopTimer = () => {};
  /** Of the pause before the next attempt; only while waiting. */
  #isWaiting = false;

  constructor(url: string, environment: Environment, user: ConnectionUser) {
    this.#url = url.replace(/\/+$/, '');
    this.#environment = environment;
    this.#user = user;
  }

  /** Requests can be made. */
  get rest(): Rest | undefined {
    return this.#isOpen ? this.#rest : undefined;
  }

  connect(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#stopWaking = this.#environment.onWake(() => {
      if (this.#isWaiting) this.#begin();
      else if (this.#isOpen) this.#prove();
    });
    this.#begin();
  }

  disconnect(): void {
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#stopWaking();
    this.#drop();
    this.#attempt = 0;
    this.#user.changed({type: 'connection', status: 'idle'});
  }

  reconnect(): void {
    if (this.#wanted) this.#begin();
    else this.connect();
  }

  #begin(): void {
    this.#drop();
    const generation = this.#generation;
    const current = () => this.#wanted && generation === this.#generation;
    this.#user.changed({type: 'connection', status: 'connecting'});
    if (!current()) return;
    let socket: SocketLike;
    try {
      if (!/^(?:https?|wss?):\/\//i.test(this.#url))
        throw new Error('It must begin with http://, https://, ws:// or wss://.');
      socket = this.#environment.openSocket(`${this.#url.replace(/^http/i, 'ws')}/ws`);
    } catch (error) {
      const detail = error instanceof Error ? ` ${error.message}` : '';
      this.#refuse('invalid-url', `No connection can be made to the address “${this.#url}”.${detail}`);
      return;
    }
    this.#socket = socket;
    this.#stopTimer = this.#environment.timer(TIME_TO_OPEN, () => this.#retry());
    const opening = new Opening((frames) => this.#opened(frames));
    socket.onopen = () => {
      if (current()) opening.ask((this.#rest = new Rest(this.#url.replace(/^ws/i, 'http'), this.#environment)));
    };
    socket.onmessage = ({data}) => {
      if (!current()) return;
      const frame = readFrame(data);
      if (this.#isOpen) this.#user.heard(frame);
      else if (!opening.hear(frame)) {
        this.#refuse('unsupported-server', `The server at ${this.#url} does not speak as an agent-runtime does.`);
      }
    };
    socket.onclose = () => {
      if (current()) this.#retry();
    };
    // A close follows, and says as much as there is to know.
    socket.onerror = () => {};
  }

  #opened({news, frames, isReachable}: Opened): void {
    this.#isOpen = true;
    this.#unreachableSaid = false;
    this.#attempt = 0;
    this.#stopTimer();
    this.#expectProof();
    const generation = this.#generation;
    this.#user.opened(news);
    if (!isReachable) {
      const message = `The server at ${this.#url} tells what happens, but answers no request of this page. It may not let pages of this origin in (CORS).`;
      this.#user.problem('unreachable', message);
    }
    for (const frame of frames) if (generation === this.#generation) this.#user.heard(frame);
  }

  #expectProof(): void {
    this.#stopTimer = this.#environment.timer(TIME_TO_PROVE, () => this.#prove());
  }

  /** A connection that is dead on the way is never told of: somebody has to ask. */
  #prove(): void {
    this.#stopTimer();
    this.#rest?.send({ask: 'health'}, ({status}) => {
      if (status === 0) this.#retry();
      else this.#expectProof();
    });
  }

  #retry(): void {
    const wasOpen = this.#isOpen;
    this.#drop();
    const delay = this.#environment.random() * Math.min(MAX_DELAY, FIRST_DELAY * 2 ** this.#attempt++);
    this.#isWaiting = true;
    this.#stopTimer = this.#environment.timer(delay, () => this.#begin());
    this.#user.changed({type: 'connection', status: 'waiting', retryAt: this.#environment.now() + delay});
    // A connection that breaks is tried again in silence; one that cannot be made is worth a word.
    if (wasOpen || this.#unreachableSaid) return;
    this.#unreachableSaid = true;
    this.#user.problem('unreachable', `The server at ${this.#url} cannot be reached. It is tried again.`);
  }

  #refuse(reason: Refusal, message: string): void {
    this.#drop();
    this.#user.changed({type: 'connection', status: 'refused', reason});
    this.#user.problem(reason, message);
  }

  /** Ends this generation. */
  #drop(): void {
    this.#generation++;
    this.#isOpen = false;
    this.#isWaiting = false;
    this.#stopTimer();
    this.#rest?.end();
    this.#rest = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }
}

interface Opened {
  readonly news: Extract<News, {type: 'opened'}>;
  /** Came while the answers were awaited. */
  readonly frames: readonly Frame[];
  readonly isReachable: boolean;
}

/** The first frame tells the sessions; who the agents are and what is at work has to be asked for. All come together. */
class Opening {
  readonly #done: (opened: Opened) => void;
  #rows: Extract<Frame, {type: 'init'}>['rows'] | undefined;
  #agents: Answer | undefined;
  #jobs: Answer | undefined;
  readonly #frames: Frame[] = [];

  constructor(done: (opened: Opened) => void) {
    this.#done = done;
  }

  ask(rest: Rest): void {
    rest.send({ask: 'agents'}, (answer) => {
      this.#agents = answer;
      this.#check();
    });
    rest.send({ask: 'jobs'}, (answer) => {
      this.#jobs = answer;
      this.#check();
    });
  }

  /** Whether it can have been said by such a server. */
  hear(frame: Frame): boolean {
    if (this.#rows) this.#frames.push(frame);
    else if (frame.type !== 'init') return false;
    else {
      this.#rows = frame.rows;
      this.#check();
    }
    return true;
  }

  #check(): void {
    if (!this.#rows || !this.#agents || !this.#jobs) return;
    const jobs = this.#jobs.status === 200 ? readJobs(this.#jobs.body) : undefined;
    const blueprints = this.#agents.status === 200 ? readBlueprints(this.#agents.body) : [];
    this.#done({
      news: {type: 'opened', rows: this.#rows, blueprints, ...(jobs && {jobs})},
      frames: this.#frames,
      isReachable: this.#agents.status !== 0,
    });
  }
}
