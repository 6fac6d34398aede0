import type {StoredEvent} from '../../src/model/events.ts';
import {must} from './broken.ts';

/** What one session's log must be like whatever happens: the order inside of a turn (protocol section 4). */
export class LogRules {
  readonly #session: string;
  readonly #turns = new Set<string>();
  readonly #open = new Map<string, 'tool' | 'approval' | 'question'>();
  readonly #items = new Set<string>();
  readonly #said = new Map<string, number>();
  readonly #queue: string[] = [];
  #turn: string | undefined;
  #seq = 0;
  #rev = 0;
  #status = '';

  constructor(session: string) {
    this.#session = session;
  }

  /** The turn that is open. */
  get turn(): string | undefined {
    return this.#turn;
  }

  /** As it was put last. */
  get status(): string {
    return this.#status;
  }

  next({seq, command, event}: StoredEvent): void {
    const at = () => `${event.kind} ${seq} of ${this.#session}`;
    must('the log has no holes', seq === this.#seq + 1, () => `${at()} follows ${this.#seq}`);
    this.#seq = seq;
    if ('turn' in event && event.turn !== undefined && event.kind !== 'turn-began') {
      must('nothing of a turn follows its end', event.turn === this.#turn, () => `${at()} is of turn ${event.turn}`);
    }
    switch (event.kind) {
      case 'session-put': {
        const {rev, turn, status} = event.session;
        must('rev grows', rev > this.#rev, () => `${at()} has rev ${rev} after ${this.#rev}`);
        this.#rev = rev;
        this.#status = status;
        const running = status === 'running' || status === 'waiting' || status === 'stopping';
        const right = this.#turn === undefined ? !running : running && turn === this.#turn;
        must('the status is that of the log', right, () => `${at()} says ${status} while turn ${this.#turn} is open`);
        return;
      }
      case 'turn-began':
        must('one turn is open at a time', this.#turn === undefined, () => `${at()} while ${this.#turn} is open`);
        must('a turn begins once', !this.#turns.has(event.turn), () => `${at()} ${event.turn}`);
        this.#turns.add(event.turn);
        this.#turn = event.turn;
        return;
      case 'turn-ended':
        must('all is closed before a turn ends', this.#open.size === 0, () => `${at()}: ${[...this.#open.keys()]}`);
        this.#turn = undefined;
        return;
      case 'message':
        this.#new(event.id, at);
        if (event.role === 'user' && command !== undefined) this.#message(command, at);
        return;
      case 'thought':
        return this.#new(event.id, at);
      case 'tool-began':
        this.#new(event.id, at);
        this.#open.set(event.id, 'tool');
        return;
      case 'approval-asked':
        this.#new(event.id, at);
        this.#open.set(event.id, 'approval');
        return;
      case 'question-asked':
        this.#new(event.id, at);
        this.#open.set(event.id, 'question');
        return;
      case 'tool-updated':
        return must('what is told of is open', this.#open.has(event.id), () => `${at()} ${event.id}`);
      case 'tool-ended':
      case 'approval-answered':
      case 'question-answered':
        return must('what ends was open', this.#open.delete(event.id), () => `${at()} ${event.id}`);
      case 'queued':
        this.#queue.push(event.command);
        return this.#once(event.command, 'queued', at);
      case 'unqueued': {
        const place = this.#queue.indexOf(event.command);
        must('what leaves the queue was in it', place >= 0, () => `${at()} ${event.command}`);
        must(
          'the queue keeps its order',
          place === 0 || event.reason === 'removed',
          () => `${at()}, ${place} before it`,
        );
        this.#queue.splice(place, 1);
        return;
      }
      default:
    }
  }

  #new(id: string, at: () => string): void {
    must('an id is unique in its session', !this.#items.has(id), () => `${at()} ${id}`);
    this.#items.add(id);
  }

  #message(command: string, at: () => string): void {
    this.#once(command, 'message', at);
  }

  #once(command: string, what: string, at: () => string): void {
    const key = `${what} ${command}`;
    this.#said.set(key, (this.#said.get(key) ?? 0) + 1);
    must('each sent text is in the log once', this.#said.get(key) === 1, () => `${at()} of command ${command} again`);
  }
}
