import assert from 'node:assert/strict';
import {it} from 'node:test';
import {randomFrom} from '../src/backend/agent-runtime/player.ts';
import {line, RestWorld, RuntimePage, Script, settled, type Asked} from '../src/backend/agent-runtime/testkit.ts';
import type {Command} from '../src/model/commands.ts';
import type {StoredEvent} from '../src/model/events.ts';
import {Runtime, type Job} from './support/agent-runtime/runtime.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** One page, and all that is between it and the server. */
class Tab {
  readonly world = new RestWorld();
  readonly page: RuntimePage;
  /** Frames on their way to it. */
  frames: string[] = [];
  /** Requests on their way to the server, and answers on their way back. */
  requests: Asked[] = [];
  answers: (() => void)[] = [];
  isConnected = false;
  readonly sent = new Map<string, string>();

  constructor() {
    this.page = new RuntimePage(new Script(this.world));
    this.world.answers = (asked) => {
      this.requests.push(asked);
      return undefined;
    };
  }

  /** The page may have given the connection up by itself. */
  get isOpen(): boolean {
    return this.isConnected && !this.world.socket.closed;
  }

  /** The thread of a session, as it was told. */
  thread(session: string): readonly StoredEvent[] {
    return this.page.events(session);
  }
}

/**
 * Two pages on one server, on which everything that can happen does so in any order that the server allows: turns that
 * overlap, connections that break, answers that come late or never, callbacks.
 */
class Simulation {
  readonly runtime = new Runtime();
  readonly tabs = [new Tab(), new Tab()];
  readonly #random: () => number;
  /** What executors have yet to do, one request at a time each. */
  readonly #work: (() => void)[][] = [];
  readonly #working = new Map<Job, (() => void)[]>();
  readonly #stops: boolean;
  #made = 0;

