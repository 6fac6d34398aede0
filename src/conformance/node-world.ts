// The types of the package are built without those of Node; here they are needed.
/// <reference types="node" />
import {randomUUID} from 'node:crypto';
import type {Wire, WireEvents, World} from './world.ts';

/** The part of a WebSocket class that is used: that of Node from 22 on, or that of the package `ws`. */
interface SocketLike {
  binaryType: string;
  readonly protocol: string;
  readonly readyState: number;
  send(data: string | Uint8Array): void;
  close(code?: number): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: {readonly data: unknown}) => void): void;
  addEventListener(type: 'close', listener: (event: {readonly code: number; readonly reason: string}) => void): void;
  addEventListener(
    type: 'error',
    listener: (event: {readonly message?: string; readonly error?: unknown}) => void,
  ): void;
}
type OpenSocket = (url: string, protocol: string, headers: Readonly<Record<string, string>>) => SocketLike;

const OPEN = 1;

/** Node from 22 on has a WebSocket of its own; Node 20 takes that of `ws`. */
async function findSocket(): Promise<OpenSocket> {
  const {WebSocket} = globalThis as {WebSocket?: unknown};
  if (WebSocket !== undefined) {
    // Headers are Node's own addition to what browsers have.
    const Socket = WebSocket as new (url: string, options: object) => SocketLike;
    return (url, protocol, headers) => new Socket(url, {protocols: [protocol], headers});
  }
  const {WebSocket: Socket} = await import('ws');
  return (url, protocol, headers) =>
    new Socket(url, protocol, {headers, perMessageDeflate: false}) as unknown as SocketLike;
}

const problemOf = ({message, error}: {readonly message?: string; readonly error?: unknown}): string => {
  const {cause = error} = (error ?? {}) as {cause?: unknown};
  const {code} = (cause ?? {}) as {code?: unknown};
  if (typeof code === 'string') return code;
  return (cause instanceof Error && cause.message) || message || 'no connection';
};

function connect(open: OpenSocket, url: string, origin: string | undefined, events: WireEvents): Wire {
  const socket = open(url, 'session-sync.v1', origin === undefined ? {} : {origin});
  socket.binaryType = 'arraybuffer';
  let problem = '';
  socket.addEventListener('open', () => events.opened(socket.protocol));
  socket.addEventListener('message', ({data}) => events.message(data));
  socket.addEventListener('error', (event) => (problem = problemOf(event)));
  socket.addEventListener('close', ({code, reason}) => events.closed(code, reason || problem));
  return {
    send: (data) => {
      // Who has gone away is told by `closed`.
      if (socket.readyState === OPEN) socket.send(data);
    },
    close: () => socket.close(),
  };
}

/** The world of a process of Node. */
export async function createNodeWorld(): Promise<World> {
  const open = await findSocket();
  return {
    now: () => performance.now(),
    timer: (ms, run) => {
      const handle = setTimeout(run, ms);
      return () => clearTimeout(handle);
    },
    uuid: () => randomUUID(),
    connect: (url, {origin}, events) => connect(open, url, origin, events),
  };
}
