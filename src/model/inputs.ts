import type {StoredEvent} from './events.ts';
import type {Session} from './session.ts';

export interface Agent {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly folders?: readonly string[];
}

export interface User {
  readonly id: string;
  readonly name?: string;
}

/**
 * - `idle`: nobody asked for a connection; - `connecting`: being made; - `open`: the server has answered;
 * - `waiting`: lost, tried again at `retryAt`; - `refused`: not tried again before something changes.
 */
export type Connection = 'idle' | 'connecting' | 'open' | 'waiting' | 'refused';

/** Why a connection is refused: `unauthorized` (4401), `forbidden` (4403), `unsupported-server`, `invalid-url`, `unknown-backend`. */
export type Refusal = 'unauthorized' | 'forbidden' | 'unsupported-server' | 'invalid-url' | 'unknown-backend';

/**
 * All that a backend can tell the model. An array of inputs that is emitted together is applied together: no view sees
 * what lies between.
 */
export type Input =
  | {readonly type: 'connection'; readonly status: Connection; readonly retryAt?: number; readonly reason?: Refusal}
  /**
   * The server is there and has said who is asking. `reset`: its numbers start over, so every `rev`, `seq` and stream held
   * means nothing more; what is shown stays until the snapshots come. `time`: the server's clock.
   */
  | {
      readonly type: 'welcome';
      readonly agents: readonly Agent[];
      readonly capabilities: readonly string[];
      readonly user?: User;
      readonly time?: string;
      readonly reset: boolean;
    }
  /** The list as it is: a session that it does not name is gone, or with `next` only out of date; those in `keep` stay. */
  | {
      readonly type: 'sessions';
      readonly sessions: readonly Session[];
      readonly next?: string;
      readonly keep: readonly string[];
    }
  /** One session has changed, or was read from an older page; never brings back what was removed. */
  | {readonly type: 'session'; readonly session: Session}
  | {readonly type: 'session-removed'; readonly session: string}
  /** The server calls the session that the page called `alias` by another name from now on. */
  | {readonly type: 'session-alias'; readonly alias: string; readonly session: string}
  /**
   * The confirmed thread of a session, in place of what was held. `events` are the newest, without holes; `open` what is
   * not over, whatever its age; `next`: older ones exist, to be asked for with this `before`.
   */
  | {
      readonly type: 'thread';
      readonly session: string;
      readonly events: readonly StoredEvent[];
      readonly open: readonly StoredEvent[];
      readonly next?: number;
    }
  /** The next event of the session's log. */
  | {readonly type: 'event'; readonly session: string; readonly event: StoredEvent}
  /** Older events, asked for; `next` as in `thread`. */
  | {
      readonly type: 'older';
      readonly session: string;
      readonly events: readonly StoredEvent[];
      readonly next?: number;
    }
  /** A piece of an item that is being streamed: its copy is cut at `at` (UTF-16 units, never beyond its end), then `text` is appended. */
  | {
      readonly type: 'stream';
      readonly session: string;
      readonly item: string;
      readonly turn: string;
      readonly kind: 'message' | 'thought' | 'tool-output';
      readonly at: number;
      readonly text: string;
    }
  /** A streamed item that will neither go on nor be stored. */
  | {readonly type: 'stream-dropped'; readonly session: string; readonly item: string}
  /** The thread of this session is complete and live, or no longer (connection lost, unsubscribed). */
  | {readonly type: 'thread-live'; readonly session: string; readonly live: boolean}
  /** The same for the list. */
  | {readonly type: 'list-live'; readonly live: boolean}
  /** There is no such session, or not for this user. */
  | {readonly type: 'session-missing'; readonly session: string}
  | {readonly type: 'sent'; readonly command: string}
  | {readonly type: 'acked'; readonly command: string; readonly result?: string}
  | {readonly type: 'settled'; readonly command: string}
  | {readonly type: 'rejected'; readonly command: string; readonly code: string; readonly message: string}
  /** Something a person should know. `code` is one of the keys of the store's texts or the server's own code. */
  | {readonly type: 'problem'; readonly code: string; readonly message: string; readonly session?: string};
