import type {EventOf, SessionOption} from '../../../../../src/model/events.ts';
import type {Reply, Said} from './messages.ts';
import type {Tool} from './tool.ts';

/** What is known of one session of an agent. */
export interface State {
  readonly turn?: Turn;
  /** Requests of the agent that wait for a person. */
  readonly asks: ReadonlyMap<string, Ask>;
  /** Ids of the tools of earlier turns: what is said of them later has no place any more. The latest of them. */
  readonly past: ReadonlySet<string>;
  /** The agent tells what is in the log already. */
  readonly replaying: boolean;
  readonly options: Options;
  readonly commands: EventOf<'commands'>['commands'];
}

export interface Turn {
  /** Nobody has prompted it: the agent began by itself. */
  readonly own: boolean;
  readonly stopping: boolean;
  /** A person has said no to something. */
  readonly rejected: boolean;
  /** In the order in which they began. */
  readonly tools: ReadonlyMap<string, Tool>;
  /** The text that is being said: another kind or another id is another item. */
  readonly text?: {readonly kind: 'text' | 'thought'; readonly message: string | undefined};
}

export type Ask =
  | {
      readonly type: 'permission';
      readonly tool: string | undefined;
      /** By our id: the agent's own, and whether it says no. */
      readonly options: ReadonlyMap<string, {readonly optionId: string; readonly rejects: boolean}>;
    }
  | {
      readonly type: 'question';
      /** By our id: the name of the property. */
      readonly fields: ReadonlyMap<string, {readonly name: string; readonly whole: boolean}>;
    };

export interface Options {
  readonly config: readonly SessionOption[];
  readonly mode: SessionOption | undefined;
}

/** What came of one message. */
export interface Step {
  readonly state: State;
  readonly said: readonly Said[];
  readonly replies: readonly Reply[];
}

export const initialState: State = {
  asks: new Map(),
  past: new Set(),
  replaying: false,
  options: {config: [], mode: undefined},
  commands: [],
};

export const step = (state: State, said: readonly Said[] = [], replies: readonly Reply[] = []): Step => ({
  state,
  said,
  replies,
});
