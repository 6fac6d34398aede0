import {LIST, type ClientFrameOf} from '../../../src/backend/session-sync/frames.ts';
import {answerFrames, type Request} from './answer.ts';
import type {Listener, News} from './audience.ts';
import type {Core} from './core.ts';
import {dueDeltas} from './deltas.ts';
import {eventFrame, frame} from './frames-out.ts';
import {answerQuery} from './query.ts';
import type {Subscription} from './subscription.ts';

/** The way out of a connection. */
export interface Outlet {
  /** What happens now; a page that does not read it is cut. */
  send(text: string): void;
  /** What was asked for: only sent while little waits. */
  sendPaced(text: string): void;
  buffered(): number;
  readonly open: boolean;
  /** The page is too far behind to be helped. */
  tooSlow(reason: string): void;
  /** Something of ours has failed. */
  fault(error: unknown): void;
}

type Task = {readonly request: Request; readonly bytes: number} | {readonly leave: string};

/**
 * What one page follows. Answers, pages and what a page has to catch up with are sent as fast as it reads them and are never
 * kept here; only what happens now is sent at once. Answers are given one after the other, in the order they were asked for.
 */
export class Feed implements Listener {
  readonly #core: Core;
  readonly #user: string;
  readonly #outlet: Outlet;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #tasks: Task[] = [];
  #taskBytes = 0;
  #answer: {readonly channel: string; readonly frames: Generator<string>} | undefined;
  readonly #queries: ClientFrameOf<'query'>[] = [];
  /** Channels whose deltas were held back. */
  readonly #grown = new Set<string>();
  #pumping = false;

  constructor(core: Core, user: string, outlet: Outlet) {
    this.#core = core;
    this.#user = user;
    this.#outlet = outlet;
  }

