import {isDeepStrictEqual} from 'node:util';
import type {Command} from '../../src/model/commands.ts';
import {messageKey} from '../../src/model/fold.ts';
import type {Input} from '../../src/model/inputs.ts';
import type {Item} from '../../src/model/items.ts';
import {isActive} from '../../src/model/session.ts';
import type {ThreadCell} from '../../src/store/cells.ts';
import {must} from './broken.ts';
import type {SimPage} from './page.ts';
import type {Told, Truth} from './truth.ts';

interface Seen {
  /** The highest `rev` and `seq` of this epoch. */
  readonly revs: Map<string, number>;
  readonly threads: Map<string, SeenThread>;
  /** What was looked at last: the same need not be looked at again. */
  readonly views: Map<string, {readonly view: unknown; readonly held: unknown; readonly outbox: unknown}>;
}

const nothingSeen = (): Seen => ({revs: new Map(), threads: new Map(), views: new Map()});

interface SeenThread {
  readonly cell: ThreadCell;
  /** What was looked at last. */
  confirmed: unknown;
  outbox: unknown;
  last: number;
  log: unknown;
  readonly verified: Set<number>;
  /** Where each confirmed item stands in the log, and the order of all that was shown last. */
  readonly places: Map<string, number>;
  order: readonly string[];
}

const isConfirmed = (item: Item): boolean =>
  item.seq > 0 && item.kind !== 'gap' && !(item.kind === 'message' && item.delivery);
const streams = (item: Item): boolean => (item.kind === 'message' || item.kind === 'thought') && !!item.streaming;

/**
 * What one page shows, held against what the server has said, after each step (protocol section 7).
 */
export class PageRules {
  readonly #page: SimPage;
  readonly #truthOf: (epoch: string) => Pick<Truth, 'session' | 'streams'>;
  readonly #tagged: boolean;
  #seen = nothingSeen();
  #key = '';
  #store: unknown;

  /** `tagged`: no person writes the same words twice. */
  constructor(page: SimPage, truthOf: (epoch: string) => Pick<Truth, 'session' | 'streams'>, tagged = true) {
    this.#page = page;
    this.#truthOf = truthOf;
    this.#tagged = tagged;
  }

  /** What the backend has just said of commands. */
  emitted(inputs: readonly Input[]): void {
    for (const input of inputs) {
      if (input.type !== 'settled' && input.type !== 'rejected') continue;
      const command = this.#page.commands.get(input.command);
      if (command?.op !== 'start' && command?.op !== 'send') continue;
      const told = this.#truth.session(command.session);
      const stored = told?.sent.has(command.id) ?? false;
      const detail = () => `${command.op} ${command.id} “${command.text}” of ${this.#page.name}`;
      if (input.type === 'rejected') must('what is refused has no effect', !stored, detail);
      else must('what is settled is in the log', stored || !!told?.removed, detail);
      if (input.type === 'settled' && told) this.#stays(command, told, detail);
    }
  }

