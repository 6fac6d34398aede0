import type {ListEvent} from '../../backend/session-sync/frames.ts';
import {LIST, sessionOf} from '../../backend/session-sync/wire.ts';
import type {StoredEvent} from '../../model/events.ts';
import {isActive, type Session} from '../../model/session.ts';
import {canonical} from './canonical.ts';
import {SessionLog, type Note} from './session-log.ts';

interface Known {
  readonly event: StoredEvent;
  readonly text: string;
}

interface Log {
  readonly entries: Map<number, Known>;
  readonly machine: SessionLog;
  read: number;
}

/** What stands for a session in the list at some place of its log; `removed` from there on. */
interface Row {
  readonly seq: number;
  readonly session: Session | undefined;
}

/**
 * What a server has said to one user in one epoch, on whatever connection: a number once given means the same wherever
 * it is named, and a `rev` too.
 */
export class Facts {
  readonly #note: () => Note;
  readonly #logs = new Map<string, Log>();
  readonly #revs = new Map<string, Map<number, string>>();
  readonly #rows = new Map<string, Row[]>();
  readonly #answers = new Map<string, string>();
  readonly #rejected = new Set<string>();

  /** `note` gives the way to say something about the frame that is looked at now. */
  constructor(note: () => Note) {
    this.#note = note;
  }

  /** The log of a channel as far as it is known without a hole from its start; undefined if less than `seq`. */
  logUpTo(channel: string, seq: number): readonly StoredEvent[] | undefined {
    const log = this.#logs.get(channel);
    if (!log || log.read < seq) return undefined;
    return Array.from({length: seq}, (_, i) => log.entries.get(i + 1)?.event).filter((event) => event !== undefined);
  }

  entry(channel: string, seq: number): StoredEvent | undefined {
    return this.#logs.get(channel)?.entries.get(seq)?.event;
  }

  /** The place at which an item was stored. */
  storedAt(channel: string, item: string): number | undefined {
    for (const {event} of this.#logs.get(channel)?.entries.values() ?? []) {
      const {kind} = event.event;
      if ((kind === 'message' || kind === 'thought' || kind === 'tool-ended') && event.event.id === item)
        return event.seq;
    }
    return undefined;
  }

  learn(channel: string, event: StoredEvent): void {
    const note = this.#note();
    const log = this.#log(channel);
    const text = canonical(event);
    const known = log.entries.get(event.seq);
    if (known) {
      note('one-order', known.text === text, () => `event ${event.seq} of ${channel} was ${known.text} and is ${text}`);
      return;
    }
    log.entries.set(event.seq, {event, text});
    const {command, seq} = event;
    if (command !== undefined) {
      note(
        'reject-final',
        !this.#rejected.has(command),
        () => `event ${seq} is an effect of ${command}, which was rejected`,
      );
    }
    if (event.event.kind === 'session-put') this.copy(event.event.session);
    for (;;) {
      const next = log.entries.get(log.read + 1);
      if (!next) return;
      log.read += 1;
      if (channel !== LIST) log.machine.add(next.event);
      note('one-order', true, () => '');
    }
  }

  /** An event of the list. */
  learnList(seq: number, event: ListEvent): void {
    const id = event.kind === 'session-put' ? event.session.id : event.session;
    const rows = this.#rows.get(id) ?? [];
    this.#rows.set(id, rows);
    const last = rows.at(-1);
    if (last && last.seq >= seq) return;
    if (event.kind === 'session-put') {
      const {session} = event;
      const isBack = last !== undefined && last.session === undefined;
      this.#note()('id-taken', !isBack, () => `session ${id} was removed from the list and is put there again`);
      const rev = last?.session?.rev ?? -1;
      this.#note()('rev-grows', session.rev > rev, () => `rev ${session.rev} of ${id} after ${rev} in the list`);
    }
    rows.push({seq, session: event.kind === 'session-put' ? event.session : undefined});
  }

  /** A copy of a session, from wherever. */
  copy(session: Session): void {
    const revs = this.#revs.get(session.id) ?? new Map<number, string>();
    this.#revs.set(session.id, revs);
    const text = canonical(session);
    const known = revs.get(session.rev) ?? text;
    revs.set(session.rev, text);
    this.#note()('rev-truth', known === text, () => `rev ${session.rev} was ${known} and is ${text}`);
  }

  /** A list of sessions that holds as of `seq`; `whole` if nothing is left out of it. */
  list(seq: number, sessions: readonly Session[], {whole, snapshot}: {whole: boolean; snapshot: boolean}): void {
    const note = this.#note();
    const named = new Map(sessions.map((session) => [session.id, session]));
    if (snapshot) note('list-snapshot', named.size === sessions.length, () => 'a session is named twice in a snapshot');
    for (const [id, rows] of this.#rows) {
      const row = rows.findLast((each) => each.seq <= seq);
      if (!row) continue;
      const copy = named.get(id);
      if (!row.session) {
        note('delete', !copy, () => `session ${id} was removed before ${seq} and is in the list of ${seq}`);
        continue;
      }
      const {rev, status} = row.session;
      const isDue = snapshot && (whole || isActive(status));
      if (isDue) note('list-snapshot', !!copy, () => `session ${id} (${status}) is missing in the snapshot of ${seq}`);
      if (copy)
        note('rev-grows', copy.rev >= rev, () => `rev ${copy.rev} of ${id} in the list of ${seq}, after ${rev}`);
    }
  }

  /** The answer of a command; what it names is only the same within an epoch. */
  answer(command: string, frame: {readonly type: string}): void {
    if (frame.type === 'reject') this.#rejected.add(command);
    const text = canonical(frame);
    const known = this.#answers.get(command);
    this.#answers.set(command, known ?? text);
    if (known) this.#note()('same-answer', known === text, () => `it was answered ${known}, and now ${text}`);
  }

  /** Whether `command` is what the event there is the effect of: undefined if it is not known yet. */
  isEffect(session: string, seq: number, command: string): boolean | undefined {
    const entry = this.entry(`session:${session}`, seq);
    if (!entry) return undefined;
    const {kind} = entry.event;
    return entry.command === command && (kind === 'message' || kind === 'queued');
  }

  #log(channel: string): Log {
    let log = this.#logs.get(channel);
    if (!log) {
      const machine = new SessionLog((rule, holds, seen) =>
        this.#note()(rule, holds, () => `session ${sessionOf(channel) ?? channel}: ${seen()}`),
      );
      log = {entries: new Map(), machine, read: 0};
      this.#logs.set(channel, log);
    }
    return log;
  }
}
