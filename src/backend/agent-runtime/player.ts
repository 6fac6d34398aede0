import type {Wire} from '../session-sync/testkit.ts';
import type {Line, Recording, Step} from './recording.ts';
import {RestWorld, settled, type Asked} from './testkit.ts';

/** What a person at the page does where the recorded client made a request. */
export interface Person {
  /** `nth` is the same each time that the recording is played. */
  start(nth: number, text: string, agent?: string): void;
  send(nth: number, session: string, text: string): void;
  stop(nth: number, session: string): void;
  /** Stops what was started as `start`, of which there is no session. */
  stopStart(nth: number, start: number): void;
  delete(nth: number, session: string): void;
  /** Between two steps. */
  pause(): Promise<void>;
}

/** From 0 up to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** Milliseconds in which a page asks for jobs that it has heard nothing of; less than it gives a stop. */
const LOOK = [2000, 4000, 3000];

/**
 * Plays a recording to a page that acts as the recorded client did. With `random`, frames of different sessions come in
 * another order, answers earlier or later than they did, and what is read holds more or less of what is on its way: as
 * far as the server's ordering allows each of these.
 */
export class Player {
  readonly world = new RestWorld();
  readonly #recording: Recording;
  readonly #random: (() => number) | undefined;
  /** Recorded names of sessions, and what this page calls them. */
  readonly #names = new Map<string, string>();
  readonly #used = new Set<Line>();
  /** Answers that are on their way. */
  #late: (() => void)[] = [];
  readonly #stored: Wire[] = [];
  #queues = new Map<string, Step[]>();
  /** Recorded names of sessions that were started here, and the act that did. */
  readonly #starts = new Map<string, number>();
  /** How far the recording has been played: line and time. */
  #at = 0;
  #time = 0;
  /** What the recorded client has asked for last. */
  #acting: Wire | undefined;
  /** Something is about to be sent, of which all that follows will come. */
  #isSending = false;

  constructor(recording: Recording, random?: () => number) {
    this.#recording = recording;
    this.#random = random;
    this.world.answers = this.answers;
  }

  readonly answers = (asked: Asked): undefined => this.#answer(asked);

  async play(person: Person): Promise<void> {
    let part: Step[] = [];
    for (const step of this.#recording.steps()) {
      if (step.session !== undefined) {
        part.push(step);
        continue;
      }
      await this.#part(part, person);
      part = [];
      if (step.does === 'close') this.world.socket.closes();
      else await this.#open(step.rows);
    }
    await this.#part(part, person);
    await this.finish();
    // What no frame tells of is found by asking, after a while.
    this.#at = Infinity;
    for (const ms of [...LOOK, ...LOOK]) {
      this.world.passes(ms);
      await this.finish();
    }
  }

  /** Sessions of the server of which the recording has more than their first row. */
  get sessions(): readonly string[] {
    const steps = this.#recording.steps().flatMap((step) => (step.does === 'frame' ? [step.session] : []));
    return [...new Set(steps)];
  }