  /** Words that are not projected any more are there in their own right. */
  #stays({id, session}: Command, told: Told, detail: () => string): void {
    const {store, watching} = this.#page;
    const cell = watching.has(session) ? store.thread(session) : undefined;
    if (!cell || told.removed || cell.confirmed.missing) return;
    const seq = told.sent.get(id) ?? 0;
    const {loaded, stale, from, log} = cell.confirmed;
    const beyond = loaded && !stale && seq < from;
    const taken = [...log].some(({event}) => event.kind === 'unqueued' && event.command === id);
    must('what is settled stays', beyond || taken || [...cell.keys].includes(messageKey(id)), detail);
  }

  check(): void {
    const page = this.#page;
    if (!page.dirty) return;
    page.dirty = false;
    const key = `${page.epoch} ${page.store.user?.id}`;
    if (key !== this.#key || this.#store !== page.store) this.#seen = nothingSeen();
    this.#key = key;
    this.#store = page.store;
    this.#sessions();
    for (const [session] of page.watching) this.#thread(session);
  }

  get #truth(): Pick<Truth, 'session' | 'streams'> {
    return this.#truthOf(this.#page.epoch.split(' ')[0] ?? '');
  }

  #sessions(): void {
    const {store, name, outbox} = this.#page;
    for (const view of store.sessions.all()) {
      const held = store.sessions.confirmed(view.id);
      const last = this.#seen.views.get(view.id);
      if (last?.view === view && last.held === held && last.outbox === outbox) continue;
      this.#seen.views.set(view.id, {view, held, outbox});
      const what = () => `${view.id} of ${name}`;
      if (!held) {
        must('what nobody confirmed is not shown as real', view.local !== undefined, what);
        continue;
      }
      // A new epoch, whose snapshot has not come yet.
      if (held.rev < 0) continue;
      const before = this.#seen.revs.get(view.id) ?? 0;
      must('rev never goes back', held.rev >= before, () => `${what()}: ${held.rev} after ${before}`);
      this.#seen.revs.set(view.id, held.rev);
      const put = this.#truth.session(view.id)?.puts.get(held.rev);
      must(
        'a session is as the server said',
        isDeepStrictEqual(put, held),
        () => `${what()}: ${JSON.stringify(held)} instead of ${JSON.stringify(put)}`,
      );
      const over = view.status === 'stopped' || view.status === 'finished';
      must('no end precedes the server’s', !over || view.status === held.status, () => `${what()} ${view.status}`);
      const asked = outbox.some(
        (command) => command.op === 'stop' && command.turn === held.turn && command.session === view.id,
      );
      const shown = !asked || !isActive(held.status) || view.status === 'stopping';
      must('a stop is shown as stopping', shown, () => `${what()} shows ${view.status}`);
    }
  }

  #thread(session: string): void {
    const {store, name} = this.#page;
    const cell = store.thread(session);
    const told = this.#truth.session(session);
    if (!cell) return;
    let seen = this.#seen.threads.get(session);
    if (seen?.cell !== cell) {
      seen = {
        cell,
        confirmed: undefined,
        outbox: undefined,
        last: 0,
        log: undefined,
        verified: new Set(),
        places: new Map(),
        order: [],
      };
      this.#seen.threads.set(session, seen);
    }
    const what = () => `${session} of ${name}`;
    const {confirmed} = cell;
    const {outbox} = this.#page;
    if (seen.confirmed === confirmed && seen.outbox === outbox) return;
    Object.assign(seen, {confirmed, outbox});
    const shown = [...cell.keys].flatMap((key) => cell.item(key)?.get() ?? []);
    this.#words(session, shown, what);
    if (confirmed.stale || !confirmed.loaded) return;
    if (confirmed.log !== seen.log) {
      seen.log = confirmed.log;
      this.#log(seen, told, what);
    }
    this.#order(seen, shown, what);
    for (const item of shown) {
      const text = streams(item) && 'text' in item ? item.text : item.kind === 'tool' ? item.output : undefined;
      if (text === undefined || (item.kind === 'tool' && item.state !== 'running')) continue;
      const same = this.#truth.streams(item.key, text);
      must('what streams is the same everywhere', same, () => `${what()}: ${item.key} “${text}”`);
    }
  }

  #log(seen: SeenThread, told: Told | undefined, what: () => string): void {
    const {confirmed} = seen.cell;
    const last = confirmed.log.at(-1)?.seq ?? 0;
    must('seq never goes back', last >= seen.last, () => `${what()}: ${last} after ${seen.last}`);
    seen.last = last;
    let next = confirmed.from;
    for (const stored of confirmed.log) {
      if (stored.seq >= confirmed.from) {
        must('a thread has no holes', stored.seq === next, () => `${what()}: ${stored.seq} instead of ${next}`);
        next += 1;
      }
      if (seen.verified.has(stored.seq)) continue;
      const truth = told?.log[stored.seq - 1];
      must(
        'an entry is as the server said',
        isDeepStrictEqual(truth, stored),
        () => `${what()}: ${JSON.stringify(stored)} instead of ${JSON.stringify(truth)}`,
      );
      seen.verified.add(stored.seq);
    }
    // What a recording has not heard is not in its log.
    const heard = Object.values(told?.log.slice(0, last) ?? []);
    const options = heard.findLast(({event}) => event.kind === 'options')?.event;
    must(
      'options are those that the server named last',
      isDeepStrictEqual(options?.kind === 'options' ? options.options : [], confirmed.folded.options),
      () => `${what()}: ${JSON.stringify(confirmed.folded.options)} instead of ${JSON.stringify(options)}`,
    );
  }

  #order(seen: SeenThread, shown: readonly Item[], what: () => string): void {
    let before = 0;
    for (const item of shown) {
      if (!isConfirmed(item)) continue;
      must('confirmed items stand in the order of the log', item.seq > before, () => `${what()}: ${item.key}`);
      before = item.seq;
      const place = seen.places.get(item.key) ?? item.seq;
      must('no item moves once confirmed', place === item.seq, () => `${what()}: ${item.key} ${place} → ${item.seq}`);
      seen.places.set(item.key, item.seq);
    }
    // A streamed item keeps its spot when it is stored.
    const order = shown.filter((item) => isConfirmed(item) || streams(item)).map(({key}) => key);
    const both = new Set(order);
    const held = seen.order.filter((key) => both.has(key));
    const known = new Set(held);
    const now = order.filter((key) => known.has(key));
    must('nothing that stays changes place', isDeepStrictEqual(held, now), () => `${what()}: ${held} → ${now}`);
    seen.order = order;
  }

  /** What the page has sent and not settled is shown, once. */
  #words(session: string, shown: readonly Item[], what: () => string): void {
    const counts = new Map<string, number>();
    for (const item of shown) {
      if (
        item.kind === 'message' &&
        item.role === 'user' &&
        item.author?.kind !== 'callback' &&
        item.author?.kind !== 'agent'
      ) {
        counts.set(item.text, (counts.get(item.text) ?? 0) + 1);
      }
    }
    for (const [text, count] of counts)
      must('no words are shown twice', count === 1 || !this.#tagged, () => `${what()}: “${text}”`);
    const {outbox} = this.#page;
    const taken = new Set(outbox.flatMap((command) => (command.op === 'unqueue' ? [command.queued] : [])));
    for (const command of outbox) {
      if (command.session !== session || (command.op !== 'start' && command.op !== 'send')) continue;
      const there = counts.has(command.text) || taken.has(command.id);
      must('what is on its way is shown', there, () => `${what()}: “${command.text}”`);
    }
  }
}
