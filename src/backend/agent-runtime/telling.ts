import type {StoredEvent, ThreadEvent} from '../../model/events.ts';
import {readCallback} from './callbacks.ts';
import {hole, type Log} from './log.ts';
import {titleOf} from './names.ts';
import {FIRST_TURN, Turns, UNKNOWN_TURN, type End, type Turn} from './turns.ts';
import type {RawEvent, Row} from './wire.ts';

/** A message of this page, found in the log. */
export interface Mine {
  readonly command: string;
  readonly text: string;
}

/** All that a thread is made of. The same facts make the same thread, in whatever order they have come. */
export interface Facts {
  readonly row: Row;
  readonly log: Log;
  /** The log has been read, so that its first event is the first there is. */
  readonly isRead: boolean;
  readonly ends: ReadonlyMap<string, End>;
  /** Turns of which the server knows nothing any more. */
  readonly lost: ReadonlySet<string>;
  readonly mine: ReadonlyMap<string, Mine>;
  readonly queued: readonly Mine[];
  /** The page's id of the session of that name. */
  readonly sessionOf: (name: string) => string | undefined;
  /** What a person wrote, of what was sent for them. */
  readonly written: (sent: string) => string;
}

export type Unnumbered = Omit<StoredEvent, 'seq'>;

export interface Telling {
  readonly events: readonly Unnumbered[];
  readonly turns: readonly Turn[];
}

const LIMIT_TEXT = 'This server tells only the oldest 100 events of a session: later ones may be missing here.';
const OVERLAP_TEXT =
  'More than one turn may be at work here. Which of them the following belongs to is unknown: the server does not tell.';
const ONE_ENDED_TEXT = 'One of the open turns has ended here. Which of them is unknown: the server does not tell.';
const LOST_TEXT =
  'The server knows nothing of this turn any more, perhaps because it was restarted. Whether the agent still works is unknown; Stop marks it as stopped.';
const UNKNOWN_END_TEXT = 'How this turn ended is unknown: the server keeps no record of it.';

/** Tells the thread of a session as a log of turns, from what the server tells without turns. */
export const tell = (facts: Facts): Telling => new Teller(facts).telling();

