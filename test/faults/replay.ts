import type {Peer} from '../../demo/server/core/ports.ts';
import type {ClientFrame, ClientFrameOf} from '../../src/backend/session-sync/frames.ts';
import {LIST, sessionOf} from '../../src/backend/session-sync/wire.ts';
import type {ExportLine, RecordingEvent} from '../../src/backend/wire/export.ts';
import type {Item} from '../../src/model/items.ts';
import type {SessionView} from '../../src/model/project.ts';
import {forgetFound, throwFound} from './broken.ts';
import {Heard} from './heard.ts';
import {Link, type Tap} from './link.ts';
import {PageRules} from './page-rules.ts';
import {SimPage, type Ack, type Surroundings} from './page.ts';
import {sound, type Part} from './parts.ts';
import {LATENCY} from './pipe.ts';
import {issue} from './reissue.ts';
import {Time} from './time.ts';

/** Milliseconds: a page that slept must not be taken for a connection that died. */
const LONGEST_PAUSE = 1_000;
/** As the browser says it of a connection that broke. */
const BROKEN = 1006;

export interface Replayed {
  /** Frames that the page was given. */
  readonly played: number;
  /** Frames of connections whose beginning is not in the recording: a page can make nothing of them. */
  readonly skipped: number;
  /** What may be missing of the recording itself. */
  readonly warnings: readonly string[];
  readonly sessions: readonly SessionView[];
  /** What each session shows that was watched last. */
  readonly threads: Readonly<Record<string, readonly Item[]>>;
}

/**
 * Plays what a recording of `<session-inspector>` has received through the real backend and store, on a virtual clock, and
 * has the page do what the recording says that it has sent. Throws the first promise of the protocol that the page breaks
 * on the way (`PageRules`, measured against what was received).
 */
export async function replay(lines: readonly ExportLine[], part: Part = sound): Promise<Replayed> {
  forgetFound();
  return new Replay(lines, part).run();
}

interface Asked {
  readonly own: ClientFrameOf<'query'>;
  /** Its id in the recording. */
  recorded: string | undefined;
}

class Replay implements Surroundings {
  readonly time = new Time();
  readonly users: readonly string[] = [];
  readonly part: Part;
  readonly #lines: readonly ExportLine[];
  /** Generations that can be played, with the channels of their hello. */
  readonly #begun = new Map<number, readonly string[]>();
  readonly #followed = new Set<string>();
  readonly #heard = new Map<string, Heard>();
  /** Connections that the page has left: what still comes over them is heard by nobody. */
  readonly #closing = new Set<number>();
  readonly #page: SimPage;
  readonly #rules: PageRules;
  #applyWatch = (): void => {};
  #ids: string[] = [];
  #made = 0;
  #epoch = '';
  #generation = 0;
  #peer: Peer | undefined;
  #asked: Asked[] = [];
  #played = 0;
  #skipped = 0;

  constructor(lines: readonly ExportLine[], part: Part) {
    this.#lines = lines;
    for (const line of lines) {
      const hello = line.direction === 'sent' ? (line.frame as Partial<ClientFrameOf<'hello'>>) : undefined;
      if (hello?.type !== 'hello') continue;
      this.#begun.set(line.generation, hello.channels?.map(({channel}) => channel) ?? []);
    }
    this.part = {
      ...part,
      // It follows what the recorded page followed, not what a page of now would keep for a while.
      backend: (options) => {
        const backend = part.backend(options);
        this.#applyWatch = () => backend.watch([...this.#followed]);
        return {
          connect: () => backend.connect(),
          disconnect: () => backend.disconnect(),
          reconnect: () => backend.reconnect(),
          watch: () => this.#applyWatch(),
          deliver: (commands) => backend.deliver(commands),
          query: (query) => backend.query(query),
        };
      },
    };
    this.#page = new SimPage('the page of the recording', '', this);
    this.#rules = new PageRules(this.#page, (epoch) => this.#truth(epoch), false);
  }

  async run(): Promise<Replayed> {
    let before = NaN;
    for (const line of this.#lines) {
      const time = Date.parse(line.time);
      const pause = Math.max(0, Math.min(time - before, LONGEST_PAUSE));
      before = time;
      if (pause > LATENCY) await this.time.advance(pause - LATENCY);
      await this.#play(line);
      await this.time.advance(LATENCY);
      this.#rules.check();
      throwFound();
    }
    return this.#result();
  }

  // ---- what the page needs ------------------------------------------------------------------------------------------

  dial(_: SimPage, tap: Tap): Link {
    this.#peer = undefined;
    return new Link(this.time, (peer) => this.#accept(peer), tap);
  }

  uuid(): string {
    return this.#ids.shift() ?? `00000000-0000-4000-9000-${String((this.#made += 1)).padStart(12, '0')}`;
  }

  random(): number {
    return 0.5;
  }

  acked(page: SimPage, {command}: Ack, epoch: string): void {
    const known = page.commands.get(command);
    if (known) this.#truth(epoch).acked(known.session, command);
  }

  emitted(_: SimPage, inputs: Parameters<Surroundings['emitted']>[1]): void {
    this.#rules?.emitted(inputs);
  }

  #accept(peer: Peer) {
    this.#peer = peer;
    return {
      receive: (text: string) => {
        const frame = JSON.parse(text) as ClientFrame;
        if (frame.type === 'query') this.#asked.push({own: frame, recorded: undefined});
      },
      unreadable() {},
      alive() {},
      drained() {},
      closed() {},
    };
  }

