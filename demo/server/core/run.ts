import type {Agent, AgentAside, AgentEvent, AgentTurn, Gone, OwnTurn} from './agent.ts';
import {tellBeside} from './asides.ts';
import type {Answered} from './asks.ts';
import {UnreadableAgentEvent} from './checked-event.ts';
import type {Core} from './core.ts';
import type {Draft} from './draft.ts';
import {endTurn, type Ending} from './end-turn.ts';
import {messageOf, nameOf} from './errors.ts';
import {listen} from './hearing.ts';
import {Teller} from './teller.ts';
import {transact, type Work} from './work.ts';

export interface RunOf {
  readonly user: string;
  readonly session: string;
  readonly key: number;
  readonly turn: string;
  /** The id of the agent. */
  readonly agent: string;
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** The fault is not the agent's. */
class NotStored extends Error {
  readonly code = 'internal';
}

const KNOWN_CODES = ['agent-exited', 'auth-required', 'rate-limited', 'internal'];

const failureOf = (error: unknown): Failure => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const message = messageOf(error);
  return {code: KNOWN_CODES.find((known) => known === code) ?? 'agent', message: message || 'The agent failed.'};
};

/**
 * An agent at work on one turn. It hears what the agent says as long as the turn is open; whatever happens to the agent, the
 * turn ends exactly once.
 */
export class Run {
  readonly of: RunOf;
  readonly #core: Core;
  readonly #agent: Agent | undefined;
  readonly #teller: Teller;
  readonly #abort = new AbortController();
  #stopping = false;
  /** Nothing of this turn is told any more. */
  #over = false;
  /** Nobody waits for the agent any more. */
  #given = false;
  #cancel: () => void = () => undefined;
  #gone: Gone | undefined;
  /** What was said while the turn was ending, or wants to begin after it: nothing of it stands before the end. */
  readonly #afterwards: (() => void)[] = [];

  constructor(core: Core, of: RunOf) {
    this.#core = core;
    this.of = of;
    this.#agent = core.agents.get(of.agent);
    this.#teller = new Teller(core, this);
  }

  /** Waits for a person, and takes no room. */
  get waiting(): boolean {
    return !this.#stopping && this.#teller.asking > 0;
  }

  get streams(): ReturnType<Teller['streams']> {
    return this.#teller.streams();
  }

  /** Whether what the agent says is still heard. */
  get heard(): boolean {
    return !this.#over && !this.#stopping;
  }

