import type {Environment, SocketLike} from '../backend.ts';

/**
 * The world of one backend, with a place for somebody who looks on (`<session-inspector>`). With nobody there it remembers
 * the last socket, for who comes late, and does nothing else. Backends ask it for `fetch` at each request, so that it may be
 * replaced at any time.
 */
export interface Wire extends Environment {
  socket?: SocketLike;
  /** How many sockets there have been. */
  generation: number;
  /** Told of each socket before anything has come through it. */
  opening?: ((socket: SocketLike, url: string) => void) | undefined;
}

/** `world` is a plain object: its functions need no `this`. */
export const wireOf = (world: Environment): Wire => {
  const wire: Wire = {
    ...world,
    generation: 0,
    openSocket(url, protocol) {
      const socket = (wire.socket = world.openSocket(url, protocol));
      wire.generation++;
      wire.opening?.(socket, url);
      return socket;
    },
  };
  return wire;
};