  constructor(seed: number, {stops = false, listsJobs = true} = {}) {
    this.#random = randomFrom(seed);
    this.#stops = stops;
    this.runtime.listsJobs = listsJobs;
    this.runtime.onStop = (job) => this.#stop(job);
    this.runtime.broadcast = (frame) => {
      for (const tab of this.tabs) if (tab.isOpen) tab.frames.push(JSON.stringify(frame));
    };
    this.runtime.onJob = (job) => {
      const work = this.#steps(job);
      this.#working.set(job, work);
      this.#work.push(work);
    };
    for (const {page} of this.tabs) page.backend.connect();
  }

  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      await this.#step(this.#pick(this.tabs), step < steps * 0.8);
      if (this.#random() < 0.5) await settled();
    }
  }

  /** All that is on its way arrives, and nothing breaks any more. */
  async drain(): Promise<void> {
    for (let round = 0; round < 400; round++) {
      for (const tab of this.tabs) {
        if (!tab.isOpen) this.#open(tab);
        await settled();
        while (tab.requests.length > 0) this.#serve(tab);
        for (const answer of tab.answers.splice(0)) answer();
        for (const frame of tab.frames.splice(0)) tab.world.socket.says(frame);
        await settled();
      }
      for (const work of [...this.#work]) this.#progress(work);
      if (round % 50 === 49 && round < 350) for (const {world} of this.tabs) world.passes(31_000);
    }
    const ids = this.sessions();
    for (const {page} of this.tabs) page.backend.watch(ids);
    for (let round = 0; round < 3; round++) {
      await settled();
      for (const tab of this.tabs) {
        while (tab.requests.length > 0) this.#serve(tab);
        for (const answer of tab.answers.splice(0)) answer();
      }
      await settled();
    }
  }

  /** As the pages call them. */
  sessions(): readonly string[] {
    const rows = this.tabs.flatMap(({page}) =>
      page.inputs.flatMap((input) => {
        if (input.type === 'sessions') return input.sessions.map(({id}) => id);
        return input.type === 'session' ? [input.session.id] : [];
      }),
    );
    return [...new Set(rows)];
  }

  async #step(tab: Tab, mayAct: boolean): Promise<void> {
    const chance = this.#random();
    if (!tab.isOpen) {
      if (chance < 0.3) this.#open(tab);
    } else if (chance < 0.02) {
      tab.isConnected = false;
      tab.frames = [];
      tab.world.socket.closes();
    } else if (chance < 0.1 && mayAct) this.#act(tab);
    else if (chance < 0.15) tab.page.backend.watch(this.sessions().filter(() => this.#random() < 0.6));
    else if (chance < 0.2) tab.world.passes(1000);
    else if (chance < 0.4) this.#serve(tab);
    else if (chance < 0.6) tab.answers.splice(Math.floor(this.#random() * tab.answers.length), 1)[0]?.();
    else if (chance < 0.8) {
      const frame = tab.frames.shift();
      if (frame) tab.world.socket.says(frame);
    } else if (this.#work.length > 0) this.#progress(this.#pick(this.#work));
    return Promise.resolve();
  }

  #open(tab: Tab): void {
    if (tab.world.socket.readyState === 3) tab.world.wakes();
    tab.isConnected = true;
    tab.world.socket.opens();
    tab.frames = [JSON.stringify({type: 'init', sessions: this.runtime.rows})];
  }

  /** The server has got the request; the answer leaves, and may be lost. */
  #serve(tab: Tab): void {
    const asked = tab.requests.shift();
    // What was given up before it left never arrives; or it has left.
    if (!asked || (!asked.isOpen && this.#random() < 0.5)) return;
    const [status, body] = this.runtime.request(asked.method, asked.path, asked.body);
    const frozen: unknown = JSON.parse(JSON.stringify(body));
    tab.answers.push(() => asked.answer(status, frozen));
  }

  #act(tab: Tab): void {
    const n = ++this.#made;
    // A person can only write to what the page shows.
    const sessions = this.sessions().filter((id) => tab.page.session(id));
    if (this.#stops && this.#random() < 0.3) return this.#press(tab, n);
    const text = this.#random() < 0.2 ? `child of m${n}` : `m${n}`;
    const command: Command =
      sessions.length === 0 || this.#random() < 0.2
        ? {id: uuid(2 * n), op: 'start', session: uuid(2 * n + 1), text}
        : {id: uuid(2 * n), op: 'send', session: this.#pick(sessions), text};
    tab.sent.set(command.id, text);
    void tab.page.give(command);
  }

  /** Stop, of something that works as far as the page knows. */
  #press({page}: Tab, n: number): void {
    const working = this.sessions().flatMap((id) => page.session(id) ?? []);
    const {id: session, turn} = working.find(({turn}) => turn !== undefined) ?? {};
    if (session && turn) void page.give({id: uuid(2 * n), op: 'stop', session, turn});
  }

  /** The executor is killed, wherever it is; what it has said by then is said. */
  #stop(job: Job): void {
    const work = this.#working.get(job);
    if (!work?.length) return;
    work.length = 0;
    work.push(() => {
      job.status = 'stopped';
      const row = this.runtime.byName(job.session_name);
      if (row) this.runtime.patch(row.session_id, {status: 'stopped'});
    });
  }

  #steps(job: Job): (() => void)[] {
    const {runtime} = this;
    let id = '';
    const {prompt} = job;
    const begin =
      job.type === 'start_session'
        ? [() => (id = runtime.create(job).session_id)]
        : [
            () => (id = runtime.byName(job.session_name)?.session_id ?? ''),
            () => runtime.patch(id, {last_resumed_at: runtime.now()}),
            () => runtime.event(id, 'session_start'),
          ];
    const child = () =>
      void runtime.post({
        type: 'start_session',
        session_name: `child-${++this.#made}`,
        prompt: `work for ${prompt}`,
        parent_session_name: job.session_name,
      });
    return [
      () => {
        if (job.status === 'stopped') this.#working.get(job)?.splice(0);
        else job.status = 'running';
      },
      ...begin,
      () => runtime.message(id, 'user', prompt),
      ...(prompt.startsWith('child') ? [child] : []),
      () => runtime.message(id, 'assistant', `answer to ${prompt.slice(0, 40)} ${++this.#made}`),
      () => runtime.event(id, 'session_stop', {exit_code: 0, reason: 'completed'}),
      () => (job.status = 'completed'),
    ];
  }

  #progress(work: (() => void)[]): void {
    work.shift()?.();
    if (work.length === 0) this.#work.splice(this.#work.indexOf(work), 1);
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }
}

/** As many as are quick enough for every run of the tests; after a change of the backend: `SIMULATION_SEEDS=200 npm test -- --only node`. */
const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 50);

/** Answers that stand under the words of another turn than they answer. */
function wrongHeadings(events: readonly StoredEvent[]): readonly string[] {
  const asked = new Map<string, string>();
  return events.flatMap(({event}) => {
    if (event.kind !== 'message') return [];
    if (event.role === 'user' && event.turn !== undefined) asked.set(event.turn, event.sent ?? event.text);
    // Those of turns that overlap stand under no heading.
    if (event.role === 'user' || event.turn === undefined || event.turn === 'unknown') return [];
    const words = asked.get(event.turn) ?? '';
    return event.text.startsWith(`answer to ${words.slice(0, 40)} `) ? [] : [`${event.text} under ${words}`];
  });
}

/** What both pages show of each session is what was said there, each once, and nothing under a wrong heading. */
function assertThreads({runtime, tabs}: Simulation, seed: number): void {
  for (const [at, tab] of tabs.entries()) {
    const {page} = tab;
    for (const {session_name, session_id} of runtime.rows) {
      const where = `seed ${seed}, page ${at}: ${session_name}`;
      const id = page.of('session-alias').find(({alias}) => alias === session_id)?.session ?? session_id;
      const events = tab.thread(id);
      const texts = events.flatMap(({event}) =>
        event.kind === 'message' ? [event.author ? (event.sent ?? '') : event.text] : [],
      );
      const once = texts.filter((text, index) => text !== texts[index - 1] || !text.startsWith('Multiple'));
      const said = runtime.said(session_id);
      // Beyond the oldest 100 events a page has what it has heard itself.
      const expected = said.events > 100 ? said.texts.filter((text) => once.includes(text)) : said.texts;
      assert.deepEqual(once, expected, where);
      assert.deepEqual(wrongHeadings(events), [], where);
      const mine = events.flatMap(({event, command}) => (command ? [line(event, command)] : []));
      assert.deepEqual(
        mine.filter((each) => ![...tab.sent.values()].some((text) => each === `me: ${text}`)),
        [],
        `${where}: mine`,
      );
    }
  }
}

const jobsOf = ({runtime}: Simulation, text: string): number =>
  [...runtime.jobs.values()].filter(({prompt}) => prompt === text).length;

it('two pages, overlapping turns, callbacks and connections that break: no message is lost or doubled', async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const simulation = new Simulation(seed);
    await simulation.run(600);
    await simulation.drain();
    assertThreads(simulation, seed);
    for (const [at, {page, sent}] of simulation.tabs.entries()) {
      const where = `seed ${seed}, page ${at}`;
      for (const [id, text] of sent) {
        const [outcome = 'none', ...others] = page.outcomes().filter((each) => each.startsWith(id));
        assert.deepEqual(others, [], `${where}: ${text} ends once`);
        const count = jobsOf(simulation, text);
        // Where no answer comes for 20 s, to nothing, the page says that it does not know, and the person decides.
        if (outcome.startsWith(`${id} unreachable`)) assert.ok(count <= 1, `${where}: ${text}`);
        else assert.deepEqual([outcome, count], [`${id} settled`, 1], `${where}: ${text}`);
      }
      for (const id of simulation.sessions())
        if (page.session(id)) assert.equal(page.session(id)?.status, 'finished', `${where}: ${id}`);
    }
  }
});

it('stops at any moment, also on a server that lists no jobs: nothing is sent twice, lost, or under a wrong heading', async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const simulation = new Simulation(seed, {stops: true, listsJobs: seed % 2 === 0});
    await simulation.run(600);
    await simulation.drain();
    assertThreads(simulation, seed);
    for (const [at, {page, sent}] of simulation.tabs.entries()) {
      const where = `seed ${seed}, page ${at}`;
      for (const [id, text] of sent) {
        const outcomes = page.outcomes().filter((each) => each.startsWith(id));
        assert.ok(outcomes.length <= 1, `${where}: ${outcomes.join()}`);
        assert.ok(jobsOf(simulation, text) <= 1, `${where}: ${text} was sent twice`);
        // What has no end waits, because the person has stopped what it was said after.
        if (outcomes.length === 0) assert.equal(jobsOf(simulation, text), 0, `${where}: ${text}`);
      }
    }
  }
});
