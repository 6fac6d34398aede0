import type {ContentBlock, EventOf, QuestionValue, SessionOption} from '../../../src/model/events.ts';

/**
 * An agent behind the server. The server owns sessions, turns, ids, the log and the queue; an agent runs one turn at a time
 * for a session and says what happens as it happens. It is given no ids of the log and makes none: what it calls `ref` is
 * its own name of a tool call within the turn, and never reaches a page.
 *
 * Contract:
 * - `run` is called once a turn; never twice at a time for one session;
 * - when the iterable ends, the turn is *finished*; when it throws, the turn has *failed* with the message of the error;
 * - after `signal` aborts the agent stops what it does and ends. What it yields after that is dropped; if it has not ended
 *   after 5 s it is abandoned (`dispose`) and the turn is *stopped* all the same;
 * - the server awaits nothing of the agent but its next event, the end of `setOption`, and of `close` when it ends itself;
 * - an error with a `code` of `agent-exited`, `auth-required` or `rate-limited` is told with it, any other as `agent`.
 */
export interface Agent {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Folders that a new session may be started in; none: a session has no folder. */
  readonly folders?: readonly string[];
  /** What of it pages can show; it is told of no capability that no agent has. */
  readonly offers?: readonly Offer[];
  run(turn: AgentTurn, signal: AbortSignal): AsyncIterable<AgentEvent>;
  /**
   * A person wishes another value of an option, at any time. It is stored and shown already; the error of a promise that is
   * rejected is shown, and the old value again. An agent without it finds the wish in `chosen` of the next turn.
   */
  setOption?(of: AgentSession, option: string, value: OptionValue): Promise<void>;
  /** The session is deleted, or its turn was abandoned: whatever is held for it can go. */
  dispose?(session: string, gone: Gone): void;
  /** Once, before anything else: how to say something outside of a turn. */
  attach?(host: AgentHost): void;
  /** The server ends, all turns have been aborted; it waits until this is done, 8 s at most. */
  close?(): Promise<void>;
}

export type Offer = 'plans' | 'options' | 'commands' | 'questions';
export type OptionValue = SessionOption['value'];

/** Ids of sessions are made by pages and are those of one user: only both together name one. */
export interface AgentSession {
  readonly session: string;
  /** Empty where everybody is the same. */
  readonly user: string;
  readonly cwd?: string;
  /** What the agent had stored with the session (`keep`), also after a restart of the server. */
  readonly kept?: string;
  /** The values that a person has chosen, by option, as far as the agent has not said otherwise since. */
  readonly chosen: Readonly<Record<string, OptionValue>>;
}

export interface AgentTurn extends AgentSession {
  readonly turn: string;
  /** What is to be answered: one message of a person, or one text a child that has ended. */
  readonly messages: readonly AgentMessage[];
}

export interface Gone extends Omit<AgentSession, 'session' | 'cwd'> {
  /** For good; else the session may have another turn. */
  readonly deleted: boolean;
}

/** What an agent can say without a turn. */
export interface AgentHost {
  /** Without effect if the session is gone. With a turn open it is said within it. Never throws. */
  tell(of: Pick<AgentSession, 'session' | 'user'>, event: AgentAside): void;
  /** A turn that nobody has asked for: it begins at once, or when the one that is open has ended. Never throws. */
  begin(of: Pick<AgentSession, 'session' | 'user'>, turn: OwnTurn): void;
}

export interface OwnTurn {
  /** What happens in it, as in `run`; the signal is that of a stop. */
  events(signal: AbortSignal): AsyncIterable<AgentEvent>;
  /** Instead of `events`: messages wait, which go first, or the session is gone, or there is no room. */
  refused(): void;
}

export interface AgentMessage {
  readonly text: string;
  /** Set if the message is the result of a child session. */
  readonly child?: {readonly session: string; readonly title: string; readonly lastText: string};
}

type Fields<
  K extends 'tool-began' | 'tool-updated' | 'tool-ended' | 'approval-asked' | 'question-asked' | 'turn-ended',
> = Omit<EventOf<K>, 'kind' | 'id' | 'turn' | 'parent' | 'child' | 'truncated' | 'tool'>;

/**
 * What an agent can say. Text is appended to the item being streamed, unless it `begins` another; another kind of event closes
 * that item.
 */
export type AgentEvent =
  | {readonly type: 'text'; readonly text: string; readonly begins?: boolean}
  | {readonly type: 'thought'; readonly text: string; readonly begins?: boolean}
  | ({
      readonly type: 'tool-began';
      readonly ref: string;
      readonly parent?: string;
      readonly child?: string;
    } & Fields<'tool-began'>)
  | ({readonly type: 'tool-updated'; readonly ref: string; readonly child?: string} & Fields<'tool-updated'>)
  /** A piece of the output of a tool that runs. */
  | {readonly type: 'tool-output'; readonly ref: string; readonly text: string}
  | ({readonly type: 'tool-ended'; readonly ref: string} & Fields<'tool-ended'>)
  /**
   * The session waits until `answer` is called: with the id of the chosen option, or null if it was withdrawn. `ask` is the
   * agent's own name of it within the turn, for `withdraw`.
   */
  | ({
      readonly type: 'approval';
      readonly ask?: string;
      readonly ref?: string;
      readonly answer: (option: string | null) => void;
    } & Fields<'approval-asked'>)
  /** The same for a form: the values by field, or null if a person declined or it was withdrawn. */
  | ({
      readonly type: 'question';
      readonly ask?: string;
      readonly ref?: string;
      readonly answer: (values: Readonly<Record<string, QuestionValue>> | null) => void;
    } & Fields<'question-asked'>)
  /** The agent does not want an answer any more; `answer` is called with null. */
  | {readonly type: 'withdraw'; readonly ask: string}
  /** The whole plan of the turn. */
  | {readonly type: 'plan'; readonly entries: EventOf<'plan'>['entries']}
  /** Said of the turn when it ends; later ones replace earlier ones. */
  | ({readonly type: 'ending'} & Pick<Fields<'turn-ended'>, 'reason' | 'usage'>)
  | AgentAside
  /** Starts a session whose parent is this one; `started` is called with its id, or null if it could not be started. */
  | {
      readonly type: 'child';
      readonly text: string;
      readonly agent?: string;
      readonly started: (session: string | null) => void;
    };

/** What is true of a session, whether it has a turn or not. */
export type AgentAside =
  | {readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly text: string}
  /** The whole list, each time. */
  | {readonly type: 'options'; readonly options: readonly SessionOption[]}
  | {readonly type: 'commands'; readonly commands: EventOf<'commands'>['commands']}
  /** How full the context is, in tokens; told when the turn ends. */
  | ({readonly type: 'usage'} & NonNullable<EventOf<'session-put'>['session']['usage']>)
  /** A title of the agent's making; without effect once a person has given one. */
  | {readonly type: 'title'; readonly title: string}
  /** Stored with the session and given back as `kept`: at most 8 KiB, never shown to anybody; null forgets it. */
  | {readonly type: 'keep'; readonly data: string | null};

export type {ContentBlock};
