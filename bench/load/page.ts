import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {WebSocket} from 'ws';

interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** One page that knows the wire: it says something, and waits for the frame that it wants. */
export class Page {
  readonly #socket: WebSocket;
  #waiting: {readonly wanted: (frame: Frame) => boolean; readonly resolve: (frame: Frame) => void}[] = [];
  /** The text of the last frame. */
  last = '';

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.last = data.toString();
      const frame = JSON.parse(this.last) as Frame;
      const waiting = this.#waiting;
      this.#waiting = waiting.filter((one) => !one.wanted(frame));
      for (const one of waiting) if (!this.#waiting.includes(one)) one.resolve(frame);
    });
  }

  static async open(url: string, channels: readonly {channel: string; after?: number}[] = []): Promise<Page> {
    const socket = new WebSocket(url, 'session-sync.v1');
    await once(socket, 'open');
    const page = new Page(socket);
    const live = channels.map(({channel}) => page.live(channel));
    const welcome = page.next(({type}) => type === 'welcome');
    page.say({type: 'hello', client: randomUUID(), channels});
    await Promise.all([welcome, ...live]);
    return page;
  }

  say(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  next(wanted: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => this.#waiting.push({wanted, resolve}));
  }

  live(channel: string): Promise<Frame> {
    return this.next((frame) => frame.type === 'live' && frame['channel'] === channel);
  }

  /** Throws if it was not accepted. */
  async command(op: string, session: string, fields: object = {}): Promise<void> {
    const id = randomUUID();
    const answer = this.next((frame) => frame['command'] === id && (frame.type === 'ack' || frame.type === 'reject'));
    this.say({type: 'command', id, op, session, ...fields});
    const {type, message} = await answer;
    if (type !== 'ack') throw new Error(`${op}: ${String(message)}`);
  }

  async start(text: string): Promise<string> {
    const session = randomUUID();
    await this.command('start', session, {text});
    return session;
  }

  /** The items that a query finds. */
  async query(fields: object): Promise<readonly unknown[]> {
    const id = randomUUID();
    const answer = this.next((frame) => frame['id'] === id);
    this.say({type: 'query', id, ...fields});
    const page = await answer;
    if (page.type !== 'page') throw new Error(`query: ${String(page['message'])}`);
    return page['items'] as unknown[];
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}
