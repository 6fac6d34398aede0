import type {MemoryBackend} from '../../../src/backend/memory/memory-backend.ts';
import type {SessionContext} from '../../../src/elements/session-context/session-context.ts';
import type {KnownEvent} from '../../../src/model/events.ts';
import type {Session} from '../../../src/model/session.ts';

const MINUTE = 60_000;

type Without<K extends KnownEvent['kind'], F extends PropertyKey> = Omit<Extract<KnownEvent, {kind: K}>, F | 'kind'>;

/** What the server of the page plays, in the words of a script. The session that is shown is `s`. */
export class Stage {
  readonly memory: MemoryBackend;
  readonly context: SessionContext;
  #made = 0;
  #turn = '';
  /** Milliseconds; each event comes a little later than the one before. */
  #now = Date.now() - 1.5 * MINUTE;

  constructor(memory: MemoryBackend, context: SessionContext) {
    this.memory = memory;
    this.context = context;
  }

  /** A time so many minutes ago, as ISO 8601. */
  ago(minutes: number): string {
    return new Date(Date.now() - minutes * MINUTE).toISOString();
  }

  /** The session that is shown. */
  session(change: Partial<Session> = {}): void {
    this.memory.put({id: 's', cwd: '/srv/shop', agent: 'coder', ...change, created: this.ago(30)});
    this.context.selected = 's';
  }

  /** A person asks: a turn begins. */
  asks(text: string): void {
    this.begins('user');
    this.tell({kind: 'message', id: this.#id(), turn: this.#turn, role: 'user', text});
  }

  begins(origin: 'user' | 'agent'): void {
    this.#turn = `t${++this.#made}`;
    this.memory.put({id: 's', status: 'running', turn: this.#turn, updated: this.ago(0)});
    this.tell({kind: 'turn-began', turn: this.#turn, origin});
  }

  says(text: string): void {
    this.tell({kind: 'message', id: this.#id(), turn: this.#turn, role: 'agent', text});
  }

  /** What the agent is in the middle of saying. */
  streams(text: string, kind: 'message' | 'thought' = 'message'): void {
    this.memory.stream('s', {item: this.#id(), turn: this.#turn, kind, text});
  }

  thinks(text: string): void {
    this.tell({kind: 'thought', id: this.#id(), turn: this.#turn, text});
  }

  /** Begins a tool call, and ends it if `end` says how; returns its id. */
  calls(began: Without<'tool-began', 'id' | 'turn'>, end?: Without<'tool-ended', 'id' | 'turn'>): string {
    const id = this.#id();
    this.tell({kind: 'tool-began', id, turn: this.#turn, ...began});
    if (end) this.tell({kind: 'tool-ended', id, turn: this.#turn, ...end});
    return id;
  }

  ends(outcome: 'finished' | 'stopped' | 'failed' = 'finished', message?: string): void {
    const error = message === undefined ? {} : {error: {code: 'agent', message}};
    this.tell({kind: 'turn-ended', turn: this.#turn, outcome, ...error});
    this.memory.put({id: 's', status: outcome, ...error});
  }

  get turn(): string {
    return this.#turn;
  }

  tell(event: KnownEvent): void {
    this.#now += 4000;
    this.memory.event('s', event, {time: new Date(Math.min(this.#now, Date.now())).toISOString()});
  }

  #id(): string {
    return `i${++this.#made}`;
  }
}

/** Makes one state of the page. */
export type Scene = (stage: Stage) => void;
