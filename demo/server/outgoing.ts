import type {Writable} from 'node:stream';

/**
 * What leaves in one round of the event loop. A commit tells every page several things: each page's frames leave in one write,
 * and a frame that many get is encoded once. Nothing is kept beyond the round, and what waits counts as buffered.
 */
export class Outgoing {
  readonly #held = new Set<Writable>();
  readonly #encoded = new Map<string, Buffer>();
  #due = false;

  /** The bytes of a text frame for this socket, which writes them with whatever follows. */
  bytesFor(socket: Writable, text: string): Buffer {
    if (!this.#held.has(socket)) {
      this.#held.add(socket);
      socket.cork();
    }
    let bytes = this.#encoded.get(text);
    if (!bytes) {
      bytes = Buffer.from(text);
      this.#encoded.set(text, bytes);
    }
    if (!this.#due) setImmediate(() => this.#leave());
    this.#due = true;
    return bytes;
  }

  #leave(): void {
    this.#due = false;
    const held = [...this.#held];
    this.#held.clear();
    this.#encoded.clear();
    for (const socket of held) socket.uncork();
  }
}
