import {channelOf} from '../../../src/backend/session-sync/frames.ts';
import type {EventOf, KnownEvent} from '../../../src/model/events.ts';
import type {News} from './audience.ts';
import {eventFrame} from './frames-out.ts';
import type {PendingTurn, Session, SessionRecord, TurnRecord} from './storage.ts';
import {utf8Bytes} from './text.ts';
import type {Work} from './work.ts';

type Writable<T> = {-readonly [K in keyof T]: T[K]};

/** What of a `Session` is said by others; the rest follows from its turns. */
type Face = Writable<Omit<Session, 'id' | 'rev' | 'status' | 'turn' | 'queued' | 'unread'>>;

/** What only the server knows, as it changes. */
interface State {
  seq: number;
  turn: TurnRecord | undefined;
  pending: PendingTurn | undefined;
  last: SessionRecord['last'] | undefined;
  held: boolean;
  seen: number;
  notable: number;
  kept: string | undefined;
  chosen: SessionRecord['chosen'] | undefined;
  named: boolean | undefined;
}

/** An answer has to look at what was asked. */
const isAsked = (event: KnownEvent): event is EventOf<'approval-asked' | 'question-asked'> =>
  event.kind === 'approval-asked' || event.kind === 'question-asked';

/** One session as it is changed in a transaction: events are appended at once, `session-put` when it is finished. */
export class Draft {
  readonly key: number;
  readonly id: string;
  readonly depth: number;
  readonly channel: string;
  readonly face: Face;
  readonly state: State;
  /** What was appended to its log. */
  readonly news: News[] = [];
  #session: Session;
  readonly #work: Work;
  readonly #saved: string;

  constructor(work: Work, record: SessionRecord) {
    this.#work = work;
    const {session, turn, pending, last, held, seen, notable, seq, kept, chosen, named} = record;
    const {id, rev: _, status: _status, turn: _turn, queued: _queued, unread: _unread, ...face} = session;
    this.key = record.key;
    this.id = id;
    this.depth = record.depth;
    this.channel = channelOf(id);
    this.face = face;
    this.state = {seq, turn, pending, last, held, seen, notable, kept, chosen, named};
    this.#session = session;
    this.#saved = JSON.stringify(this.record());
  }

  /** As it was put last. */
  get session(): Session {
    return this.#session;
  }

  /** The next entry of its log; returns its number. `command` is whose effect it is, the transaction's own by default. */
  append(event: KnownEvent, options: {readonly command?: string | undefined; readonly closes?: string} = {}): number {
    const work = this.#work;
    const command = 'command' in options ? options.command : work.command;
    const seq = this.state.seq + 1;
    const json = JSON.stringify({seq, time: work.time, ...(command !== undefined && {command}), event});
    const entry = {seq, json, bytes: utf8Bytes(json)};
    work.core.storage.append(this.key, entry, isAsked(event) ? event.id : undefined);
    this.state.seq = seq;
    const {closes} = options;
    this.news.push({...entry, frame: eventFrame(this.channel, entry), ...(closes !== undefined && {closes})});
    return seq;
  }

  /** Tells both logs what the session is now, if that is news; `anyway` also if it is not. */
  put(anyway = false): void {
    const session = this.#shown();
    if (!anyway && JSON.stringify(session) === JSON.stringify(this.#session)) return;
    this.#session = {...session, rev: this.#session.rev + 1};
    const event = {kind: 'session-put', session: this.#session} as const;
    this.append(event);
    this.#work.appendList(event);
  }

  /** Writes it, if anything of it has changed. */
  save(): void {
    const record = this.record();
    if (JSON.stringify(record) !== this.#saved) this.#work.core.storage.putSession(record);
  }

  record(): SessionRecord {
    const {turn, pending, last, kept, chosen, named, ...rest} = this.state;
    return {
      key: this.key,
      user: this.#work.user,
      session: this.#session,
      depth: this.depth,
      ...rest,
      ...(turn && {turn}),
      ...(pending && {pending}),
      ...(last && {last}),
      ...(kept !== undefined && {kept}),
      ...(chosen && {chosen}),
      ...(named && {named}),
    };
  }

  #shown(): Session {
    const {turn, pending, notable, seen} = this.state;
    const {messages, callbacks} = this.#work.core.storage.waiting(this.key);
    const open = turn?.id ?? pending?.turn;
    const {title, agent, created, updated, ...face} = this.face;
    return {
      id: this.id,
      rev: this.#session.rev,
      title,
      status: this.#status(),
      agent,
      ...(open !== undefined && {turn: open}),
      ...(messages + callbacks > 0 && {queued: messages + callbacks}),
      ...(notable > seen && {unread: true}),
      created,
      updated,
      ...face,
    };
  }

  #status(): Session['status'] {
    const {turn, pending, last} = this.state;
    if (turn) return turn.stopping ? 'stopping' : turn.asking > 0 ? 'waiting' : 'running';
    return pending ? 'pending' : (last ?? 'finished');
  }
}
