// Many clients in one process. They count what they get, and tell when each of them has had so many frames.
import {once} from 'node:events';
import {randomUUID} from 'node:crypto';
import {WebSocket} from 'ws';

export type FollowersMessage =
  | {readonly name: 'open'; readonly url: string; readonly count: number; readonly channels: readonly string[]}
  | {readonly name: 'frames'; readonly each: number}
  | {readonly name: 'close'};

let sockets: {readonly socket: WebSocket; frames: number}[] = [];
/** Frames that every client is to get, and how many clients have not got them. */
let wanted = 0;
let missing = 0;

const tell = (name: string, value: unknown): void => void process.send?.({name, value});

async function open(url: string, channels: readonly string[]): Promise<void> {
  const socket = new WebSocket(url, channels.length > 0 ? 'session-sync.v1' : undefined);
  const client = {socket, frames: 0};
  sockets.push(client);
  await once(socket, 'open');
  if (channels.length > 0) {
    socket.send(
      JSON.stringify({type: 'hello', client: randomUUID(), channels: channels.map((channel) => ({channel}))}),
    );
    let awaited = channels.length;
    await new Promise<void>((resolve) => {
      const hear = (data: Buffer): void => {
        if (!data.includes('"type":"live"')) return;
        awaited -= 1;
        if (awaited > 0) return;
        socket.off('message', hear);
        resolve();
      };
      socket.on('message', hear);
    });
  }
  socket.on('message', () => {
    client.frames += 1;
    if (client.frames !== wanted) return;
    missing -= 1;
    // A clock that all processes of a machine share.
    if (missing === 0) tell('frames', process.hrtime.bigint().toString());
  });
}

process.on('message', async (message: FollowersMessage) => {
  switch (message.name) {
    case 'open':
      // A hundred at a time: a backlog that overflows would measure the kernel.
      for (let from = 0; from < message.count; from += 100) {
        const some = Math.min(100, message.count - from);
        await Promise.all(Array.from({length: some}, () => open(message.url, message.channels)));
      }
      return tell('open', null);
    case 'frames':
      for (const client of sockets) client.frames = 0;
      wanted = message.each;
      missing = sockets.length;
      return tell('ready', null);
    case 'close': {
      const closed = sockets.map(({socket}) => once(socket, 'close'));
      for (const {socket} of sockets) socket.close();
      sockets = [];
      await Promise.all(closed);
      return tell('close', null);
    }
  }
});

// What was said to it before this line was heard by nobody.
tell('loaded', null);