class Teller {
  readonly #facts: Facts;
  readonly #events: Unnumbered[] = [];
  readonly #turns: Turns;
  /** Where the beginning of a turn stands in the events. */
  readonly #places = new Map<string, number>();
  /** Tools that have begun and not ended, oldest first. */
  #tools: {readonly id: string; readonly like: string; readonly turn: string}[] = [];
  #time: string;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#turns = new Turns(facts.ends);
    this.#time = facts.row.created;
  }

  telling(): Telling {
    const {row, log, queued, isRead} = this.#facts;
    const gap = isRead ? hole(log) : undefined;
    const runs = row.status === 'running' || row.status === 'stopping';
    if (isRead && runs && log.events.length === 0) this.#begin(FIRST_TURN);
    for (const event of log.events) {
      if (event === gap) this.#limit();
      this.#apply(event);
      this.#time = event.time;
    }
    if (gap === 'end') this.#limit();
    this.#endDead();
    for (const turn of this.#turns.open)
      if (this.#facts.lost.has(turn.id)) this.#notice(`lost:${turn.id}`, LOST_TEXT, turn.id);
    for (const {command, text} of queued) this.#put({kind: 'queued', command, text});
    return {events: this.#events, turns: this.#turns.all};
  }

  #apply(event: RawEvent): void {
    switch (event.type) {
      case 'session_start':
        return this.#begin(event.key, event.time);
      case 'session_stop':
        return this.#stop(event);
      case 'message':
        return event.role === 'user' ? this.#asked(event) : this.#answered(event);
      case 'pre_tool':
      case 'post_tool':
        return this.#tool(event);
      default:
        this.#implied(event);
        return this.#put({kind: 'unknown', name: event.type, data: event}, event.time);
    }
  }

  #begin(id: string, time = this.#time): void {
    this.#endDead(id);
    this.#places.set(id, this.#events.length);
    this.#turns.begin(id);
    this.#put({kind: 'turn-began', turn: id, origin: 'user'}, time);
  }

  /** A log that is whole begins with a turn; of any other only what says so itself is a beginning. */
  #implied({key}: RawEvent): void {
    if (this.#turns.all.length > 0) return;
    const {isRead, row} = this.#facts;
    if (isRead || row.status === 'running') this.#begin(FIRST_TURN, row.created);
    else this.#turns.beforeAll(`before:${key}`);
  }

  /** A turn whose end no event tells ends with the last that is known of it. */
  #endDead(next?: string): void {
    for (const [turn, end] of this.#turns.dead(next)) {
      if (end.outcome === 'unknown') this.#notice(`unknown:${turn.id}`, end.message ?? UNKNOWN_END_TEXT, turn.id);
      this.#end(turn, end, this.#time);
    }
  }

  #stop({key, time}: RawEvent): void {
    const ended = this.#turns.stopped(key);
    if (!ended) return this.#notice(`one-ended:${key}`, ONE_ENDED_TEXT);
    for (const turn of ended) this.#end(turn, {outcome: 'finished'}, time);
  }

  #end(turn: Turn, {outcome, message}: Pick<End, 'outcome' | 'message'>, time: string): void {
    const {id} = turn;
    this.#turns.close(turn);
    // What never came to an end did not outlive its turn.
    const left = this.#tools.filter((tool) => tool.turn === id);
    this.#tools = this.#tools.filter((tool) => tool.turn !== id);
    for (const tool of left) this.#put({kind: 'tool-ended', id: tool.id, turn: id, outcome: 'cancelled'}, time);
    const failed = outcome === 'failed' && {error: {code: 'failed', message: message ?? 'The agent failed.'}};
    const known = outcome === 'unknown' ? 'finished' : outcome;
    this.#put({kind: 'turn-ended', turn: id, outcome: known, ...failed}, time);
  }

  /** What a turn was begun with: the words of a person, or the results of children. */
  #asked({key, time, text = ''}: RawEvent): void {
    const waiting = this.#turns.open.find(({asked}) => asked === undefined);
    const isFirst = this.#turns.all.length === 0 || waiting?.id === FIRST_TURN;
    if (this.#turns.all.length === 0) this.#begin(FIRST_TURN, this.#facts.row.created);
    // A turn has one such message, so this is of another, whose beginning was not heard.
    else if (!waiting) this.#begin(`said:${key}`, time);
    const turn = waiting ?? this.#turns.all.at(-1);
    const id = turn?.id ?? FIRST_TURN;
    const mine = this.#facts.mine.get(key);
    const results = mine ? undefined : readCallback(text);
    if (turn && turn.asked === undefined) {
      turn.asked = key;
      turn.prompt = text;
      if (results)
        this.#calledBack(
          turn,
          results.map(({child}) => child),
        );
    }
    const base = {kind: 'message', turn: id, role: 'user'} as const;
    results?.forEach(({child, text: result}, at) => {
      const session = this.#facts.sessionOf(child);
      const author = {kind: 'callback', name: titleOf(child), ...(session && {session})} as const;
      this.#put({...base, id: `${key}.${at}`, text: result, author, sent: text}, time);
    });
    if (results) return;
    const written = mine?.text ?? (isFirst ? this.#facts.written(text) : text);
    const sent = written === text ? {} : {sent: text};
    this.#put({...base, id: key, text: written, ...sent}, time, mine?.command);
  }

  #calledBack(turn: Turn, children: readonly string[]): void {
    (turn as {origin: Turn['origin']}).origin = 'callback';
    const place = this.#places.get(turn.id) ?? -1;
    const began = this.#events[place];
    const ids = children.flatMap((child) => this.#facts.sessionOf(child) ?? []);
    if (began?.event.kind !== 'turn-began') return;
    this.#events[place] = {...began, event: {...began.event, origin: 'callback', ...(ids.length && {children: ids})}};
  }

  #answered(event: RawEvent): void {
    this.#put(
      {kind: 'message', id: event.key, turn: this.#turnOf(event), role: 'agent', text: event.text ?? ''},
      event.time,
    );
  }

  #tool(event: RawEvent): void {
    const {key, time, tool = 'tool', input, output, error} = event;
    const like = `${tool}\n${JSON.stringify(input) ?? ''}`;
    const begun = event.type === 'post_tool' ? this.#tools.find((each) => each.like === like) : undefined;
    const turn = begun?.turn ?? this.#turnOf(event);
    const id = begun?.id ?? key;
    if (!begun) this.#put({kind: 'tool-began', id, turn, name: tool, ...(input !== undefined && {input})}, time);
    if (event.type === 'pre_tool') {
      this.#tools.push({id, like, turn});
      return;
    }
    this.#tools = this.#tools.filter((each) => each !== begun);
    const shown =
      output === undefined ? {} : {output: typeof output === 'string' ? output : JSON.stringify(output, null, 2)};
    const ended = error === undefined ? {outcome: 'completed' as const} : {outcome: 'failed' as const, error};
    this.#put({kind: 'tool-ended', id, turn, ...ended, ...shown}, time);
  }

  /** What is said after the end of a turn belongs to it and does not open it again. */
  #turnOf(event: RawEvent): string {
    this.#implied(event);
    const {overlap, open, all} = this.#turns;
    if (overlap === undefined) return (open[0] ?? all.at(-1))?.id ?? FIRST_TURN;
    this.#notice(`overlap:${overlap}`, OVERLAP_TEXT);
    return UNKNOWN_TURN;
  }

  #limit(): void {
    this.#put({kind: 'notice', id: 'limit', level: 'warning', text: LIMIT_TEXT});
  }

  /** Once. */
  #notice(id: string, text: string, turn?: string): void {
    if (this.#events.some(({event}) => event.kind === 'notice' && event.id === id)) return;
    this.#put({kind: 'notice', id, level: 'warning', text, ...(turn && {turn})});
  }

  #put(event: ThreadEvent, time = this.#time, command?: string): void {
    this.#events.push({time, ...(command && {command}), event});
  }
}
