import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {connect, type AddressInfo} from 'node:net';
import {after, before, beforeEach, test} from 'node:test';
import {WebSocket} from 'ws';
import {MAX_CLIENT_FRAME, SUBPROTOCOL} from '../../src/backend/session-sync/frames.ts';
import type {Client, Peer} from './core/ports.ts';
import {createOrigins} from './origins.ts';
import {createSockets, type Sockets} from './socket.ts';

/** A hub that notes what it is told. `told` resolves with the next word. */
const notes: string[] = [];
let listeners: ((note: string) => void)[] = [];
let peer: Peer;
let failing = false;
const note = (word: string): void => {
  notes.push(word);
  const told = listeners;
  listeners = [];
  told.forEach((listener) => listener(word));
};
const told = (word: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => (notes.includes(word) ? resolve() : void listeners.push(look));
    look();
  });
const hub = {
  connect(given: Peer): Client {
    peer = given;
    note('connected');
    return {
      receive(text) {
        if (failing) throw new Error('broken');
        note(`text ${text.length > 40 ? text.length : text}`);
      },
      unreadable(reason) {
        note(`unreadable ${reason}`);
        given.close(4400, reason);
      },
      alive: () => note('alive'),
      drained: () => note('drained'),
      closed: () => note('closed'),
    };
  },
  shutdown: async () => undefined,
};

const server = createServer();
let port = 0;
let sockets: Sockets;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  sockets = createSockets(hub, createOrigins({host: '127.0.0.1', port, origins: []}), () => undefined);
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
});
after(async () => {
  await sockets.closed(0);
  server.close();
});
beforeEach(() => {
  notes.length = 0;
  failing = false;
});

const open = async (options: object = {}): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`, SUBPROTOCOL, options);
  await once(socket, 'open');
  return socket;
};
const closing = async (socket: WebSocket): Promise<[number, string]> => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
};

test('the subprotocol is selected, nothing is compressed, words go both ways', async () => {
  const socket = await open();
  assert.equal(socket.protocol, SUBPROTOCOL);
  assert.equal(socket.extensions, '');
  socket.send('hello');
  await told('text hello');
  const answer = once(socket, 'message');
  peer.send('welcome ☕');
  assert.equal(String((await answer)[0]), 'welcome ☕');
  await told('drained');
  assert.equal(peer.buffered(), 0);
  socket.close();
  await told('closed');
});

test('a wrong origin is let in to be told so, and never reaches the hub', async () => {
  for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`]) {
    const socket = await open({headers: {origin}});
    assert.deepEqual(await closing(socket), [4403, 'origin not allowed'], origin);
  }
  const socket = await open({headers: {origin: `http://localhost:${port}`}});
  await told('connected');
  assert.equal(notes.filter((word) => word === 'connected').length, 1);
  socket.close();
  await closing(socket);
});

test('without the subprotocol a client is told which one is spoken', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`);
  const message = once(socket, 'message');
  const closed = closing(socket);
  assert.equal(JSON.parse(String((await message)[0])).type, 'error');
  assert.deepEqual(await closed, [4400, 'expected the subprotocol session-sync.v1']);
  assert.deepEqual(notes, []);
});

test('frames that cannot be read close with 4400 and a reason', async () => {
  const binary = await open();
  binary.send(Buffer.from('{}'));
  assert.deepEqual(await closing(binary), [4400, 'expected text, not binary']);

  const large = await open();
  large.send('x'.repeat(MAX_CLIENT_FRAME));
  await told(`text ${MAX_CLIENT_FRAME}`);
  large.send('x'.repeat(MAX_CLIENT_FRAME + 1));
  assert.deepEqual(await closing(large), [4400, 'a frame is larger than 256 KiB']);

  const garbled = await open();
  garbled.send(Buffer.from([0xff, 0xfe]), {binary: false});
  assert.deepEqual(await closing(garbled), [4400, 'a text frame is not UTF-8']);
});

test('a frame of many megabytes is refused before it is read', async () => {
  const socket = await open();
  socket.send('x'.repeat(64 * 1024 * 1024));
  assert.deepEqual(await closing(socket), [4400, 'a frame is larger than 256 KiB']);
  assert.ok(!notes.some((word) => word.startsWith('text')));
});

test('pings and pongs are signs of life', async () => {
  const socket = await open();
  socket.ping();
  await told('alive');
  notes.length = 0;
  peer.ping();
  await told('alive');
  socket.close();
  await closing(socket);
});

test('a reason fits into its frame, whole characters only', async () => {
  const socket = await open();
  peer.close(4400, '☕'.repeat(50));
  assert.deepEqual(await closing(socket), [4400, '☕'.repeat(41)]);
});

test('nothing is sent or heard after a close, and nothing breaks', async () => {
  const socket = await open();
  socket.send('one');
  await told('text one');
  peer.close(1012, 'restarting');
  peer.send('late');
  peer.ping();
  peer.close(4408, 'again');
  const words: unknown[] = [];
  socket.on('message', (data) => words.push(String(data)));
  assert.deepEqual(await closing(socket), [1012, 'restarting']);
  await told('closed');
  peer.send('later');
  assert.deepEqual(words, []);
});

test('a fault in one connection ends that connection with 1011', async () => {
  const socket = await open();
  failing = true;
  socket.send('x');
  assert.deepEqual(await closing(socket), [1011, 'the server has failed']);
  failing = false;
  const other = await open();
  other.send('still here');
  await told('text still here');
  other.close();
  await closing(other);
});

/** The status line of the answer to an upgrade. */
const upgrade = (path: string, host: string, more = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${more}\r\n`,
      ),
    );
    socket.on('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data).split('\r\n')[0] ?? '');
    });
  });

test('an upgrade must name this server and the path', async () => {
  assert.match(await upgrade('/sync', `127.0.0.1:${port}`), / 101 /);
  assert.match(await upgrade('/sync?x=1', `localhost:${port}`), / 101 /);
  assert.match(await upgrade('/sync', `evil.example:${port}`), / 421 /);
  assert.match(await upgrade('/sync', `127.0.0.1:${port}`, 'Host: evil.example\r\n'), / 4\d\d /);
  assert.match(await upgrade('/', `127.0.0.1:${port}`), / 404 /);
  assert.match(await upgrade('/sync/', `127.0.0.1:${port}`), / 404 /);
});

test('clients that do not answer a close are cut', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /sync HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n` +
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n\r\n`,
  );
  await told('connected');
  peer.close(1012, 'restarting');
  await sockets.closed(10);
  await told('closed');
  socket.destroy();
});
