import {parse} from '../../src/backend/session-sync/parse.ts';
import type {Problem} from '../../src/store/problems.ts';
import {forgetFound, throwFound} from '../faults/broken.ts';
import {Link} from '../faults/link.ts';
import {SimPage, type Surroundings} from '../faults/page.ts';
import {LATENCY} from '../faults/pipe.ts';
import {sound, type Part} from '../faults/parts.ts';
import {wordsFor, type Script} from '../faults/scripts.ts';
import {SimServer} from '../faults/server.ts';
import {Time} from '../faults/time.ts';
import {faceOf, wordsOf, type Face} from './face.ts';
import {mustHold, Wrong} from './hunt.ts';
import {Luck} from './luck.ts';
import type {Known} from './strange-frames.ts';

const USER = 'alice';
/** More than that is no sentence for a person. */
const SENTENCE = 2_000;
const KEPT_FRAMES = 80;

/** One live page and the real core of the server, on one virtual clock; anything can be put between them. */
export class ClientWorld implements Surroundings {
  readonly time = new Time();
  readonly users = [USER];
  readonly part: Part;
  readonly server: SimServer;
  readonly page: SimPage;
  readonly sessions: string[] = [];
  /** The last valid frames, of both directions. */
  readonly frames: string[] = [];
  readonly parsed: unknown[] = [];
  readonly queries: string[] = [];
  listeners = 0;
  #wrong: Wrong | undefined;
  readonly #said = new Set<string>();
  readonly #luck = new Luck(1);
  #uuids = 0;
  #words = 0;

  constructor(part: Part = sound) {
    forgetFound();
    this.part = {...part, environment: (environment) => this.#watched(part.environment(environment))};
    this.server = new SimServer(this.time, {}, sound);
    this.page = this.open(USER);
  }

  open(name: string): SimPage {
    const page = new SimPage(name, USER, this);
    page.store.onProblem((problem) => this.#heard(problem));
    return page;
  }

  #watched(environment: ReturnType<Part['environment']>): ReturnType<Part['environment']> {
    return {
      ...environment,
      timer: (ms, run) => {
        if (!Number.isFinite(ms)) this.#note(new Wrong('a timer has an end', String(ms)));
        return environment.timer(ms, run);
      },
      onWake: (run) => {
        this.listeners += 1;
        const stop = environment.onWake(run);
        return () => {
          this.listeners -= 1;
          stop();
        };
      },
    };
  }

  #heard({code, message}: Problem): void {
    const isShort = message.length <= SENTENCE && code.length <= SENTENCE;
    if (!isShort) this.#note(new Wrong('a problem is a sentence', `${code}: ${message}`));
    // Whoever has asked is told each time.
    if (code !== 'unreadable' || message === 'The answer of the server could not be read.') return;
    if (this.#said.has(message)) this.#note(new Wrong('what cannot be read is reported once', message));
    this.#said.add(message);
  }

  #note(wrong: Wrong): void {
    this.#wrong ??= wrong;
  }

  /** What was found where nothing may be thrown. */
  throwFound(): void {
    throwFound();
    if (this.#wrong) throw this.#wrong;
  }

  dial(page: SimPage, tap: ConstructorParameters<typeof Link>[2]): Link {
    const link: Link = new Link(this.time, (peer) => this.server.accept(link, peer), {
      up: (text) => {
        if (text.startsWith('{"type":"query"')) this.#keep(this.queries, (JSON.parse(text) as {id: string}).id, 8);
        this.#remember(text);
        return tap.up(text);
      },
      down: (text) => {
        if (page === this.page) this.#remember(text);
        return tap.down(text);
      },
    });
    this.time.timer(LATENCY, () => link.dial());
    return link;
  }

  #remember(text: string): void {
    if (text.length > 20_000) return;
    this.#keep(this.frames, text, KEPT_FRAMES);
    this.#keep(this.parsed, JSON.parse(text) as unknown, KEPT_FRAMES);
  }

