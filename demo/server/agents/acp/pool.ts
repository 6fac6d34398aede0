import type {AgentProcess} from './agent-process.ts';
import type {AcpConfig} from './config.ts';
import {AgentFailure, type Failure} from './failure.ts';

/** A process and who uses it; it is closed when nobody has for some time. */
export interface Place {
  readonly key: string;
  readonly process: Promise<AgentProcess>;
  /** Turns that it has, or is about to have. */
  busy: number;
  /** When it was used last. */
  used: number;
  cancel?: (() => void) | undefined;
}

export interface PoolPorts {
  /** Starts a process; rejects with an `AgentFailure`. */
  start(key: string): {readonly process: AgentProcess; readonly ready: Promise<void>};
  timer(ms: number, run: () => void): () => void;
  now(): number;
}

/** The processes of one agent: how many there may be, which one a session has, and when they end. */
export class Pool {
  readonly #config: AcpConfig;
  readonly #ports: PoolPorts;
  readonly #places = new Map<string, Place>();
  /** Those that end: whoever comes back has to wait until they have. */
  readonly #ending = new Map<string, Promise<void>>();
  readonly #all = new Set<AgentProcess>();
  #closed = false;

  constructor(config: AcpConfig, ports: PoolPorts) {
    this.#config = config;
    this.#ports = ports;
  }

  /** Its process, started if it does not run. Each `take` is followed by a `give`. */
  async take(key: string): Promise<{readonly place: Place; readonly process: AgentProcess}> {
    // Two processes of one session would write to the same files.
    for (let ending = this.#ending.get(key); ending; ending = this.#ending.get(key)) await ending;
    if (this.#closed) throw new AgentFailure({code: 'agent-exited', message: 'The server ends.'});
    const place = this.#places.get(key) ?? this.#open(key);
    place.busy += 1;
    place.cancel?.();
    try {
      return {place, process: await place.process};
    } catch (error) {
      this.give(place);
      throw error;
    }
  }

  /** As `take`, of a process that may run; undefined if none does. */
  hold(key: string): Place | undefined {
    const place = this.#places.get(key);
    if (!place) return undefined;
    place.busy += 1;
    place.cancel?.();
    return place;
  }

  give(place: Place): void {
    place.busy -= 1;
    place.used = this.#ports.now();
    if (place.busy > 0 || this.#places.get(place.key) !== place) return;
    place.cancel = this.#ports.timer(this.#config.idleMs, () => void this.end(place));
  }

  of(key: string): Place | undefined {
    return this.#places.get(key);
  }

  /** Ends a process; its place is free at once, its key when it has gone. */
  end(place: Place, why?: Failure): Promise<void> {
    place.cancel?.();
    if (this.#places.get(place.key) === place) this.#places.delete(place.key);
    const ended = place.process.then(
      (process) => process.end(why),
      // It has not even begun.
      () => undefined,
    );
    this.#ending.set(place.key, ended);
    return ended.finally(() => {
      if (this.#ending.get(place.key) === ended) this.#ending.delete(place.key);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const place of this.#places.values()) place.cancel?.();
    this.#places.clear();
    await Promise.all(
      [...this.#all].map((process) => process.end({code: 'agent-exited', message: 'The server ends.'})),
    );
  }

  #open(key: string): Place {
    if (this.#places.size >= this.#config.limit) this.#makeRoom();
    const {process, ready} = this.#ports.start(key);
    this.#all.add(process);
    const started = ready.then(
      () => process,
      async (error: unknown) => {
        await process.end();
        throw error;
      },
    );
    const place: Place = {key, process: started, busy: 0, used: this.#ports.now()};
    this.#places.set(key, place);
    void process.gone.then(async (why) => {
      place.cancel?.();
      if (this.#places.get(key) === place) void this.end(place, why);
      await process.end();
      this.#all.delete(process);
    });
    return place;
  }

  /** The one that was not used for the longest time goes. */
  #makeRoom(): void {
    const idle = [...this.#places.values()].filter(({busy}) => busy === 0).sort((a, b) => a.used - b.used)[0];
    if (!idle)
      throw new AgentFailure({
        code: 'agent',
        message: `${this.#config.title} already works in ${this.#config.limit} sessions, which is as many as this server allows. Try again when one of them has finished.`,
      });
    void this.end(idle);
  }
}