  /** False if there are too many that wait. */
  subscribe(request: Request, bytes: number): boolean {
    const {waitingAnswers, waitingAnswerBytes} = this.#core.limits;
    if (this.#tasks.length >= waitingAnswers || this.#taskBytes + bytes > waitingAnswerBytes) return false;
    this.#tasks.push({request, bytes});
    this.#taskBytes += bytes;
    return true;
  }

  /** Behind the answers that were asked for before: each of them is given. False if too much waits. */
  unsubscribe(channel: string): boolean {
    if (this.#tasks.length >= this.#core.limits.waitingAnswers) return false;
    this.#tasks.push({leave: channel});
    return true;
  }

  /** False if too many are open. */
  query(query: ClientFrameOf<'query'>): boolean {
    if (this.#queries.length >= this.#core.limits.openQueries) return false;
    this.#queries.push(query);
    return true;
  }

  /** The last number sent, of channels whose answer is complete. */
  seqs(): Record<string, number> {
    const live = [...this.#subscriptions.values()].filter((subscription) => subscription.live);
    return Object.fromEntries(live.map(({channel, sent}) => [channel, sent]));
  }

  news(channel: string, entries: readonly News[]): void {
    const subscription = this.#subscriptions.get(channel);
    if (!subscription?.live || subscription.behind) return;
    for (const entry of entries) {
      if (entry.seq <= subscription.sent) continue;
      if (entry.seq > subscription.sent + 1) {
        // Whatever came between is in the log.
        subscription.behind = true;
        return this.pump();
      }
      subscription.sent = entry.seq;
      if (entry.closes !== undefined) subscription.lengths.delete(entry.closes);
      this.#outlet.send(entry.frame);
    }
  }

  grown(channel: string): void {
    const subscription = this.#subscriptions.get(channel);
    if (!subscription?.live || subscription.key === undefined) return;
    if (subscription.behind || this.#outlet.buffered() > this.#core.limits.deltaBytes) this.#grown.add(channel);
    else this.#sendDeltas(subscription);
  }

  removed(channel: string): void {
    const answered = this.#answer?.channel === channel;
    if (answered) this.#answer = undefined;
    this.#grown.delete(channel);
    if (!this.#subscriptions.delete(channel) && !answered) return;
    this.#outlet.send(frame({type: 'error', code: 'not-found', message: 'The session is deleted.', channel}));
    this.pump();
  }

  /** Goes on with what waits, as long as the page reads. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#round());
    } catch (error) {
      this.#outlet.fault(error);
    } finally {
      this.#pumping = false;
    }
  }

  /** All kinds take turns, so that none waits for another. False when nothing is left to do, or the page has to read first. */
  #round(): boolean {
    let more = false;
    for (const step of [this.#answerMore, this.#answerQuery, this.#catchUp, this.#holdBackNoMore]) {
      if (!this.#hasTime()) return false;
      more = step.call(this) || more;
    }
    return more;
  }

  #hasTime(): boolean {
    return this.#outlet.open && this.#outlet.buffered() < this.#core.limits.answerBytes;
  }

  #answerMore(): boolean {
    if (!this.#answer) {
      const task = this.#tasks.shift();
      if (!task) return false;
      if ('leave' in task) {
        this.#subscriptions.delete(task.leave);
        this.#grown.delete(task.leave);
        return true;
      }
      this.#taskBytes -= task.bytes;
      this.#answer = this.#begin(task.request);
    }
    const {channel, frames} = this.#answer;
    const next = frames.next();
    // The frame may have made the page leave, or the session go.
    if (next.done) {
      this.#answer = undefined;
      this.#follow(channel);
    } else {
      this.#outlet.sendPaced(next.value);
    }
    return true;
  }

  #begin(request: Request): {channel: string; frames: Generator<string>} {
    const {channel} = request;
    this.#subscriptions.delete(channel);
    this.#grown.delete(channel);
    if (this.#subscriptions.size >= this.#core.limits.subscriptions) {
      return {
        channel,
        frames: one(frame({type: 'error', code: 'too-many', message: 'Too many channels on one connection.', channel})),
      };
    }
    const follow = (subscription: Subscription): void => void this.#subscriptions.set(channel, subscription);
    return {channel, frames: answerFrames(this.#core, this.#user, request, follow)};
  }

  /** After `live`: what has happened meanwhile is still to come. */
  #follow(channel: string): void {
    const subscription = this.#subscriptions.get(channel);
    if (!subscription) return;
    subscription.behind = subscription.sent < this.#lastOf(subscription);
    this.#grown.add(channel);
  }

  #lastOf({channel, key}: Subscription): number {
    if (channel === LIST) return this.#core.storage.listSeq(this.#user);
    return key === undefined ? 0 : (this.#core.storage.session(this.#user, channel.slice('session:'.length))?.seq ?? 0);
  }

  #catchUp(): boolean {
    const subscription = [...this.#subscriptions.values()].find(({live, behind}) => live && behind);
    if (!subscription) return false;
    const {storage} = this.#core;
    const {channel, key, sent} = subscription;
    const [entry] =
      key === undefined
        ? storage.listEntries(this.#user, sent + 1, sent + 1)
        : storage.entries(key, sent + 1, sent + 1);
    if (!entry) {
      if (sent >= this.#lastOf(subscription)) subscription.behind = false;
      // The list keeps only so much.
      else this.#outlet.tooSlow('too far behind');
      return true;
    }
    subscription.sent = entry.seq;
    this.#outlet.sendPaced(eventFrame(channel, entry));
    subscription.behind = entry.seq < this.#lastOf(subscription);
    return true;
  }

  #answerQuery(): boolean {
    const query = this.#queries.shift();
    if (query) this.#outlet.sendPaced(answerQuery(this.#core, this.#user, query));
    return query !== undefined;
  }

  #holdBackNoMore(): boolean {
    if (this.#outlet.buffered() > this.#core.limits.deltaBytes) return false;
    for (const channel of this.#grown) {
      const subscription = this.#subscriptions.get(channel);
      if (subscription?.behind) continue;
      this.#grown.delete(channel);
      if (!subscription?.live) continue;
      this.#sendDeltas(subscription);
      return true;
    }
    return false;
  }

  #sendDeltas(subscription: Subscription): void {
    const {key} = subscription;
    const run = key === undefined ? undefined : this.#core.runs.get(key);
    if (run) for (const delta of dueDeltas(subscription, run)) this.#outlet.send(delta);
  }
}

function* one(text: string): Generator<string> {
  yield text;
}
