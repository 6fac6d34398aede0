import type {Answer, Asked} from './script.ts';

/** A call of a tool in the words of one agent. */
export interface ToolUse {
  readonly name: string;
  /** Most take fields, some a text. */
  readonly input: Readonly<Record<string, unknown>> | string;
}

export interface Reply extends Omit<Answer, 'call'> {
  readonly use?: ToolUse;
}

/** One event of a stream of server-sent events: JSON, or a text that stands as it is. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: object | string;
}

/** One way to talk with a model over HTTP. */
export interface ModelApi {
  /** Undefined if the request is no question to the model. */
  read(path: string, body: unknown): Asked | undefined;
  stream(reply: Reply): Iterable<StreamEvent>;
  /** The answer in one piece, for whoever asks for no stream; undefined if this path streams. */
  whole(path: string, body: unknown, reply: Reply): object | undefined;
}

/** Words with the space behind them, as models stream them. */
export const pieces = (text: string): readonly string[] => text.match(/\S+\s*/g) ?? [];