  #truth(epoch: string): Heard {
    const [name = ''] = epoch.split(' ');
    const heard = this.#heard.get(name) ?? new Heard();
    this.#heard.set(name, heard);
    return heard;
  }

  // ---- what the recording says --------------------------------------------------------------------------------------

  async #play(line: ExportLine): Promise<void> {
    if (line.direction === 'connection') return this.#happened(line.event, line.generation);
    const isCurrent = line.generation === this.#generation && this.#begun.has(line.generation);
    if (line.direction === 'sent') {
      if (isCurrent) await this.#did(line.frame as ClientFrame);
    } else if (isCurrent && this.#peer && this.#page.link?.readyState === 1) this.#said(line.frame);
    else if (!this.#closing.has(line.generation)) this.#skipped += 1;
  }

  #happened(event: Extract<ExportLine, {direction: 'connection'}>['event'], generation: number): void {
    if (event.type === 'idle') return this.#page.store.disconnect();
    if (event.type === 'opening') {
      this.#generation = generation;
      // The first time it has dialled by itself; later its own pauses are not those of the recording.
      const isDialling = this.#page.store.connection.status === 'connecting' && this.#page.link?.readyState === 0;
      if (!isDialling) this.#page.store.reconnect();
    }
    if (event.type === 'closing') this.#closing.add(generation);
    if (generation !== this.#generation) return;
    if (event.type === 'opened') {
      for (const channel of this.#begun.get(generation) ?? []) this.#follow(sessionOf(channel));
      this.#page.link?.dial();
    }
    if (event.type === 'closed') this.#closed(Number(event['code']), String(event['reason'] ?? ''));
  }

  #closed(code: number, reason: string): void {
    const {link} = this.#page;
    if (!this.#peer) link?.fail();
    else if (code === BROKEN) link?.cut({up: 0, down: 0, page: 0, server: Infinity});
    else this.#peer.close(code, reason);
  }

  #follow(session: string | undefined): void {
    if (session === undefined || this.#followed.has(session)) return;
    this.#followed.add(session);
    this.#page.watch(session);
  }

  async #did(frame: ClientFrame): Promise<void> {
    const {store, commands} = this.#page;
    switch (frame.type) {
      case 'subscribe':
        return this.#follow(sessionOf(frame.channel));
      case 'unsubscribe':
        this.#followed.delete(sessionOf(frame.channel) ?? '');
        this.#page.unwatch(sessionOf(frame.channel) ?? '');
        return this.#applyWatch();
      case 'command':
        // What was sent before is sent again without being asked for.
        if (commands.has(frame.id)) return;
        this.#ids = frame.op === 'start' ? [frame.session, frame.id] : [frame.id];
        issue(store, frame);
        this.#ids = [];
        return;
      case 'query': {
        const {id, channel, before, cursor, text} = frame;
        const same = () =>
          this.#asked.find(
            ({own, recorded}) =>
              recorded === undefined &&
              own.channel === channel &&
              own.before === before &&
              own.cursor === cursor &&
              own.text === text,
          );
        if (!same()) this.#ask(frame);
        await this.time.advance(LATENCY);
        const asked = same();
        if (asked) asked.recorded = id;
      }
    }
  }

  #ask({type: _, id: __, channel, status, ...query}: ClientFrameOf<'query'>): void {
    const session = sessionOf(channel);
    if (session !== undefined) void this.#page.store.loadOlder(session);
    else if (channel === LIST && status === undefined) void this.#page.store.findSessions(query);
  }

  #said(frame: unknown): void {
    const read = frame as {readonly type?: unknown; readonly id?: unknown; readonly epoch?: unknown};
    if (read?.type === 'welcome' && typeof read.epoch === 'string') this.#epoch = read.epoch;
    const asked = read?.type === 'page' ? this.#asked.find(({recorded}) => recorded === read.id) : undefined;
    // The answer to a question of its own.
    const said = asked ? {...read, id: asked.own.id} : frame;
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    this.#truth(this.#epoch).hear(text, (id) => this.#asked.find(({own}) => own.id === id)?.own.channel);
    this.#peer?.send(text);
    this.#played += 1;
  }

  #result(): Replayed {
    const {store, watching} = this.#page;
    const [first] = this.#lines;
    const about = (first?.direction === 'connection' ? first.event : {}) as Partial<RecordingEvent>;
    const warnings = [
      ...(about.type === 'recording' ? [] : ['The first line does not say what this recording is.']),
      ...(about.late ? ['It begins in the middle of a connection: what came before is not in it.'] : []),
      ...(about.filtered ? ['It is a choice of frames: what is missing was not looked for.'] : []),
      ...(about.missing ? [`${about.missing} frames are missing of it.`] : []),
    ];
    const threads = [...watching.keys()].map((session) => {
      const cell = store.thread(session);
      return [session, cell ? [...cell.keys].flatMap((key) => cell.item(key)?.get() ?? []) : []] as const;
    });
    const sessions = [...store.sessions.all()];
    return {played: this.#played, skipped: this.#skipped, warnings, sessions, threads: Object.fromEntries(threads)};
  }
}
