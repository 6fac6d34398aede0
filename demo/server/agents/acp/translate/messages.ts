import type {AgentEvent} from '../../../core/agent.ts';
import type {Failure} from '../failure.ts';

/**
 * What the translator of one session is told: what the agent sent, as it was on the wire, and what people and the server
 * want of it. `ask` is the name that the shell has for a request of the agent that waits for its answer.
 */
export type Heard =
  /** A prompt is about to be sent: the turn begins. */
  | {readonly type: 'prompt'}
  /** The `update` of a `session/update`. */
  | {readonly type: 'update'; readonly update: unknown}
  /** The parameters of a `session/request_permission`, of an `elicitation/create`. */
  | {readonly type: 'permission'; readonly ask: string; readonly params: unknown}
  | {readonly type: 'elicitation'; readonly ask: string; readonly params: unknown}
  /** The agent wants no answer any more. */
  | {readonly type: 'withdrawn'; readonly ask: string}
  /** A person has chosen (an option's id as the translator made it), or nobody will: null. */
  | {readonly type: 'chosen'; readonly ask: string; readonly option: string | null}
  | {readonly type: 'filled'; readonly ask: string; readonly values: Values | null}
  /** A person wants the turn to end. */
  | {readonly type: 'stop'}
  /** The answer to the prompt; or the error that came instead of one. */
  | {readonly type: 'answered'; readonly result: unknown}
  | {readonly type: 'refused'; readonly error: unknown}
  /** The process is gone. */
  | {readonly type: 'exited'; readonly failure: Failure}
  /** What follows is a replay of what is in the log, until the session is open. */
  | {readonly type: 'loading'}
  /** The answer to `session/new`, `session/load` or `session/resume`, or to a change of an option. */
  | {readonly type: 'opened'; readonly result: unknown}
  /** The agent begins or ends a turn that nobody has asked for. */
  | {readonly type: 'own-turn'; readonly open: boolean};

export type Values = Readonly<Record<string, string | number | boolean | readonly string[]>>;

type Asking = Extract<AgentEvent, {type: 'approval' | 'question'}>;
type WithoutCallback<T> = T extends Asking ? Omit<T, 'answer' | 'ask'> & {readonly ask: string} : T;

/** What the server is told: an agent's events, where questions have a name instead of a way to answer; and turns. */
export type Said =
  | WithoutCallback<Exclude<AgentEvent, {type: 'child'}>>
  /** Only of a turn that the agent has begun by itself. */
  | {readonly type: 'turn-began'}
  | {readonly type: 'turn-ended'; readonly outcome: 'finished' | 'stopped'}
  | {readonly type: 'turn-ended'; readonly outcome: 'failed'; readonly failure: Failure};

/** What the agent is told, in this order and at once. */
export type Reply =
  | {readonly type: 'cancel'}
  /** The result of the request that `ask` names. */
  | {readonly type: 'answer'; readonly ask: string; readonly result: unknown};
