import {sound, type Part} from '../faults/parts.ts';
import type {Script} from '../faults/scripts.ts';
import {ClientWorld} from './client-world.ts';
import {changesOf, isSame, type Changes, type Face} from './face.ts';
import {mustHold, type Round, type Tally, type Target} from './hunt.ts';
import {Luck} from './luck.ts';
import {garbage, mutated} from './mutate.ts';
import {mustBeShaped, mustBeUnpolluted} from './shapes.ts';
import {anyFrame, snapshotParts} from './strange-frames.ts';

export type ClientDeed =
  | {readonly do: 'frame'; readonly text: string}
  | {readonly do: 'bytes'}
  | {readonly do: 'wait'; readonly ms: number}
  | {readonly do: 'start'; readonly script: Script}
  | {readonly do: 'send'; readonly script: Script; readonly on: number}
  | {readonly do: 'stop' | 'older' | 'seen' | 'rename'; readonly on: number}
  | {readonly do: 'find' | 'reconnect'};

const SCRIPTS: readonly Script[] = ['brief', 'stream', 'tools', 'asks', 'thinks', 'leaves', 'fails', 'silent'];

/** - `lies`: anything at all, and the server that follows has other numbers; - `noise`: nothing that can be read, and the same server goes on. */
type Sort = 'lies' | 'noise';

export type ClientFocus = 'all' | 'snapshots';

class ClientRound implements Round<ClientDeed> {
  readonly #world: ClientWorld;
  readonly #luck: Luck;
  readonly #tally: Tally;
  readonly #sort: Sort;
  readonly #focus: ClientFocus;
  readonly #plan: ClientDeed[] = [];

  constructor(seed: number, tally: Tally, part: Part, focus: ClientFocus) {
    this.#world = new ClientWorld(part);
    this.#luck = new Luck(seed);
    this.#tally = tally;
    this.#focus = focus;
    this.#sort = focus === 'all' && this.#luck.percent(40) ? 'noise' : 'lies';
    for (const script of ['tools', 'asks', 'stream'] as const) {
      this.#plan.push({do: 'start', script}, {do: 'wait', ms: 30});
    }
  }

  next(): ClientDeed {
    const luck = this.#luck;
    const planned = this.#plan.shift();
    if (planned) return planned;
    const {page, sessions, isOpen} = this.#world;
    const {status} = page.store.connection;
    if (status === 'refused') return {do: 'reconnect'};
    if (!isOpen && luck.percent(status === 'waiting' ? 90 : 50)) return {do: 'wait', ms: luck.pick([5, 500, 5_000])};
    if (luck.percent(5)) return {do: 'wait', ms: luck.pick([0, 6, 12, 12, 40, 200, 2_000])};
    if (luck.percent(1.5)) return this.#person(luck.below(Math.max(1, sessions.length)));
    if (luck.percent(this.#focus === 'snapshots' ? 30 : 1)) {
      this.#planSnapshot();
      return this.#plan.shift() ?? {do: 'find'};
    }
    return luck.percent(0.5) ? {do: 'bytes'} : {do: 'frame', text: this.#frame()};
  }

  #person(on: number): ClientDeed {
    const luck = this.#luck;
    const script = luck.pick(SCRIPTS);
    return luck.pick<ClientDeed>([
      {do: 'send', script, on},
      {do: 'send', script, on},
      {do: 'send', script, on},
      {do: 'stop', on},
      {do: 'older', on},
      {do: 'seen', on},
      {do: 'rename', on},
      {do: 'find'},
      this.#world.sessions.length < 6 ? {do: 'start', script} : {do: 'find'},
    ]);
  }

  #frame(): string {
    const luck = this.#luck;
    const {frames, parsed} = this.#world;
    if (frames.length === 0 || luck.percent(12)) return garbage(luck);
    const base = luck.percent(45) ? this.#strange() : this.#fresh(luck.pick(frames));
    return luck.percent(4) ? base : mutated(base, luck, parsed);
  }