  async #open(rows: readonly Wire[]): Promise<void> {
    if (this.world.socket.readyState === 3) this.world.wakes();
    this.world.socket.opens();
    await settled();
    this.#arrive(Infinity);
    await settled();
    this.#says({type: 'init', sessions: rows});
    await settled();
  }

  async #part(steps: readonly Step[], person: Person): Promise<void> {
    for (const step of steps) {
      const {session = ''} = step;
      this.#queues.set(this.#random ? session : '', [...(this.#queues.get(this.#random ? session : '') ?? []), step]);
    }
    while (this.#queues.size > 0) {
      const keys = [...this.#queues.keys()].filter((each) => this.#mayCome(each));
      const key = keys[Math.floor((this.#random?.() ?? 0) * keys.length)] ?? '';
      const [step, ...rest] = this.#queues.get(key) ?? [];
      if (rest.length > 0) this.#queues.set(key, rest);
      else this.#queues.delete(key);
      if (step) {
        this.#passes(step);
        await this.#do(step, person);
      }
      if (!this.#random) await settled();
      if (!this.#random || this.#random() < 0.5) this.#arrive(this.#random ? this.#random() * 3 : Infinity);
      if (!this.#random || this.#random() < 0.7) await settled();
      await person.pause();
    }
  }

  /** An agent starts a child once the server has told all pages of its own session: no order has the child before. */
  #mayCome(key: string): boolean {
    const [step] = this.#queues.get(key) ?? [];
    const parent = step?.does === 'frame' ? (step.frame.session?.parent_session_name as string | null) : undefined;
    const ahead = (parent && this.#queues.get(this.#recording.idOf(parent) ?? '')) || [];
    return !ahead.some((each) => each.does === 'frame' && each.frame.type === 'session_created');
  }

  /** The time that was between two lines; at random less, so that an answer which is late is not taken for none. */
  #passes({at, time}: Step): void {
    const gap = Math.max(0, time - this.#time);
    this.#at = Math.max(this.#at, at);
    this.#time = Math.max(this.#time, time);
    this.world.passes(this.#random ? this.#random() * Math.min(gap, 1500) : gap);
  }

  /** Everything that is on its way arrives. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      await settled();
      this.#arrive(Infinity);
    }
    await settled();
  }

  async #do(step: Step, person: Person): Promise<void> {
    if (step.does === 'frame') {
      if (step.frame.type === 'event') this.#store(step.frame.data as Wire);
      this.#says(step.frame);
    } else if (step.does === 'act') await this.#act(step, person);
    else if (step.does === 'look') {
      for (const ms of LOOK) {
        await this.finish();
        this.world.passes(ms);
      }
      await this.finish();
    }
  }

  async #act({nth, method, path, body}: Extract<Step, {does: 'act'}>, person: Person): Promise<void> {
    const [, kind, id = '', verb] = path.split('/');
    this.#acting = body;
    const before = this.world.of('POST', /^\/jobs$/).length;
    if (method === 'POST' && path === '/jobs' && body.prompt && body.type === 'start_session') {
      this.#starts.set(body.session_name as string, nth);
      person.start(nth, body.prompt as string, body.agent_name as string | undefined);
      this.#names.set(body.session_name as string, await this.#posted(body.prompt as string, before));
    } else if (method === 'POST' && path === '/jobs' && body.prompt && body.type === 'resume_session') {
      const session = this.#recording.idOf(body.session_name as string);
      if (!session) return;
      this.#isSending = true;
      person.send(nth, session, body.prompt as string);
      await this.#posted(body.prompt as string, before);
    } else if (method === 'POST' && kind === 'sessions' && verb === 'stop') person.stop(nth, id);
    else if (method === 'POST' && kind === 'jobs' && verb === 'stop') {
      const name = this.#recording.nameOfJob(id);
      const session = name && this.#recording.idOf(name);
      const start = name && this.#starts.get(name);
      if (session) person.stop(nth, session);
      else if (typeof start === 'number') person.stopStart(nth, start);
    } else if (method === 'DELETE' && kind === 'sessions') person.delete(nth, id);
  }

  /** Nothing comes of words before the page has sent them. Returns the name that it gave to the session. */
  async #posted(prompt: string, before: number): Promise<string> {
    for (let turn = 0; turn < 20; turn++) {
      const posts = this.world.of('POST', /^\/jobs$/).slice(before);
      const request = posts.find(({body}) => body.prompt === prompt);
      if (request) {
        this.#isSending = false;
        return request.body.session_name as string;
      }
      this.#arrive(Infinity);
      await settled();
    }
    throw new Error(`The page has not sent “${prompt}”.`);
  }

  #store(event: Wire): void {
    if (!this.#stored.includes(event)) this.#stored.push(event);
  }

  #says(frame: Wire): void {
    let text = JSON.stringify(frame);
    for (const [recorded, own] of this.#names) text = text.replaceAll(`"${recorded}"`, `"${own}"`);
    this.world.socket.says(text);
  }

  /** Some of the answers that are on their way, in any order. */
  #arrive(count: number): void {
    for (let left = count; left >= 1 && this.#late.length > 0; left--) {
      const at = Math.floor((this.#random?.() ?? 0) * this.#late.length);
      const [run] = this.#late.splice(at, 1);
      run?.();
    }
  }

  #answer(asked: Asked): undefined {
    const {method, path} = asked;
    const [, kind, id, more] = path.split('/');
    // What is read is read now, however late it comes.
    const [status, body] =
      method === 'GET' && kind === 'sessions' && more === 'events'
        ? [200, this.#eventsOf(id ?? '')]
        : this.#recorded(asked);
    this.#late.push(() => asked.answer(status, body));
    return undefined;
  }

  #recorded({method, path, body}: Asked): readonly [number, unknown] {
    const told = this.#recording.lines.filter(
      (each) => each.dir === 'in' && each.method === method && each.path === path,
    );
    // A stop is asked for more often than it was, and changes nothing of what was said.
    const isAgain = path.endsWith('/stop') && told.every((each) => this.#used.has(each));
    const line = this.#recording.lines.find((each, at) => {
      if (!told.includes(each)) return false;
      if (this.#used.has(each) && !isAgain) return false;
      if (method !== 'POST' || path !== '/jobs') return true;
      const request = this.#recording.lines
        .slice(0, at)
        .findLast((before) => before.dir === 'out' && before.path === '/jobs');
      // The same words may have been started twice.
      const isOther = this.#acting?.prompt === body.prompt && request?.body !== this.#acting;
      return !isOther && request?.body?.prompt === body.prompt;
    });
    if (method === 'GET' && path === '/agents') return [200, this.#agents()];
    if (method === 'GET' && /^\/jobs\/./.test(path)) return this.#job(path);
    if (!line) return [404, {detail: 'Not Found'}];
    if (method === 'POST') this.#used.add(line);
    return [line.status ?? 200, line.body];
  }

  /** As they were left. */
  #agents(): unknown {
    const told = this.#recording.lines.findLast(
      ({dir, method, path}) => dir === 'in' && method === 'GET' && path === '/agents',
    );
    return told?.body ?? AGENTS;
  }

  /** What was said of it last by then; before anything was said it was at work. */
  #job(path: string): readonly [number, unknown] {
    const told = this.#recording.lines.flatMap((each, at) =>
      each.dir === 'in' && each.method === 'GET' && each.path === path ? [{...each, at}] : [],
    );
    // What is told to stop does so within a second, whoever asks; and what it has said is said before.
    const isStopped = [...this.#used].some((each) => each.path === `${path}/stop`);
    const session = this.#recording.sessionOfJob(path.split('/')[2] ?? '');
    const isSpeaking = [...this.#queues.values()]
      .flat()
      .some((step) => step.does === 'frame' && step.session === session && step.frame.type === 'event');
    const last = isSpeaking ? undefined : told.findLast(({at}) => isStopped || at <= this.#at);
    if (last) return [last.status ?? 200, last.body];
    const job = {job_id: path.split('/')[2], session_name: 'x', prompt: '', ...(told[0]?.body as object | undefined)};
    return [200, {...job, status: 'running'}];
  }

  /** As the database has them: those that were told, and perhaps some that are about to be. */
  #eventsOf(session: string): unknown {
    const queue = [...this.#queues.values()].flat().filter((step) => step.session === session);
    const ahead = this.#isSending ? 0 : Math.floor((this.#random?.() ?? 0) * 4);
    for (const step of queue.slice(0, ahead)) {
      if (step.does === 'act') break;
      if (step.does === 'frame' && step.frame.type === 'event') this.#store(step.frame.data as Wire);
    }
    const events = this.#stored
      .filter(({session_id}) => session_id === session)
      .sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1))
      .slice(0, 100)
      .map(({session_name: _, ...event}, at) => ({
        id: at + 1,
        ...event,
        tool_input: falsy(event.tool_input) ? null : event.tool_input,
        tool_output: falsy(event.tool_output) ? null : event.tool_output,
      }));
    return {events};
  }
}

const falsy = (value: unknown): boolean => !value || (typeof value === 'object' && Object.keys(value).length === 0);

/** Those of the recorded server. */
const AGENTS = [
  {
    name: 'researcher',
    status: 'active',
    system_prompt: 'You are a research assistant.\nAlways cite sources.\n\n## Rules\n- be brief',
  },
  {name: 'worker', status: 'active', system_prompt: 'You are a worker.'},
];
