/**
 * What the core of the server is given, and what it gives: it opens no socket, reads no clock and makes no randomness of
 * its own, so that a simulation can be its world.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `run` once after `ms`, unless the function returned is called before. */
  timer(ms: number, run: () => void): () => void;
}

/** Makes an id that was never made before: at most 128 characters, nothing to be guessed from it. */
export type MakeId = () => string;

export interface User {
  readonly id: string;
  readonly name?: string;
}

/** Says who comes with this token: a user, `anonymous` where the server knows no users, or null (4401). */
export type Authenticate = (token: string | undefined) => User | 'anonymous' | null;

/** The way to one page. */
export interface Peer {
  send(text: string): void;
  /** A WebSocket ping; its pong is reported with `Client.alive()`. */
  ping(): void;
  /** Bytes given to `send` that have not left yet. */
  buffered(): number;
  /** Nothing is sent after it. */
  close(code: number, reason: string): void;
}

/** The server's side of one connection; the shell reports to it what comes from the page. */
export interface Client {
  /** A text frame. */
  receive(text: string): void;
  /** A frame that is no text, or is larger than allowed: closed with 4400. */
  unreadable(reason: string): void;
  /** A pong has come. */
  alive(): void;
  /** What was buffered has left (or some of it): answers under way go on. */
  drained(): void;
  closed(): void;
}

/** One line of the log; never the text of a message, never a token. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: Record<string, unknown>) => void;

export interface Hub {
  connect(peer: Peer): Client;
  /**
   * Closes every client with 1012 and ends: what streams is saved, turns that are open stay open in the store and fail at the
   * next start. The storage belongs to whoever opened it, and can be closed when this is done.
   */
  shutdown(): Promise<void>;
}
