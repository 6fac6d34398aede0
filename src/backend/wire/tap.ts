import type {Environment, SocketLike} from '../backend.ts';
import type {Wire} from './wire.ts';

/** What happens to a connection; `closing` is the page's wish, `closed` that it is over. */
export type WireEvent =
  | {readonly type: 'opening'; readonly url: string}
  | {readonly type: 'opened'; readonly protocol: string}
  | {readonly type: 'closing'; readonly code: number}
  | {readonly type: 'closed'; readonly code: number; readonly reason: string};

/** Hears what goes over a wire, in its order and before the page does. It must not throw. */
export interface WireListener {
  /** `data` as it is on the wire; of a request or its answer an object. `generation` counts the sockets from 1. */
  frame(direction: 'received' | 'sent', data: unknown, generation: number): void;
  event(event: WireEvent, generation: number): void;
}

const taps = new WeakMap<Wire, Tap>();

/**
 * Listens until the function returned is called. Frames from before are nowhere kept; a connection that is open already is
 * heard from now on. Several may listen; with the last one gone nothing stands in the way any more.
 */
export function listen(wire: Wire, listener: WireListener): () => void {
  const tap = taps.get(wire) ?? new Tap(wire);
  taps.set(wire, tap);
  return tap.add(listener);
}

class Tap {
  readonly #wire: Wire;
  readonly #listeners = new Set<WireListener>();
  #restore: (() => void)[] = [];

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  add(listener: WireListener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#stop();
    };
  }

  #start(): void {
    const wire = this.#wire;
    wire.opening = (socket, url) => {
      this.#attach(socket);
      this.#event({type: 'opening', url}, wire.generation);
    };
    const {fetch} = wire;
    wire.fetch = this.#heardFetch(fetch);
    this.#restore = [
      () => {
        wire.opening = undefined;
        if (fetch) wire.fetch = fetch;
        else delete wire.fetch;
      },
    ];
    if (!wire.socket || wire.socket.readyState >= CLOSING) return;
    this.#attach(wire.socket);
    if (wire.socket.readyState < OPEN) this.#event({type: 'opening', url: urlOf(wire.socket)}, wire.generation);
  }

  #stop(): void {
    for (const restore of this.#restore.reverse()) restore();
    this.#restore = [];
  }

  #attach(socket: SocketLike): void {
    const {generation} = this.#wire;
    const {send, close} = socket;
    socket.send = (text) => {
      if (socket.readyState === OPEN) this.#frame('sent', text, generation);
      send.call(socket, text);
    };
    socket.close = (code, reason) => {
      if (socket.readyState < CLOSING) this.#event({type: 'closing', code: code ?? 1000}, generation);
      close.call(socket, code, reason);
    };
    const stops = [
      between(socket, 'onopen', () => this.#event({type: 'opened', protocol: socket.protocol}, generation)),
      between(socket, 'onmessage', ({data}: {data: unknown}) => this.#frame('received', data, generation)),
      between(socket, 'onclose', ({code, reason}: {code: number; reason: string}) => {
        this.#event({type: 'closed', code, reason}, generation);
        // It says nothing more, and is not to be held for that.
        this.#restore = this.#restore.filter((each) => each !== restore);
      }),
    ];
    const restore = (): void => {
      for (const stop of stops) stop();
      Object.assign(socket, {send, close});
    };
    this.#restore.push(restore);
  }

  /** What backends do for themselves where the world has no `fetch` of its own, and heard. */
  #heardFetch(own: Environment['fetch']): NonNullable<Environment['fetch']> {
    return async (url, request) => {
      const {method, headers, body} = request;
      const {generation} = this.#wire;
      const about = {type: 'request', method, url};
      this.#frame('sent', {...about, ...(headers && {headers}), ...(body && {body: jsonOr(body)})}, generation);
      const answered = (answer: object): void =>
        this.#frame('received', {...about, type: 'response', ...answer}, generation);
      try {
        const response = await (own ? own(url, request) : fetch(url, {...request, credentials: 'omit'}));
        const text = await response.text();
        answered({status: response.status, body: jsonOr(text)});
        return {status: response.status, text: () => Promise.resolve(text)};
      } catch (cause) {
        answered({status: 0, error: cause instanceof Error ? cause.message : String(cause)});
        throw cause;
      }
    };
  }

  #frame(direction: 'received' | 'sent', data: unknown, generation: number): void {
    for (const listener of this.#listeners) listener.frame(direction, data, generation);
  }

  #event(event: WireEvent, generation: number): void {
    for (const listener of this.#listeners) listener.event(event, generation);
  }
}

/** A browser's socket knows it. */
const urlOf = (socket: SocketLike & {readonly url?: unknown}): string => String(socket.url ?? '');

const OPEN = 1;
const CLOSING = 2;

type Handler = 'onopen' | 'onmessage' | 'onclose';

/** Stands between a socket and its handler, whoever sets that, and when. Returns how to step aside. */
function between(socket: SocketLike, name: Handler, look: (event: never) => void): () => void {
  let handler = socket[name] as ((event: never) => void) | null;
  const run = (event: never): void => {
    look(event);
    handler?.call(socket, event);
  };
  Reflect.set(socket, name, run);
  Object.defineProperty(socket, name, {
    configurable: true,
    get: () => run,
    set: (next: typeof handler) => {
      handler = next;
    },
  });
  return () => {
    Reflect.deleteProperty(socket, name);
    Reflect.set(socket, name, handler);
  };
}

const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
