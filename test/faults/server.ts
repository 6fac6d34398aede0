import {createHub, type HubOptions} from '../../demo/server/core/hub.ts';
import type {Limits} from '../../demo/server/core/limits.ts';
import type {Client, Hub, Peer} from '../../demo/server/core/ports.ts';
import {note} from './broken.ts';
import {Journal, type Moment} from './journal.ts';
import type {Link} from './link.ts';
import type {Part} from './parts.ts';
import {OwnTime, type Time} from './time.ts';
import {Truth} from './truth.ts';

export const HEARTBEAT = 5_000;

export interface ServerOptions {
  readonly limits?: Partial<Limits>;
  readonly maxTurns?: number;
}

/** The process is hit: whatever it does next has no effect any more. */
class Killed extends Error {}

class DiskFull extends Error {}

/** A server that dies and comes back: a process is lost with all that it had in mind, the journal stays. */
export class SimServer {
  readonly #time: Time;
  readonly #options: ServerOptions;
  readonly #part: Part;
  readonly #links = new Set<Link>();
  readonly #truths = new Map<string, Truth>();
  #journal = new Journal('epoch-0');
  #process: {readonly time: OwnTime; readonly hub: Hub} | undefined;
  #own: OwnTime | undefined;
  /** The next process that is to be hit: in how many moments of this kind. */
  #aim: {moment: Moment; left: number; away: number} | undefined;
  #failing = 0;
  #ids = 0;
  #epochs = 0;
  crashes = 0;

  constructor(time: Time, options: ServerOptions, part: Part) {
    this.#time = time;
    this.#options = options;
    this.#part = part;
    this.boot();
  }

  get running(): boolean {
    return !!this.#process;
  }

  get epoch(): string {
    return this.#journal.epoch;
  }

  get commits(): number {
    return this.#journal.commits.length;
  }

  get timers(): number {
    return this.#own?.held ?? 0;
  }

  get truth(): Truth {
    return this.truthOf(this.epoch);
  }

  /** What was committed in an epoch. */
  truthOf(epoch: string): Truth {
    const truth = this.#truths.get(epoch) ?? new Truth();
    this.#truths.set(epoch, truth);
    return truth;
  }

  /** A process begins, unless one runs. One that is hit while it recovers leaves the work to the next. */
  boot(): void {
    if (this.#process) return;
    const own = new OwnTime(this.#time);
    this.#own = own;
    const {truth} = this;
    let alive = true;
    const storage = this.#part.storage(
      this.#journal.open(
        (moment) => {
          if (!alive || this.#own !== own) throw new Killed('the process is dead');
          if (moment === 'before-commit' && this.#failing > 0) {
            this.#failing -= 1;
            throw new DiskFull('the disk is full');
          }
          const away = this.#isHit(moment);
          if (away === undefined) return;
          alive = false;
          this.#hit(away);
          throw new Killed('the process is killed');
        },
        (commit) => truth.add(commit),
      ),
    );
    const options: HubOptions = {
      clock: own,
      makeId: () => `id-${(this.#ids += 1)}`,
      storage,
      authenticate: (token) => (token === undefined ? 'anonymous' : {id: token, name: `Mx ${token}`}),
      log: (level, event, fields) => {
        const injected = this.#own !== own || /the disk is full|the process is/.test(String(fields?.['message']));
        note('the server has no fault of its own', level !== 'error' || injected, () => {
          return `${event} ${JSON.stringify(fields)}`;
        });
      },
      agents: [this.#part.agent(own)],
      heartbeatMs: HEARTBEAT,
      ...this.#options,
    };
    try {
      const hub = this.#part.hub(createHub)(options);
      if (this.#own === own) this.#process = {time: own, hub};
    } catch (error) {
      // Hit while it recovered, or it could not write what it found: another one has to begin.
      if (!(error instanceof Killed) && !(error instanceof DiskFull)) throw error;
      if (this.#own === own) this.#hit(1_000);
    }
  }

  accept(link: Link, peer: Peer): Client | undefined {
    const process = this.#process;
    if (!process) return undefined;
    this.#links.add(link);
    const alive = (): boolean => this.#process === process;
    const client = process.hub.connect({
      send: (text) => alive() && peer.send(text),
      ping: () => alive() && peer.ping(),
      buffered: () => peer.buffered(),
      close: (code, reason) => alive() && peer.close(code, reason),
    });
    return this.#part.client({
      receive: (text) => void (alive() && client.receive(text)),
      unreadable: (reason) => void (alive() && client.unreadable(reason)),
      alive: () => void (alive() && client.alive()),
      drained: () => void (alive() && client.drained()),
      closed: () => void (alive() && client.closed()),
    });
  }

  /** The process is killed, at its nth moment of this kind from now; another one begins after a while. */
  aim(at: Moment | 'once', nth: number, away: number): void {
    if (at !== 'once') this.#aim = {moment: at, left: nth, away};
    else this.#hit(away, nth);
  }

  #hit(away: number, arrive = 0): void {
    this.die(arrive);
    this.#time.timer(away, () => this.boot());
  }

  /** The next transactions cannot be written. */
  fill(transactions: number): void {
    this.#failing = transactions;
  }

  /** SIGKILL: the kernel closes its sockets, of what was sent a part arrives. */
  die(arrive = 0): void {
    if (!this.#own) return;
    this.crashes += 1;
    this.#own.die();
    this.#own = undefined;
    this.#process = undefined;
    const links = [...this.#links];
    this.#links.clear();
    // Not from inside of what the process is doing.
    this.#time.timer(0, () => links.forEach((link) => link.cut({up: 0, down: arrive, page: 10, server: Infinity})));
  }

  /** SIGTERM. */
  async shutdown(): Promise<void> {
    await this.#process?.hub.shutdown();
    this.die(Infinity);
  }

  /** The store is that of a backup: some commits back, in a new epoch. */
  restore(back: number): void {
    this.die();
    const kept = this.#journal.commits.slice(0, Math.max(0, this.commits - back));
    this.#epochs += 1;
    this.#journal = new Journal(`epoch-${this.#epochs}`, kept);
    const {truth} = this;
    for (const commit of kept) truth.add(commit);
  }

  /** Nothing goes wrong by itself any more. */
  heal(): void {
    this.#aim = undefined;
    this.#failing = 0;
    this.boot();
  }

  /** How long it is away if it is hit now. */
  #isHit(moment: Moment): number | undefined {
    const aim = this.#aim;
    if (aim?.moment !== moment) return undefined;
    aim.left -= 1;
    if (aim.left > 0) return undefined;
    this.#aim = undefined;
    return aim.away;
  }
}
