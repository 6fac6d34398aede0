import {randomUUID} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {createAcpAgent} from '../../demo/server/agents/acp/acp-agent.ts';
import {DEFAULTS, type AcpConfig} from '../../demo/server/agents/acp/config.ts';
import {ownerOf} from '../../demo/server/agents/acp/left-behind.ts';
import {steadyClock} from '../../demo/server/clock.ts';
import type {Agent, AgentAside, AgentEvent, AgentTurn, OwnTurn} from '../../demo/server/core/agent.ts';
import type {Clock} from '../../demo/server/core/ports.ts';
import {temporaryFolder} from '../support/server-process.ts';

const script = join(import.meta.dirname, '../support/acp-agent.mjs');

type Event<T extends AgentEvent['type']> = Extract<AgentEvent, {type: T}>;

/** One turn of the agent, as the server would have it. */
export class RigTurn {
  readonly events: AgentEvent[] = [];
  readonly #abort = new AbortController();
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Set<() => void>();

  constructor(events: OwnTurn['events']) {
    this.#ended = this.#hear(events(this.#abort.signal));
  }

  /** The error that it ended with, if any. */
  ended(): Promise<unknown> {
    return this.#ended;
  }

  stop(): void {
    this.#abort.abort();
  }

  get text(): string {
    return this.events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  }

  get types(): string[] {
    return this.events.map(({type}) => type);
  }

  /** The first event of a type, as soon as there is one. */
  async first<T extends AgentEvent['type']>(type: T): Promise<Event<T>> {
    await this.until(() => this.events.some((event) => event.type === type));
    return this.events.find((event): event is Event<T> => event.type === type) as Event<T>;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      const next = new Promise<'event'>((resolve) => this.#waiting.add(() => resolve('event')));
      const first = await Promise.race([next, this.#ended.then((error) => ({error}))]);
      if (first !== 'event' && !holds()) throw new Error(`The turn ended before: ${String(first.error)}`);
    }
  }

  async #hear(events: AsyncIterable<AgentEvent>): Promise<unknown> {
    try {
      for await (const event of events) {
        this.events.push(event);
        for (const wake of this.#waiting) wake();
        this.#waiting.clear();
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

export interface Rig {
  readonly agent: Agent;
  readonly folder: string;
  /** What was told beside turns, by session. */
  readonly told: Map<string, AgentAside[]>;
  /** The next turn that the agent begins by itself. */
  own(): Promise<RigTurn>;
  turn(session: string, text: string, more?: Partial<AgentTurn>): RigTurn;
  /** What the agent had stored with a session. */
  kept(session: string): string | undefined;
  /** The same configuration again, as after a restart of the server. */
  restarted(flags?: readonly string[]): Rig;
  /** Every process that has come of this rig. */
  processes(): Promise<number[]>;
}

/** The scripted agent behind ours; when the test is over it is closed, and nothing of it may run. */
export async function rig(
  t: TestContext,
  flags: readonly string[] = [],
  more: Partial<AcpConfig> = {},
  clock: Clock = steadyClock,
): Promise<Rig> {
  const {path, remove} = await temporaryFolder();
  const run = randomUUID();
  const agents: Agent[] = [];
  t.after(async () => {
    await Promise.all(agents.map((agent) => agent.close?.()));
    await remove();
  });
  const make = (own: readonly string[]): Rig => {
    const config: AcpConfig = {
      ...DEFAULTS,
      id: 'scripted',
      title: 'Scripted',
      command: process.execPath,
      args: [script, ...own],
      ...more,
      env: {ACP_TEST_STATE: path, ACP_TEST_RUN: run, ...more.env},
    };
    const surroundings = {env: process.env, workspace: path, clock, owner: ownerOf(path), cleared: Promise.resolve()};
    const agent = createAcpAgent(config, surroundings);
    agents.push(agent);
    const told = new Map<string, AgentAside[]>();
    const begun: RigTurn[] = [];
    let wake = (): void => undefined;
    agent.attach?.({
      tell: ({session}, event) => void told.set(session, [...(told.get(session) ?? []), event]),
      begin: (_, turn) => {
        begun.push(new RigTurn((signal) => turn.events(signal)));
        wake();
      },
    });
    const kept = (session: string): string | undefined =>
      told
        .get(session)
        ?.flatMap((event) => (event.type === 'keep' && event.data !== null ? [event.data] : []))
        .at(-1);
    return {
      agent,
      folder: path,
      told,
      async own() {
        for (;;) {
          const next = begun.shift();
          if (next) return next;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      },
      kept,
      turn(session, text, fields) {
        const known = kept(session);
        const turn = {session, user: '', turn: randomUUID(), messages: [{text}], chosen: {}};
        const whole = {...turn, ...(known !== undefined && {kept: known}), ...fields};
        return new RigTurn((signal) => agent.run(whole, signal));
      },
      restarted: (other = flags) => make(other),
      processes: () => withVariable(`ACP_TEST_RUN=${run}`),
    };
  };
  return make(flags);
}

/** Processes that run with a variable in their environment; Linux only. */
export async function withVariable(variable: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      return environ.split('\0').includes(variable) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}
