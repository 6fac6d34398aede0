import type {Agent, AgentEvent, AgentHost, AgentSession, AgentTurn, Gone, Offer, OptionValue} from '../agent.ts';

/** One turn of a puppet: the test says what the agent says. */
export class PuppetTurn {
  readonly turn: AgentTurn;
  readonly signal: AbortSignal;
  readonly #said: (AgentEvent | {readonly end: true} | {readonly error: unknown})[] = [];
  #wake: (() => void) | undefined;

  constructor(turn: AgentTurn, signal: AbortSignal, deaf: boolean) {
    this.turn = turn;
    this.signal = signal;
    if (!deaf) signal.addEventListener('abort', () => this.#put({end: true}));
  }

  say(...events: AgentEvent[]): void {
    for (const event of events) this.#put(event);
  }

  text(text: string): void {
    this.#put({type: 'text', text});
  }

  end(): void {
    this.#put({end: true});
  }

  fail(error: unknown): void {
    this.#put({error});
  }

  async *events(): AsyncGenerator<AgentEvent> {
    for (;;) {
      const next = this.#said.shift();
      if (!next) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if ('end' in next) return;
      else if ('error' in next && !('type' in next)) throw next.error;
      else yield next as AgentEvent;
    }
  }

  #put(what: AgentEvent | {end: true} | {error: unknown}): void {
    this.#said.push(what);
    this.#wake?.();
  }
}

/** An agent that does what the test tells it to. */
export class Puppet implements Agent {
  readonly id: string;
  readonly title: string;
  readonly folders?: readonly string[];
  readonly turns: PuppetTurn[] = [];
  readonly disposed: string[] = [];
  readonly gone: Gone[] = [];
  /** What pages are told that it has. */
  offers: readonly Offer[] = [];
  /** What was asked of it; refused with the reason in `refused`, if there is one. */
  readonly wishes: {readonly of: AgentSession; readonly option: string; readonly value: OptionValue}[] = [];
  refused: string | undefined;
  host: AgentHost | undefined;
  /** Later turns do not hear a stop. */
  deaf = false;

  constructor(id = 'puppet', folders?: readonly string[]) {
    this.id = id;
    this.title = `The ${id}`;
    if (folders) this.folders = folders;
  }

  run(turn: AgentTurn, signal: AbortSignal): AsyncIterable<AgentEvent> {
    const puppet = new PuppetTurn(turn, signal, this.deaf);
    this.turns.push(puppet);
    return puppet.events();
  }

  dispose(session: string, gone: Gone): void {
    this.disposed.push(session);
    this.gone.push(gone);
  }

  attach(host: AgentHost): void {
    this.host = host;
  }

  setOption(of: AgentSession, option: string, value: OptionValue): Promise<void> {
    this.wishes.push({of, option, value});
    return this.refused === undefined ? Promise.resolve() : Promise.reject(new Error(this.refused));
  }

  /** The turn that began last, of this session if one is named. */
  last(session?: string): PuppetTurn {
    const turn = this.turns.findLast((one) => session === undefined || one.turn.session === session);
    if (!turn) throw new Error('no turn has begun');
    return turn;
  }
}
