import type {StoredEvent, ThreadEvent} from '../../model/events.ts';
import type {Session} from '../../model/session.ts';
import type {RuleId} from '../rules.ts';

/** Says whether a rule holds at this event. */
export type Note = (rule: RuleId, holds: boolean, seen: () => string) => void;

interface OpenTurn {
  readonly id: string;
  readonly origin: string;
  readonly seq: number;
  first: number | undefined;
  plan: number | undefined;
}

interface OpenTool {
  readonly seqs: Map<string, number>;
}

const isOver = (status: Session['status']): boolean =>
  status === 'finished' || status === 'stopped' || status === 'failed';

/** The log of one session, read from its first event on: whether it is one that can have happened. */
export class SessionLog {
  readonly #note: Note;
  readonly #ids = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #tools = new Map<string, OpenTool>();
  readonly #asked = new Map<string, number>();
  readonly #queued = new Map<string, number>();
  readonly #latest = new Map<string, number>();
  #turn: OpenTurn | undefined;
  #began: string | undefined;
  #last: string | undefined;
  #rev = 0;

  constructor(note: Note) {
    this.#note = note;
  }

  get turn(): string | undefined {
    return this.#turn?.id;
  }

  /** The numbers of what is not over: what a snapshot has to hold, whatever its age. */
  open(): readonly number[] {
    const turn = this.#turn;
    return [
      ...(turn ? [turn.seq, turn.first, turn.plan] : []),
      ...[...this.#tools.values()].flatMap(({seqs}) => [...seqs.values()]),
      ...this.#asked.values(),
      ...this.#queued.values(),
      ...this.#latest.values(),
    ].filter((seq) => seq !== undefined);
  }

  add({seq, command, event}: StoredEvent): void {
    this.#follows(event);
    this.#belongs(event);
    switch (event.kind) {
      case 'session-put':
        return this.#put(event.session);
      case 'turn-began':
        this.#note('one-turn', !this.#turn, () => `turn ${event.turn} begins while ${this.#turn?.id} is open`);
        this.#note('one-turn', !this.#ended.has(event.turn), () => `turn ${event.turn} begins a second time`);
        this.#turn = {id: event.turn, origin: event.origin, seq, first: undefined, plan: undefined};
        return;
      case 'message':
        this.#item(event.id);
        if (event.role === 'user') this.#said(seq, command, event.author?.kind);
        return;
      case 'thought':
      case 'notice':
        return this.#item(event.id);
      case 'plan':
        if (this.#turn) this.#turn.plan = seq;
        return;
      case 'options':
      case 'commands':
        this.#latest.set(event.kind, seq);
        return;
      case 'tool-began':
        this.#item(event.id);
        this.#tools.set(event.id, {seqs: new Map([['began', seq]])});
        return;
      case 'tool-updated': {
        const tool = this.#tools.get(event.id);
        this.#note('turn-ends', !!tool, () => `tool ${event.id} is updated and is not open`);
        for (const field of Object.keys(event)) if (!['kind', 'id', 'turn'].includes(field)) tool?.seqs.set(field, seq);
        return;
      }
      case 'tool-ended':
        this.#note('turn-ends', this.#tools.delete(event.id), () => `tool ${event.id} ends and is not open`);
        return;
      case 'approval-asked':
      case 'question-asked':
        this.#item(event.id);
        this.#asked.set(event.id, seq);
        return;
      case 'approval-answered':
      case 'question-answered':
        this.#note('answer', this.#asked.delete(event.id), () => `${event.id} is answered and was not open`);
        return;
      case 'queued':
        this.#queued.set(event.command, seq);
        return;
      case 'unqueued':
        this.#note('unqueue', this.#queued.delete(event.command), () => `${event.command} is unqueued, not queued`);
        return;
      case 'turn-ended':
        return this.#end(event.turn, event.outcome);
    }
  }

  /** What has to come directly behind what came. */
  #follows(event: ThreadEvent): void {
    if (this.#began !== undefined) {
      const command = this.#began;
      this.#began = undefined;
      const follows = event.kind === 'unqueued' && event.command === command && event.reason === 'began';
      this.#note('turn-order', follows, () => `behind the message of the queued ${command} comes ${event.kind}`);
    }
    const turn = this.#turn;
    if (!turn || turn.first !== undefined) return;
    const isFirst = event.kind === 'message' && event.role === 'user';
    // An agent may begin by itself, and nobody has said anything.
    const isInOrder = isFirst || turn.origin === 'agent';
    this.#note('turn-order', isInOrder, () => `behind turn-began comes ${event.kind}, not the user's message`);
    // Said once.
    if (!isFirst) turn.first = turn.seq;
  }

  /** What names a turn names the open one. */
  #belongs(event: ThreadEvent): void {
    if (!('turn' in event) || event.turn === undefined || event.kind === 'turn-began') return;
    const {turn, kind} = event;
    this.#note('after-the-end', !this.#ended.has(turn), () => `${kind} of turn ${turn}, which has ended`);
    if (this.#ended.has(turn)) return;
    this.#note(
      'turn-ends',
      this.#turn?.id === turn,
      () => `${kind} of turn ${turn}; ${this.#turn?.id ?? 'none'} is open`,
    );
  }

  #item(id: string): void {
    this.#note('item-ids', !this.#ids.has(id), () => `item ${id} is stored twice in one session`);
    this.#ids.add(id);
  }

  #said(seq: number, command: string | undefined, author: string | undefined): void {
    const turn = this.#turn;
    if (!turn) return;
    turn.first ??= seq;
    if (turn.origin === 'user') {
      this.#note('turn-order', command !== undefined, () => "the user's message has no command");
    }
    if (turn.origin === 'callback') {
      this.#note('callback-turn', author === 'callback', () => `its message has the author ${author ?? 'none'}`);
    }
    if (command !== undefined && this.#queued.has(command)) this.#began = command;
  }

  #end(turn: string, outcome: string): void {
    const open = [...this.#tools.keys(), ...this.#asked.keys()];
    this.#note('turn-closes', open.length === 0, () => `turn ${turn} ends while ${open.join(', ')} is open`);
    this.#turn = undefined;
    this.#ended.add(turn);
    this.#last = outcome;
    this.#tools.clear();
    this.#asked.clear();
  }

  #put({rev, status, turn}: Session): void {
    this.#note('rev-grows', rev > this.#rev, () => `rev ${rev} after ${this.#rev}`);
    this.#rev = Math.max(this.#rev, rev);
    if (status === 'pending') return;
    if (isOver(status)) {
      const fits = !this.#turn && turn === undefined;
      this.#note('turn-field', fits, () => `${status} while turn ${this.#turn?.id ?? turn} is open`);
      const last = this.#last;
      const said = last === undefined || last === status;
      this.#note('turn-ends', said, () => `the session is ${status}, and its last turn ended ${last}`);
    } else {
      const fits = turn !== undefined && !this.#ended.has(turn) && (!this.#turn || this.#turn.id === turn);
      this.#note('turn-field', fits, () => `${status} with turn ${turn}; the open one is ${this.#turn?.id ?? 'none'}`);
    }
  }
}
