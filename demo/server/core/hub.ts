import type {Agent, AgentHost} from './agent.ts';
import {tellBeside} from './asides.ts';
import {Audience} from './audience.ts';
import {Connection} from './connection.ts';
import {activeTurns, type Core} from './core.ts';
import {DEFAULT_LIMITS, type Limits} from './limits.ts';
import type {Authenticate, Client, Clock, Hub, Log, MakeId, Peer} from './ports.ts';
import {recover} from './recovery.ts';
import type {Run} from './run.ts';
import type {Storage} from './storage.ts';
import {beginOwn, fillRoom} from './turns.ts';
import {messageOf, nameOf} from './errors.ts';

export interface HubOptions {
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly storage: Storage;
  readonly authenticate: Authenticate;
  readonly log: Log;
  /** The first is the default of new sessions. */
  readonly agents: readonly Agent[];
  /** Between 5,000 and 30,000. */
  readonly heartbeatMs?: number;
  /** Turns that run at once, of all users; one that waits for a person does not count. */
  readonly maxTurns?: number;
  readonly limits?: Partial<Limits>;
}

const RESTARTING = 1012;
const DEFAULT_HEARTBEAT_MS = 15_000;
const DEFAULT_TURNS = 32;

/** The server without its sockets. What was open when the last one ended is closed or goes on at once. */
export function createHub(options: HubOptions): Hub {
  const heartbeatMs = Math.min(30_000, Math.max(5_000, options.heartbeatMs ?? DEFAULT_HEARTBEAT_MS));
  return new SessionHub(options, heartbeatMs);
}

async function closed(agent: Agent, log: Log): Promise<void> {
  try {
    await agent.close?.();
  } catch (error) {
    log('error', 'agent-close', {agent: agent.id, error: nameOf(error)});
  }
}

class SessionHub implements Hub {
  readonly #core: Core;
  readonly #authenticate: Authenticate;
  readonly #heartbeatMs: number;
  readonly #connections = new Set<Connection>();
  #filling = false;
  #closed = false;
  #cancelSweep: () => void = () => undefined;
  #cancelRetry: () => void = () => undefined;

  constructor(options: HubOptions, heartbeatMs: number) {
    const {clock, makeId, storage, log} = options;
    this.#authenticate = options.authenticate;
    this.#heartbeatMs = heartbeatMs;
    this.#core = {
      clock,
      makeId,
      storage,
      log,
      limits: {...DEFAULT_LIMITS, ...options.limits},
      agents: new Map(options.agents.map((agent) => [agent.id, agent])),
      maxTurns: Math.max(1, options.maxTurns ?? DEFAULT_TURNS),
      audience: new Audience(),
      runs: new Map<number, Run>(),
      ending: new Set<Run>(),
      line: new Map(),
      settle: () => this.#fill(),
    };
    const host: AgentHost = {
      tell: (of, said) => tellBeside(this.#core, of, said),
      begin: (of, turn) => (this.#closed ? turn.refused() : beginOwn(this.#core, of, turn)),
    };
    for (const agent of options.agents) agent.attach?.(host);
    // Nobody begins before all that was open is closed.
    this.#filling = true;
    recover(this.#core);
    this.#filling = false;
    this.#fill();
    this.#sweep();
  }

  connect(peer: Peer): Client {
    const connection = new Connection(this.#core, peer, {
      authenticate: this.#authenticate,
      heartbeatMs: this.#heartbeatMs,
      left: (gone) => this.#connections.delete(gone),
    });
    this.#connections.add(connection);
    if (this.#closed) connection.close(RESTARTING, 'the server is restarting');
    return connection;
  }

  async shutdown(): Promise<void> {
    this.#closed = true;
    this.#cancelSweep();
    this.#cancelRetry();
    for (const connection of [...this.#connections]) connection.close(RESTARTING, 'the server is restarting');
    for (const run of [...this.#core.runs.values(), ...this.#core.ending]) run.leave();
    await this.#closeAgents();
  }

  async #closeAgents(): Promise<void> {
    const {agents, clock, limits, log} = this.#core;
    const closing = [...agents.values()].flatMap((agent) => (agent.close ? [closed(agent, log)] : []));
    if (closing.length === 0) return;
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => (cancel = clock.timer(limits.closeMs, resolve)));
    await Promise.race([Promise.all(closing), late]);
    cancel();
  }

  /** Pending turns begin as long as there is room. */
  #fill(): void {
    if (this.#filling || this.#closed) return;
    this.#filling = true;
    try {
      fillRoom(this.#core, () => !this.#closed && activeTurns(this.#core) < this.#core.maxTurns);
    } catch (error) {
      this.#core.log('error', 'pending-not-begun', {message: messageOf(error)});
      this.#cancelRetry();
      this.#cancelRetry = this.#core.clock.timer(this.#core.limits.retryMs, () => this.#fill());
    } finally {
      this.#filling = false;
    }
  }

  #sweep(): void {
    const {storage, clock, limits, log} = this.#core;
    try {
      storage.transaction(() => storage.sweep(clock.now()));
    } catch (error) {
      log('error', 'sweep', {message: messageOf(error)});
    }
    this.#cancelSweep = clock.timer(limits.sweepMs, () => this.#sweep());
  }
}
