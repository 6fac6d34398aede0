import type {Session} from '../../model/session.ts';
import type {Environment, Page, Query} from '../backend.ts';
import {QueryError} from '../backend.ts';
import {channelOf, LIST, type ClientFrameOf, type ServerFrameOf} from './frames.ts';

/** More than these are refused by the server (protocol section 3). */
const MAX_OPEN = 8;
const MAX_TEXT = 200;
const MAX_LIMIT = 200;
const PATIENCE = 60_000;

interface Asked {
  readonly query: Query;
  readonly resolve: (page: Page) => void;
  readonly reject: (error: QueryError) => void;
  /** A page may be older than the list: asked for again, but not for ever. */
  readonly tries: number;
}

type Frame = ClientFrameOf<'query'>;

/** The queries of one connection: a few at a time, the others wait for their turn. */
export class Queries {
  readonly #environment: Environment;
  readonly #send: (frame: Frame) => void;
  readonly #open = new Map<string, {readonly asked: Asked; readonly stopTimer: () => void}>();
  #waiting: Asked[] = [];

  constructor(environment: Environment, send: (frame: Frame) => void) {
    this.#environment = environment;
    this.#send = send;
  }

  ask(query: Query): Promise<Page> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({query, resolve, reject, tries: 3});
      this.#next();
    });
  }

  /** Returns the sessions that it names. `snapshot`: what the list has said since; a page that knows less is out of date. */
  answer({id, items, next, seq}: ServerFrameOf<'page'>, snapshot: number): readonly Session[] {
    const asked = this.#close(id);
    if (!asked) return [];
    if (asked.query.session === undefined && seq < snapshot && asked.tries > 0) {
      this.#waiting.unshift({...asked, tries: asked.tries - 1});
      this.#next();
      return [];
    }
    const sessions = items.flatMap((item) => ('rev' in item ? [item] : []));
    const events = items.flatMap((item) => ('rev' in item ? [] : [item]));
    asked.resolve({sessions, events, ...(next !== undefined && {next})});
    this.#next();
    return sessions;
  }

  fail(id: string, code: string, message: string): void {
    this.#close(id)?.reject(new QueryError(code, message));
    this.#next();
  }

  /** The connection is gone: nothing that was asked on it is answered. */
  failAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const id of [...this.#open.keys()]) this.#close(id)?.reject(offline());
    for (const {reject} of waiting) reject(offline());
  }

  #next(): void {
    while (this.#open.size < MAX_OPEN) {
      const asked = this.#waiting.shift();
      if (!asked) return;
      const id = this.#environment.uuid();
      const giveUp = () => this.fail(id, 'timeout', 'The server has not answered in time.');
      this.#open.set(id, {asked, stopTimer: this.#environment.timer(PATIENCE, giveUp)});
      this.#send(frameOf(id, asked.query));
    }
  }

  #close(id: string): Asked | undefined {
    const open = this.#open.get(id);
    if (!open) return undefined;
    open.stopTimer();
    this.#open.delete(id);
    return open.asked;
  }
}

export const offline = (): QueryError => new QueryError('offline', 'There is no connection to the server.');

function frameOf(id: string, query: Query): Frame {
  const {text, limit, session, ...rest} = query;
  return {
    type: 'query',
    id,
    channel: session === undefined ? LIST : channelOf(session),
    ...(limit !== undefined && {limit: Math.max(1, Math.min(Math.floor(limit), MAX_LIMIT))}),
    ...(text !== undefined && {text: text.slice(0, MAX_TEXT)}),
    // The frame's types come from a parser and are not readonly.
    ...(rest as Partial<Frame>),
  };
}