  start(turn: AgentTurn): void {
    const agent = this.#agent;
    void this.#work((signal) => {
      if (!agent) throw new Error(`There is no agent “${this.of.agent}” on this server.`);
      return agent.run(turn, signal);
    });
  }

  /** The agent has begun it by itself. */
  startOwn(turn: OwnTurn): void {
    void this.#work((signal) => turn.events(signal));
  }

  /** Runs when the turn has ended; false if nobody will know of that. */
  afterwards(run: () => void): boolean {
    if (!this.#over) this.#afterwards.push(run);
    return !this.#over;
  }

  /** What the agent says beside its turn: whether it was told within it, or will be after it. */
  takes(said: AgentAside): boolean {
    if (this.heard) {
      this.#teller.tell(said);
      return true;
    }
    if (this.#over || said.type !== 'notice') return false;
    return this.afterwards(() => tellBeside(this.#core, this.of, said));
  }

  /** One transaction about this session. */
  write<T>(run: (work: Work, draft: Draft) => T): T {
    try {
      return transact(this.#core, this.of.user, {}, (work) => {
        const draft = work.session(this.of.session);
        if (!draft || draft.state.turn?.id !== this.of.turn) throw new Error('the turn is not open');
        return run(work, draft);
      });
    } catch (error) {
      throw new NotStored(`What happened could not be stored: ${messageOf(error)}`, {cause: error});
    }
  }

  /** A person has answered. */
  answer(id: string, value: Answered): void {
    this.#teller.answer(id, value);
  }

  /** A person wants it to end: it has its time to do so. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#cancel();
    this.#teller.save();
    this.#teller.hush();
    this.#cancel = this.#core.clock.timer(this.#core.limits.stopMs, () => {
      if (this.#over) return;
      this.#core.log('warn', 'agent-killed', {agent: this.of.agent, session: this.of.session, turn: this.of.turn});
      this.#giveUp();
      this.#end('stopped');
    });
    this.#abort.abort();
  }

  /** The session is deleted: the turn is over at once, the agent ends in the background. */
  abandon(gone: Gone): void {
    if (this.#over) return;
    this.#over = true;
    this.#gone = gone;
    this.#cancel();
    this.#teller.hush();
    this.#core.runs.delete(this.of.key);
    this.#core.ending.add(this);
    this.#cancel = this.#core.clock.timer(this.#core.limits.stopMs, () => this.#giveUp());
    this.#abort.abort();
    this.#settle();
  }

  /** The server ends: what streams is saved, the turn stays open in the storage. */
  leave(): void {
    if (!this.#over) this.#teller.save();
    this.#over = true;
    this.#given = true;
    this.#cancel();
    this.#teller.hush();
    this.#abort.abort();
  }

  /** What streams and what was held back. */
  rest(): Omit<Ending, 'outcome' | 'error'> {
    const texts = this.streams.map((stream) => stream.piece());
    return {texts, updates: this.#teller.updates(), ...this.#teller.ending()};
  }

  async #work(begin: (signal: AbortSignal) => AsyncIterable<AgentEvent>): Promise<void> {
    try {
      await listen(this.#core, begin(this.#abort.signal), (event) => this.#hear(event));
      this.#end('finished');
    } catch (error) {
      if (this.heard) this.#logFailure(error);
      this.#end('failed', failureOf(error));
    }
    if (this.#core.ending.has(this)) this.#giveUp();
  }

  /** The words of an agent's own error may be those of the conversation, which the log is not to have. */
  #logFailure(error: unknown): void {
    const {agent, session} = this.of;
    const ours = error instanceof UnreadableAgentEvent || error instanceof NotStored;
    this.#core.log('warn', 'agent-failed', {agent, session, error: ours ? messageOf(error) : nameOf(error)});
  }

  /** False when nothing more is to be heard. */
  #hear(event: AgentEvent): boolean {
    if (this.heard) this.#teller.tell(event);
    else this.#teller.refuse(event);
    return !this.#given;
  }

  #giveUp(): void {
    if (this.#given) return;
    this.#given = true;
    this.#cancel();
    if (this.#core.ending.delete(this)) this.#core.settle();
    try {
      this.#agent?.dispose?.(this.of.session, this.#gone ?? this.#abandoned());
    } catch (error) {
      this.#core.log('error', 'agent-dispose', {agent: this.of.agent, error: nameOf(error)});
    }
  }

  #abandoned(): Gone {
    const {user, session} = this.of;
    const {kept, chosen = {}} = this.#core.storage.session(user, session) ?? {};
    return {user, chosen, ...(kept !== undefined && {kept}), deleted: false};
  }

  #end(outcome: 'finished' | 'stopped' | 'failed', failure?: Failure): void {
    if (this.#over) return;
    const ending = this.#stopping ? {outcome: 'stopped' as const} : {outcome, ...(failure && {error: failure})};
    try {
      this.write((work, draft) => {
        // Before the next turn begins in its place.
        work.after(() => this.#close(ending.outcome));
        endTurn(work, draft, {...ending, ...this.rest()});
      });
    } catch (error) {
      this.#core.log('error', 'turn-not-ended', {session: this.of.session, message: messageOf(error)});
      this.#teller.hush();
      // The storage does not write; the turn is open until it does.
      this.#cancel = this.#core.clock.timer(this.#core.limits.retryMs, () => this.#end(outcome, failure));
    }
  }

  #close(outcome: Ending['outcome']): void {
    this.#over = true;
    this.#cancel();
    this.#teller.hush();
    if (this.#core.runs.get(this.of.key) === this) this.#core.runs.delete(this.of.key);
    // What a finished turn left running may go on.
    if (outcome !== 'finished') this.#abort.abort();
    this.#settle();
  }

  #settle(): void {
    for (const run of this.#afterwards.splice(0)) run();
  }
}
