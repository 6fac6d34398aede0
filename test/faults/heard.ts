import type {StoredEvent} from '../../src/model/events.ts';
import type {ServerFrame} from '../../src/backend/session-sync/frames.ts';
import {parse, unreadableEvent} from '../../src/backend/session-sync/parse.ts';
import {sessionOf} from '../../src/backend/session-sync/wire.ts';
import {newTold, type Told} from './truth.ts';

type Session = Parameters<Told['puts']['set']>[1];

/** What a recording says that a server has said in one epoch: all that is known where the server itself is not there. */
export class Heard {
  readonly #sessions = new Map<string, Told>();
  readonly #streams = new Map<string, string>();

  session(id: string): Told | undefined {
    return this.#sessions.get(id);
  }

  /** Text that the page has seen streaming goes on, and never changes. */
  streams(item: string, text: string): boolean {
    const seen = this.#streams.get(item) ?? '';
    if (text.length > seen.length) this.#streams.set(item, text);
    return text.startsWith(seen) || seen.startsWith(text);
  }

  acked(session: string, command: string): void {
    const told = this.#told(session);
    if (!told.sent.has(command)) told.sent.set(command, 0);
  }

  /** `asked`: the channel of the query that a page of events answers. */
  hear(text: string, asked: (query: string) => string | undefined): void {
    const parsed = parse(text);
    if (parsed.read === 'frame') this.#frame(parsed.frame, asked);
    if (parsed.read !== 'unreadable' || parsed.channel === undefined || !parsed.seq) return;
    const {seq} = parsed;
    const session = sessionOf(parsed.channel);
    // Asked for again; if it still cannot be read, that is what stands there.
    if (session !== undefined) this.#store(session, unreadableEvent({...parsed, seq}));
  }

  #frame(frame: ServerFrame, asked: (query: string) => string | undefined): void {
    switch (frame.type) {
      case 'snapshot': {
        const {sessions = [], session, events = [], open = []} = frame.state;
        for (const each of session ? [...sessions, session] : sessions) this.#put(each);
        const of = sessionOf(frame.channel);
        if (of !== undefined) for (const stored of [...events, ...open]) this.#store(of, stored);
        return;
      }
      case 'event': {
        const {event, channel, seq, time, command} = frame;
        const of = sessionOf(channel);
        if (event.kind === 'session-put') this.#put(event.session);
        if (event.kind === 'session-removed') this.#told(event.session).removed = true;
        else if (of !== undefined) {
          this.#store(of, {seq, time, ...(command !== undefined && {command}), event});
        }
        return;
      }
      case 'page': {
        const of = sessionOf(asked(frame.id) ?? '');
        for (const item of frame.items) {
          if ('rev' in item) this.#put(item);
          else if (of !== undefined) this.#store(of, item);
        }
      }
    }
  }

  #put(session: Session): void {
    this.#told(session.id).puts.set(session.rev, session);
  }

  #store(session: string, stored: StoredEvent): void {
    const {seq, command, event} = stored;
    const told = this.#told(session);
    told.log[seq - 1] = stored;
    if (event.kind === 'session-put') this.#put(event.session);
    const isSent = event.kind === 'queued' || (event.kind === 'message' && event.role === 'user');
    if (command !== undefined && isSent) told.sent.set(command, seq);
  }

  #told(id: string): Told {
    const known = this.#sessions.get(id);
    if (known) return known;
    const told = newTold(id, '', undefined);
    this.#sessions.set(id, told);
    return told;
  }
}
