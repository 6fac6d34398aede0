import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {ask, end, next, start, type Held, type Serving} from './processes.ts';
import {Page} from './page.ts';

/** One round with so many followers of one session. */
export interface Round {
  /** Milliseconds from a command to the last follower's frame, one command at a time. */
  readonly last: readonly number[];
  /** Frames that reached followers in a second, with commands sent as fast as they are answered. */
  readonly framesPerSecond: number;
  readonly before: Held;
  readonly open: Held;
  /** Milliseconds until all were connected and live. */
  readonly connectMs: number;
}

/** Who sends, and what one message of it is. */
interface Sender {
  readonly channels: readonly string[];
  send(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Commands under way at once where throughput is measured. */
const WINDOW = 8;
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Renames one session: one event on its channel, stored, answered and sent to whoever follows. */
export async function serverSender(url: string): Promise<Sender & {readonly frame: () => Promise<string>}> {
  const page = await Page.open(url, [{channel: 'sessions'}]);
  const ended = page.next((frame) => JSON.stringify(frame['event'] ?? '').includes('"status":"finished"'));
  const session = await page.start('/echo Hello');
  await ended;
  await page.close();
  const sender = await Page.open(url);
  const channel = `session:${session}`;
  let number = 0;
  const rename = (): Promise<void> => sender.command('rename', session, {title: `Title ${(number += 1)}`});
  return {
    channels: [channel],
    async send(count) {
      let left = count;
      const one = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await rename();
        }
      };
      await Promise.all(Array.from({length: Math.min(WINDOW, count)}, one));
    },
    async frame() {
      const follower = await Page.open(url, [{channel}]);
      const event = follower.next(({type}) => type === 'event');
      await rename();
      await event;
      await follower.close();
      return follower.last;
    },
    close: () => sender.close(),
  };
}

/** Says the same bytes to the bare server. */
export async function floorSender(url: string, frame: string): Promise<Sender> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return {
    channels: [],
    async send(count) {
      for (let i = 0; i < count; i += 1) socket.send(frame);
    },
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

async function time(followers: ChildProcess, sender: Sender, count: number): Promise<number> {
  await ask(followers, {name: 'frames', each: count}, 'ready');
  const reached = next<string>(followers, 'frames');
  const from = now();
  const sent = sender.send(count);
  const ms = Number(BigInt(await reached)) / 1e6 - from;
  await sent;
  return ms;
}

/** `single` commands one at a time, then `burst` as fast as they go. */
export async function fanOut(
  serving: Serving,
  sender: Sender,
  clients: number,
  {single, burst}: {readonly single: number; readonly burst: number},
): Promise<Round> {
  const followers = start('followers.ts');
  try {
    await next(followers, 'loaded');
    const before = await serving.held();
    const from = now();
    await ask(followers, {name: 'open', url: serving.url, count: clients, channels: sender.channels}, 'open');
    const connectMs = now() - from;
    // The first ones are slower: code that was never run, buffers that were never needed.
    for (let i = 0; i < 5; i += 1) await time(followers, sender, 1);
    const open = await serving.held();
    const last: number[] = [];
    for (let i = 0; i < single; i += 1) last.push(await time(followers, sender, 1));
    const ms = await time(followers, sender, burst);
    await ask(followers, {name: 'close'}, 'close');
    return {last, framesPerSecond: (burst * clients * 1000) / ms, before, open, connectMs};
  } finally {
    await end(followers);
  }
}
