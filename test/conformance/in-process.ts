import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createWorkspaceAgent} from '../../demo/server/agents/workspace/agent.ts';
import {createHub, type HubOptions} from '../../demo/server/core/hub.ts';
import type {Hub} from '../../demo/server/core/ports.ts';
import type {Storage} from '../../demo/server/core/storage.ts';
import {uuid, VirtualClock} from '../../demo/server/core/testkit.ts';
import {createMemoryStorage} from '../../demo/server/storage/memory.ts';
import {checkConformance, type ConformanceOptions, type Report} from '../../src/conformance/run.ts';
import {readScript} from '../../src/conformance/script.ts';
import type {Wire, WireEvents, World} from '../../src/conformance/world.ts';

const root = join(import.meta.dirname, '../..');
export const SCRIPT_FILE = join(root, 'docs/conformance-demo-server.json');
const script = readScript(readFileSync(SCRIPT_FILE, 'utf8'));

export type Frame = Record<string, unknown>;

/** What one connection says otherwise: the frames that are sent instead of one. A state of its own for each connection. */
export interface Twist {
  /** From the server; nothing: it is lost. */
  readonly down?: (frame: Frame, close: (code: number, reason: string) => void) => readonly Frame[];
  /** From the client. */
  readonly up?: (frame: Frame) => readonly Frame[];
  readonly close?: (code: number) => number;
}

/** The server of the demo with one thing in it that is otherwise. */
export interface Change {
  readonly twist?: () => Twist;
  readonly storage?: (storage: Storage) => Partial<Storage>;
  readonly hub?: (options: HubOptions) => Partial<HubOptions>;
}

const USERS: Readonly<Record<string, string>> = {one: 'ann', two: 'ben'};

const createServer = (change: Change, clock: VirtualClock): Hub => {
  const stored = createMemoryStorage();
  const changed = change.storage?.(stored) ?? {};
  const storage = new Proxy(stored, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in changed ? changed : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const options: HubOptions = {
    clock,
    makeId: uuid,
    storage,
    authenticate: (token) => {
      const user = USERS[token ?? ''];
      return user === undefined ? null : {id: user, name: user};
    },
    log: () => undefined,
    agents: [createWorkspaceAgent({place: {root: join(root, 'docs'), hidden: []}, clock})],
  };
  return createHub({...options, ...change.hub?.(options)});
};

/** A connection without a network; each frame arrives a little later, in its order. */
const connect = (hub: Hub, twist: Twist, origin: string | undefined, events: WireEvents): Wire => {
  let isOpen = true;
  const later = (run: () => void): void => queueMicrotask(() => isOpen && run());
  const close = (code: number, reason: string): void =>
    later(() => {
      isOpen = false;
      events.closed(twist.close?.(code) ?? code, reason);
    });
  later(() => events.opened('session-sync.v1'));
  // As the shell of the server does it.
  if (origin !== undefined) close(4403, 'origin not allowed');
  const client = hub.connect({
    send: (text) => {
      const frames = twist.down
        ? twist.down(JSON.parse(text) as Frame, close).map((frame) => JSON.stringify(frame))
        : [text];
      for (const each of frames) later(() => events.message(each));
    },
    ping: () => client.alive(),
    buffered: () => 0,
    close,
  });
  const give = (data: string | Uint8Array): void => {
    if (typeof data !== 'string') return client.unreadable('expected text');
    let frames: readonly string[] = [data];
    try {
      const frame = JSON.parse(data) as Frame;
      if (twist.up) frames = twist.up(frame).map((each) => JSON.stringify(each));
    } catch {
      // What is broken on purpose passes as it is.
    }
    for (const each of frames) client.receive(each);
  };
  return {
    send: (data) => later(() => give(data)),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      client.closed();
      events.closed(1000, '');
    },
  };
};

/** Runs the kit against the demo's server in this process, in a time of its own. */
export async function checkInProcess(change: Change, options: Partial<ConformanceOptions> = {}): Promise<Report> {
  const clock = new VirtualClock();
  const hub = createServer(change, clock);
  const world: World = {
    now: () => clock.now(),
    timer: (ms, run) => clock.timer(ms, run),
    uuid,
    connect: (_, {origin}, events) => connect(hub, change.twist?.() ?? {}, origin, events),
  };
  let isDone = false;
  const running = checkConformance({
    url: 'ws://in-process/',
    world,
    token: 'one',
    secondToken: 'two',
    script,
    ...options,
  }).finally(() => (isDone = true));
  // Files take real time: the clock must not run away from them.
  const drive = async (): Promise<void> => {
    while (!isDone) {
      await clock.advance(20);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  const [report] = await Promise.all([running, drive()]);
  await hub.shutdown();
  return report;
}
