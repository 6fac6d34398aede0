// The floor: the same library and as little as possible. What one client says goes to all others, as the bytes that came.
import type {AddressInfo} from 'node:net';
import {WebSocket, WebSocketServer} from 'ws';

const server = new WebSocketServer({port: 0, host: '127.0.0.1', perMessageDeflate: false});
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const client of server.clients) {
      if (client !== socket && client.readyState === WebSocket.OPEN) client.send(data, {binary: false});
    }
  });
});
server.on('listening', () => {
  const {port} = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({url: `ws://127.0.0.1:${port}/`})}\n`);
});