  #strange(): string {
    const {sessions, queries} = this.#world;
    const session = sessions.length > 0 ? this.#luck.pick(sessions) : 'none';
    return JSON.stringify(anyFrame(this.#world.known(session), queries, this.#luck));
  }

  /** An event that was applied long ago is made the next one, so that what is wrong with it is all that is wrong. */
  #fresh(text: string): string {
    if (!text.startsWith('{"type":"event"') || this.#luck.percent(20)) return text;
    const frame = JSON.parse(text) as {channel: string; seq: number};
    const session = frame.channel.slice('session:'.length);
    return this.#world.sessions.includes(session)
      ? JSON.stringify({...frame, seq: this.#world.known(session).seq + 1})
      : text;
  }

  /** A gap, so that a snapshot is awaited; then parts of one, some of them changed, lost, twice or of another. */
  #planSnapshot(): void {
    const luck = this.#luck;
    const {sessions, parsed} = this.#world;
    if (sessions.length === 0) return;
    const known = this.#world.known(luck.pick(sessions));
    const parts = snapshotParts(known, luck).map((part) => JSON.stringify(part));
    const other = snapshotParts(this.#world.known(luck.pick(sessions)), luck).map((part) => JSON.stringify(part));
    const channel = (JSON.parse(parts[0] ?? '{}') as {channel: string}).channel;
    const frame = (text: string): ClientDeed => ({do: 'frame', text});
    this.#plan.push(frame(JSON.stringify({type: 'live', channel, seq: known.seq + 9})));
    for (const part of parts) {
      if (luck.percent(15)) continue;
      this.#plan.push(frame(luck.percent(45) ? mutated(part, luck, parsed) : part));
      if (luck.percent(10)) this.#plan.push(frame(part));
      if (luck.percent(20)) this.#plan.push(frame(luck.pick(other)));
    }
    if (luck.percent(50)) this.#plan.push(frame(JSON.stringify({type: 'live', channel, seq: known.seq})));
    if (luck.percent(30)) this.#plan.push({do: 'wait', ms: 12});
  }

  async act(deed: ClientDeed): Promise<void> {
    const world = this.#world;
    const {store} = world.page;
    const session = 'on' in deed ? world.sessions[deed.on % Math.max(1, world.sessions.length)] : undefined;
    switch (deed.do) {
      case 'frame':
        return this.#give(deed.text);
      case 'bytes':
        return this.#give(new ArrayBuffer(8));
      case 'wait':
        await world.time.advance(deed.ms);
        return world.throwFound();
      case 'start':
        return world.start(deed.script);
      case 'reconnect':
        return store.reconnect();
      case 'find':
        return void store.findSessions({limit: 3});
    }
    if (session === undefined) return;
    switch (deed.do) {
      case 'send':
        return world.send(session, deed.script);
      case 'stop':
        return store.stop(session);
      case 'older':
        return void store.loadOlder(session);
      case 'seen':
        return store.seen(session);
      case 'rename':
        return store.rename(session, 'alice# renamed');
    }
  }

  #give(data: unknown): void {
    const world = this.#world;
    if (!world.page.link?.onmessage || world.page.store.connection.status === 'waiting') return;
    // Noise is what no reader can make anything of: whatever it is taken for, the numbers of the server go on.
    if (this.#sort === 'noise' && !isNoise(data)) return;
    const wasOpen = world.isOpen;
    const before = world.face;
    const {outbox} = world.page;
    const parsed = world.give(data);
    const after = world.face;
    // Sessions that a frame speaks of by naming a command, and those of which something was settled that was due.
    const concerned = outbox
      .filter((command) => !world.page.outbox.includes(command) || String(data).includes(command.id))
      .map(({session}) => session);
    const changes = changesOf(before, after);
    this.#tally.count(outcomeOf(parsed, changes, wasOpen));
    if (wasOpen) judge(parsed, changes, before, after, String(data), concerned);
    else mustHold('nothing is shown before a welcome', isNothingShown(changes, after), () => String(data));
    if (!isSame(changes)) mustBeShaped(after);
    mustBeUnpolluted();
  }

  async end(): Promise<void> {
    await this.#world.time.advance(50);
    await this.#world.converge(this.#sort === 'noise' ? 'same' : 'new');
  }
}

type Parsed = ReturnType<ClientWorld['give']>;

/** By rules of its own, so that a reader that is too lenient is not its own judge. */
function isNoise(data: unknown): boolean {
  if (typeof data !== 'string') return true;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return true;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  const {type, channel, seq} = value as Record<string, unknown>;
  if (typeof type !== 'string') return true;
  if (type === 'event' || type === 'live' || type === 'snapshot')
    return typeof channel !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0;
  return false;
}

const isNothingShown = (changes: Changes, {sessions}: Face): boolean =>
  changes.sessions.length === 0 || sessions.size === 0;

function outcomeOf(parsed: Parsed, changes: Changes, wasOpen: boolean): string {
  if (!wasOpen) return 'before a welcome';
  if (parsed.read === 'ignored') return 'of an unknown type: ignored';
  if (parsed.read === 'unreadable') {
    const cause =
      /not text|not JSON|type: /.exec(parsed.problem)?.[0] ??
      (parsed.type === undefined ? 'fields' : `fields of ${parsed.type}`);
    return `refused: ${cause}`;
  }
  if (parsed.problems.length > 0) return 'read, elements left out';
  return isSame(changes) ? 'read, of no effect' : 'read and applied';
}

/** Nothing but what the protocol lets a frame do. */
function judge(
  parsed: Parsed,
  changes: Changes,
  before: Face,
  after: Face,
  data: string,
  concerned: readonly string[],
): void {
  if (isSame(changes)) return;
  const say = (): string => `${data.slice(0, 600)} → ${JSON.stringify(changes)}`;
  mustHold('no frame but a welcome changes who is there', before.others[1] === after.others[1], say);
  if (parsed.read === 'ignored') mustHold('what is not known changes nothing', false, say);
  mustHold('a frame does not end a connection', !changes.connection, say);
  if (parsed.read === 'unreadable') return judgeUnreadable(parsed, changes, before, after, concerned, say);
  if (parsed.read !== 'frame') return;
  const {frame} = parsed;
  const channel = 'channel' in frame ? frame.channel : undefined;
  const own = channel?.startsWith('session:') ? channel.slice('session:'.length) : undefined;
  if (own !== undefined && frame.type !== 'error') {
    const others = [...changes.sessions, ...changes.threads].filter((id) => id !== own && !concerned.includes(id));
    mustHold('a frame changes its own session only', others.length === 0, say);
  }
  // But what was due to be settled is settled by whatever comes next.
  if ((frame.type === 'delta' || frame.type === 'partial') && concerned.length === 0)
    mustHold('streamed text changes no list', changes.sessions.length === 0 && !changes.others, say);
}

function judgeUnreadable(
  parsed: Extract<Parsed, {read: 'unreadable'}>,
  changes: Changes,
  before: Face,
  after: Face,
  concerned: readonly string[],
  say: () => string,
): void {
  // One that is passed over counts as the effect of its command.
  const others = changes.sessions.filter((id) => !concerned.includes(id));
  mustHold('what cannot be read changes no session', others.length === 0, say);
  for (const id of changes.threads) {
    const [old, now] = [before.threads.get(id)?.confirmed, after.threads.get(id)?.confirmed];
    // Words that were due to be settled are not shown on top of it any more.
    if (old === now && concerned.includes(id)) continue;
    if (!old || !now) mustHold('what cannot be read changes no thread', false, say);
    else if (parsed.type === 'live') {
      mustHold('what cannot be read changes no thread', old.log === now.log, say);
    } else {
      const [added, ...more] = now.log.slice(old.log.length);
      const passedOver =
        added?.event.kind === 'unreadable' &&
        more.length === 0 &&
        old.log.slice(0).every((event, at) => now.log.at(at) === event);
      mustHold('what cannot be read changes no thread', parsed.type === 'event' && passedOver, say);
    }
  }
}

/** The client: everything that a server, or whoever is between, may send to it. */
export const client = (part: Part = sound, focus: ClientFocus = 'all'): Target<ClientDeed> => ({
  name: focus === 'all' ? 'client' : 'snapshots',
  deeds: 3_000,
  begin: async (seed, tally) => {
    const round = new ClientRound(seed, tally, part, focus);
    await round.act({do: 'wait', ms: 50});
    return round;
  },
});