  #keep<T>(list: T[], one: T, most: number): void {
    list.push(one);
    if (list.length > most) list.shift();
  }

  uuid(): string {
    return `00000000-0000-4000-8000-${String((this.#uuids += 1)).padStart(12, '0')}`;
  }

  random(): number {
    return this.#luck.next();
  }

  acked(): void {
    // Nobody is held to what a page was told that was lied to.
  }

  emitted(): void {
    // As above.
  }

  // ---- what people do ---------------------------------------------------------------------------------------------

  start(script: Script): void {
    const session = this.page.store.start(this.#wordsFor(script));
    if (session === undefined) return;
    this.sessions.push(session);
    this.page.watch(session);
  }

  send(session: string, script: Script): void {
    this.page.store.send(session, this.#wordsFor(script));
  }

  #wordsFor(script: Script): string {
    return wordsFor(`${USER}#${(this.#words += 1)}`, script);
  }

  // ---- what is seen -----------------------------------------------------------------------------------------------

  get face(): Face {
    return faceOf(this.page.store, this.page.watching.keys());
  }

  get isOpen(): boolean {
    return this.page.store.connection.status === 'open';
  }

  known(session: string): Known {
    const confirmed = this.page.store.thread(session)?.confirmed;
    const items = confirmed ? [...confirmed.folded.items, ...confirmed.tail] : [];
    return {
      session,
      seq: confirmed?.log.at(-1)?.seq ?? 0,
      turn: confirmed?.folded.last?.id ?? 'turn',
      ids: items.flatMap((item) => ('id' in item && item.id !== undefined ? [item.id] : [])).slice(-12),
      commands: [...this.page.outbox.map(({id}) => id), ...(confirmed?.folded.queue.map(({command}) => command) ?? [])],
    };
  }

  /** Hands something to the page as its socket does. */
  give(data: unknown): ReturnType<typeof parse> {
    try {
      this.page.link?.onmessage?.({data});
    } catch (error) {
      throw new Wrong(
        'nothing is thrown out of the store',
        error instanceof Error ? (error.stack ?? '') : String(error),
      );
    }
    this.throwFound();
    return parse(data);
  }

  // ---- the end ----------------------------------------------------------------------------------------------------

  /** The healthy server is there, with its numbers (`same`) or with new ones; then the page shows what a fresh one does. */
  async converge(numbers: 'same' | 'new'): Promise<void> {
    if (numbers === 'new') {
      this.server.restore(0);
      this.server.boot();
    }
    this.page.store.reconnect();
    await this.#quiet(this.page);
    const fresh = this.open(`${USER} afresh`);
    for (const session of this.page.watching.keys()) fresh.watch(session);
    await this.#quiet(fresh);
    await this.#quiet(this.page);
    this.#compare(fresh);
    this.throwFound();
    for (const page of [this.page, fresh]) page.store.disconnect();
    await this.time.advance(1_000);
    mustHold('a page that left holds no timer', this.page.own.held === 0, () => String(this.page.own.held));
    mustHold('a page that left listens to nothing', this.listeners === 0, () => String(this.listeners));
  }

  async #quiet(page: SimPage): Promise<void> {
    let still = 0;
    let commits = -1;
    for (let slices = 0; slices < 400 && still < 3; slices += 1) {
      await this.time.advance(1_000);
      this.throwFound();
      const waits = this.#waits(page) !== '' || commits !== this.server.commits;
      commits = this.server.commits;
      still = waits ? 0 : still + 1;
    }
    const waits = this.#waits(page);
    mustHold('a page comes to rest with a healthy server', waits === '', () => `${page.name}: ${waits}`);
  }

  #waits({store, outbox, watching}: SimPage): string {
    if (store.connection.status !== 'open') return JSON.stringify(store.connection);
    if (!store.listLive) return 'the list is not live';
    if (outbox.length > 0) return JSON.stringify(outbox);
    for (const session of watching.keys()) {
      const confirmed = store.thread(session)?.confirmed;
      if (confirmed && !confirmed.live && !confirmed.missing) return `${session} is not live`;
    }
    return '';
  }

  #compare(fresh: SimPage): void {
    const mine = this.page.store;
    const theirs = fresh.store;
    for (const session of this.page.watching.keys()) {
      const [a, b] = [mine.thread(session)?.confirmed, theirs.thread(session)?.confirmed];
      // An event that was unreadable twice has been passed over, for good as long as its number counts.
      const passedOver = a?.log.slice(0).some(({event}) => event.kind === 'unreadable');
      if (a?.missing && b?.missing) continue;
      const same = passedOver || wordsOf(mine, session) === wordsOf(theirs, session);
      mustHold('a view is as a fresh one', same, () => `${wordsOf(mine, session)}\n${wordsOf(theirs, session)}`);
    }
    const listed = (store: SimPage['store']): string =>
      JSON.stringify(
        [...store.sessions.all()].filter(({local}) => !local).sort((x, y) => (x.id < y.id ? -1 : 1)),
        (_, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).sort()) : value),
      );
    mustHold('a list is as a fresh one', listed(mine) === listed(theirs), () => `${listed(mine)}\n${listed(theirs)}`);
  }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
