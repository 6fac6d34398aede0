import type {Agent, AgentEvent, AgentTurn} from './agent.ts';
import {UnreadableAgentEvent} from './agent-events.ts';
import type {Core} from './core.ts';
import type {Draft} from './draft.ts';
import {endTurn, type Ending} from './end-turn.ts';
import {messageOf, nameOf} from './errors.ts';
import {listen} from './hearing.ts';
import type {TextPiece} from './storage.ts';
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
    void this.#work(turn);
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
  answer(approval: string, option: string): void {
    this.#teller.answer(approval, option);
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
  abandon(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancel();
    this.#teller.hush();
    this.#core.runs.delete(this.of.key);
    this.#core.ending.add(this);
    this.#cancel = this.#core.clock.timer(this.#core.limits.stopMs, () => this.#giveUp());
    this.#abort.abort();
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
  rest(): {texts: TextPiece[]; updates: ReturnType<Teller['updates']>} {
    return {texts: [...this.streams].map((stream) => stream.piece()), updates: this.#teller.updates()};
  }

  async #work(turn: AgentTurn): Promise<void> {
    try {
      if (!this.#agent) throw new Error(`There is no agent “${this.of.agent}” on this server.`);
      const events = this.#agent.run(turn, this.#abort.signal);
      await listen(this.#core, events, (event) => this.#hear(event));
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
      this.#agent?.dispose?.(this.of.session);
    } catch (error) {
      this.#core.log('error', 'agent-dispose', {agent: this.of.agent, error: nameOf(error)});
    }
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
  }
}
