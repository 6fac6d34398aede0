import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocket, WebSocketServer} from 'ws';
import {MAX_CLIENT_FRAME, SUBPROTOCOL} from '../../src/backend/session-sync/frames.ts';
import type {Client, Hub, Log, Peer} from './core/ports.ts';
import {pathOf, SYNC_PATH} from './http.ts';
import {Outgoing} from './outgoing.ts';
import type {Origins} from './origins.ts';
import {cutReason, SyncSocket} from './sync-socket.ts';

export interface Sockets {
  /** For the `upgrade` event of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Resolves when every socket is closed; those that are not after `ms` are cut. */
  closed(ms: number): Promise<void>;
}

/** How long a page may take to answer a close. */
const CLOSE_TIMEOUT = 5_000;

/** The WebSockets of the pages: everything about the wire, nothing about what is said on it. */
export const createSockets = (hub: Hub, origins: Origins, log: Log): Sockets => {
  // A variable, because the types of the library do not know `closeTimeout` yet.
  const options = {
    noServer: true,
    WebSocket: SyncSocket,
    maxPayload: MAX_CLIENT_FRAME,
    perMessageDeflate: false,
    handleProtocols: (offered: Set<string>) => offered.has(SUBPROTOCOL) && SUBPROTOCOL,
    closeTimeout: CLOSE_TIMEOUT,
  };
  const server = new WebSocketServer(options);
  const outgoing = new Outgoing();

  const accept = (socket: WebSocket, request: IncomingMessage, line: Duplex): void => {
    socket.on('error', (error) => log('info', 'socket-error', {problem: error.message}));
    // A refused upgrade looks to a browser like no server at all: the socket is opened to say why, and nothing else.
    if (!origins.isAllowed(request.headersDistinct['origin'])) {
      log('warn', 'origin-refused', {origin: request.headers.origin});
      return socket.close(4403, 'origin not allowed');
    }
    if (socket.protocol !== SUBPROTOCOL) {
      const message = `This server speaks ${SUBPROTOCOL}, which was not offered.`;
      socket.send(JSON.stringify({type: 'error', code: 'unsupported', message}));
      return socket.close(4400, `expected the subprotocol ${SUBPROTOCOL}`);
    }
    attach(socket, hub, log, (text) => outgoing.bytesFor(line, text));
  };

  return {
    upgrade(request, socket, head) {
      // Whoever goes away between two packets must not end the process.
      socket.on('error', () => socket.destroy());
      if (!origins.isOwnHost(request.headersDistinct['host'])) return refuse(socket, '421 Misdirected Request');
      if (pathOf(request) !== SYNC_PATH) return refuse(socket, '404 Not Found');
      server.handleUpgrade(request, socket, head, (opened) => accept(opened, request, socket));
    },
    async closed(ms) {
      const open = [...server.clients];
      const cut = setTimeout(() => open.forEach((socket) => socket.terminate()), ms);
      await Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
      clearTimeout(cut);
    },
  };
};

const refuse = (socket: Duplex, status: string): void => {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** Ties one socket to the hub. */
const attach = (socket: WebSocket, hub: Hub, log: Log, encode: (text: string) => Buffer): void => {
  let draining = false;
  const client: Client = hub.connect(
    peerOf(socket, encode, () => {
      // Many frames leave at once; one word about it is enough.
      if (draining) return;
      draining = true;
      setImmediate(() => {
        draining = false;
        if (socket.readyState === WebSocket.OPEN) report(() => client.drained());
      });
    }),
  );

  /** A fault of the server in one connection ends that connection, not the others. */
  const report = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      log('error', 'client-failed', {error});
      socket.close(1011, 'the server has failed');
    }
  };

  socket.on('message', (data, isBinary) => {
    // What was under way when the server closed: nothing is obeyed after the word that says so.
    if (socket.readyState !== WebSocket.OPEN) return;
    report(() => (isBinary ? client.unreadable('expected text, not binary') : client.receive(data.toString())));
  });
  socket.on('ping', () => report(() => client.alive()));
  socket.on('pong', () => report(() => client.alive()));
  socket.on('close', () => report(() => client.closed()));
};

const peerOf = (socket: WebSocket, encode: (text: string) => Buffer, left: () => void): Peer => ({
  send(text) {
    if (socket.readyState === WebSocket.OPEN) socket.send(encode(text), {binary: false}, left);
  },
  ping() {
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  },
  buffered: () => socket.bufferedAmount,
  close: (code, reason) => socket.close(code, cutReason(reason)),
});
