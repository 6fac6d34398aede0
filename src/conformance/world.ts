/** One WebSocket, without its library. */
export interface Wire {
  send(data: string | Uint8Array): void;
  close(): void;
}

export interface WireEvents {
  /** `protocol`: the subprotocol that the server chose, empty if none. */
  opened(protocol: string): void;
  /** A string for a text frame, anything else for a binary one. */
  message(data: unknown): void;
  /** Once, also if it was never open; then `reason` may say why. */
  closed(code: number, reason: string): void;
}

/** What the kit needs from the world, so that a test can be the world. */
export interface World {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Runs `run` once after `ms`, unless the function returned is called before. */
  timer(ms: number, run: () => void): () => void;
  uuid(): string;
  /** Opens a WebSocket that offers `session-sync.v1`; `origin` as a browser would name it. */
  connect(url: string, options: {readonly origin?: string}, events: WireEvents): Wire;
}
