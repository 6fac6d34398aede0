import type {ContentBlock, EventOf} from '../../../src/model/events.ts';

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
 * - the server awaits nothing of the agent but its next event.
 */
export interface Agent {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Folders that a new session may be started in; none: a session has no folder. */
  readonly folders?: readonly string[];
  run(turn: AgentTurn, signal: AbortSignal): AsyncIterable<AgentEvent>;
  /** The session is deleted, or its turn was abandoned: whatever is held for it can go. */
  dispose?(session: string): void;
}

export interface AgentTurn {
  readonly session: string;
  readonly turn: string;
  /** What is to be answered: one message of a person, or one text a child that has ended. */
  readonly messages: readonly AgentMessage[];
  readonly cwd?: string;
}

export interface AgentMessage {
  readonly text: string;
  /** Set if the message is the result of a child session. */
  readonly child?: {readonly session: string; readonly title: string; readonly lastText: string};
}

type Fields<K extends 'tool-began' | 'tool-updated' | 'tool-ended' | 'approval-asked'> = Omit<
  EventOf<K>,
  'kind' | 'id' | 'turn' | 'parent' | 'child' | 'truncated' | 'tool'
>;

/** What an agent can say. Text is appended to the item being streamed; another kind of event closes that item. */
export type AgentEvent =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'thought'; readonly text: string}
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
  /** The session waits until `answer` is called: with the id of the chosen option, or null if the question was withdrawn. */
  | ({
      readonly type: 'approval';
      readonly ref?: string;
      readonly answer: (option: string | null) => void;
    } & Fields<'approval-asked'>)
  | {readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly text: string}
  /** Starts a session whose parent is this one; `started` is called with its id, or null if it could not be started. */
  | {
      readonly type: 'child';
      readonly text: string;
      readonly agent?: string;
      readonly started: (session: string | null) => void;
    };

export type {ContentBlock};
