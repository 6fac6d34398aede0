import {createHub} from '../../demo/server/core/hub.ts';
import type {Client, Hub} from '../../demo/server/core/ports.ts';
import type {Answer, Storage} from '../../demo/server/core/storage.ts';
import {Page as Witness} from '../../demo/server/core/testkit/page.ts';
import {createMemoryStorage} from '../../demo/server/storage/memory.ts';
import {parse} from '../../src/backend/session-sync/parse.ts';
import {ScriptedAgent} from '../faults/scripts.ts';
import {OwnTime, Time} from '../faults/time.ts';
import {anyClientFrame, dueOf, type Due, type Page} from './command-frames.ts';
import {mustHold, Wrong, type Round, type Tally, type Target} from './hunt.ts';
import {Luck} from './luck.ts';
import {garbage, mutated} from './mutate.ts';
import {mustBeUnpolluted} from './shapes.ts';

export type ServerDeed =
  | {readonly do: 'frame'; readonly page: number; readonly text: string}
  | {readonly do: 'bytes'; readonly page: number}
  | {readonly do: 'return'; readonly page: number}
  | {readonly do: 'wait'; readonly ms: number};

/** The seams where a deliberate mistake can stand. */
export interface ServerPart {
  hub(create: typeof createHub): typeof createHub;
  storage(storage: Storage): Storage;
  client(client: Client): Client;
}
const same = <T>(thing: T): T => thing;
export const soundServer: ServerPart = {hub: same, storage: same, client: same};

const USERS = ['alice', 'bob'] as const;
/** Only ever said by the one user, and in no frame that the other sends. */
const secretOf = (user: string): string => `${user}-only-secret`;
const MAX_SERVER_FRAME = 1024 * 1024;
/** What a refusal may say, in characters. */
const SENTENCE = 500;
const HEARTBEAT = 30_000;

/** One connection that sends anything. */
class Attacker {
  readonly user: string;
  client: Client | undefined;
  said: string[] = [];
  closed: {readonly code: number; readonly reason: string} | undefined;
  #opened = 0;

  constructor(user: string) {
    this.user = user;
  }

  dial(hub: Hub, part: ServerPart): void {
    this.client?.closed();
    this.closed = undefined;
    const opened = (this.#opened += 1);
    const isMine = (): boolean => opened === this.#opened;
    this.client = part.client(
      hub.connect({
        send: (text) => {
          if (!isMine()) return;
          mustHold('nothing is sent after a close', this.closed === undefined, () => text);
          this.said.push(text);
        },
        ping: () => this.client?.alive(),
        buffered: () => 0,
        close: (code, reason) => {
          if (isMine()) this.closed = {code, reason};
        },
      }),
    );
    this.client.receive(
      JSON.stringify({
        type: 'hello',
        client: `client of ${this.user}`,
        token: this.user,
        channels: [{channel: 'sessions'}],
      }),
    );
  }
}

class ServerRound implements Round<ServerDeed> {
  readonly #time = new Time();
  readonly #own = new OwnTime(this.#time);
  readonly #luck: Luck;
  readonly #tally: Tally;
  readonly #part: ServerPart;
  readonly #hub: Hub;
  readonly #storage: Storage;
  readonly #attackers = USERS.map((user) => new Attacker(user));
  readonly #witnesses: Witness[];
  readonly #pages: readonly {
    user: string;
    sessions: string[];
    turns: string[];
    commands: string[];
    approvals: string[];
  }[];
  /** Of each command the one answer that it had, until a session goes and takes what was stored along. */
  readonly #answers = new Map<string, string>();
  readonly #frames: string[] = [];
  readonly #parsed: unknown[] = [];
  readonly #faults: string[] = [];
  /** Commands answered, and everything committed, since the last frame. */
  #stored: string[] = [];
  #commits = 0;
  #receiving = false;
  #ids = 0;

  constructor(seed: number, tally: Tally, part: ServerPart) {
    this.#luck = new Luck(seed);
    this.#tally = tally;
    this.#part = part;
    this.#storage = part.storage(this.#watched(createMemoryStorage()));
    this.#hub = part.hub(createHub)({
      clock: this.#own,
      makeId: () => `id-${(this.#ids += 1)}`,
      storage: this.#storage,
      authenticate: (token) => (token && USERS.includes(token as never) ? {id: token, name: `Mx ${token}`} : null),
      log: (level, event, fields) => {
        if (level === 'error') this.#faults.push(`${event} ${JSON.stringify(fields)}`);
      },
      agents: [new ScriptedAgent(this.#own)],
      heartbeatMs: HEARTBEAT,
      maxTurns: 4,
      limits: {frameBurst: 1e9, commandBurst: 1e9},
    });
    this.#pages = USERS.map((user) => ({user, sessions: [], turns: [], commands: [], approvals: []}));
    this.#witnesses = USERS.map((token) => {
      const witness = new Witness(this.#hub);
      witness.hello([{channel: 'sessions'}], {token});
      return witness;
    });
    for (const attacker of this.#attackers) this.#dial(attacker);
    for (const [at, witness] of this.#witnesses.entries()) {
      const user = USERS[at] ?? 'alice';
      for (const script of ['tools', 'asks']) {
        const session = witness.start(`${user}# [${script}] ${secretOf(user)}`);
        witness.subscribe(`session:${session}`);
        this.#pages[at]?.sessions.push(session);
      }
    }
  }

  /** Sees what is written, and that every answer is stored with its effect, in one transaction. */
  #watched(storage: Storage): Storage {
    return new Proxy(storage, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name === 'transaction') {
          return <T>(run: () => T): T => {
            const result = target.transaction(run);
            this.#commits += 1;
            return result;
          };
        }
        if (name === 'putAnswer') {
          return (user: string, command: string, answer: Answer): void => {
            target.putAnswer(user, command, answer);
            this.#stored.push(command);
          };
        }
        return member.bind(target) as unknown;
      },
    });
  }

  #dial(attacker: Attacker): void {
    attacker.said = [];
    attacker.dial(this.#hub, this.#part);
    attacker.said = [];
  }

  next(): ServerDeed {
    const luck = this.#luck;
    const page = luck.below(this.#attackers.length);
    if (this.#attackers[page]?.closed) return {do: 'return', page};
    if (luck.percent(3)) return {do: 'wait', ms: luck.pick([0, 20, 100, 1_000])};
    if (luck.percent(0.3)) return {do: 'bytes', page};
    return {do: 'frame', page, text: this.#frame(page)};
  }

  #frame(at: number): string {
    const luck = this.#luck;
    if (luck.percent(8)) return garbage(luck);
    // The ids of the other user are known to whoever guesses well.
    const page = this.#pages[luck.percent(85) ? at : 1 - at] as Page;
    const own = this.#pages[at] as Page;
    const text = JSON.stringify(anyClientFrame({...page, user: own.user, commands: own.commands}, luck));
    this.#remember(text);
    return luck.percent(12) ? text : mutated(text, luck, this.#parsed);
  }

  #remember(text: string): void {
    this.#frames.push(text);
    this.#parsed.push(JSON.parse(text) as unknown);
    if (this.#frames.length > 60) {
      this.#frames.shift();
      this.#parsed.shift();
    }
  }

  async act(deed: ServerDeed): Promise<void> {
    if (deed.do === 'wait') {
      await this.#time.advance(deed.ms);
      return this.#check();
    }
    const attacker = this.#attackers[deed.page];
    if (!attacker) return;
    if (deed.do === 'return') return this.#dial(attacker);
    if (attacker.closed) return;
    attacker.said = [];
    this.#stored = [];
    this.#commits = 0;
    try {
      this.#receiving = true;
      if (deed.do === 'bytes') attacker.client?.unreadable('not text');
      else attacker.client?.receive(deed.text);
    } catch (error) {
      if (error instanceof Wrong) throw error;
      throw new Wrong(
        'nothing is thrown out of the server',
        error instanceof Error ? (error.stack ?? '') : String(error),
      );
    } finally {
      this.#receiving = false;
    }
    const due: Due = deed.do === 'bytes' ? {due: 'closed'} : dueOf(deed.text);
    this.#judge(attacker, due, deed.do === 'bytes' ? 'bytes' : deed.text);
    this.#check();
  }

  #judge(attacker: Attacker, due: Due, data: string): void {
    const {said, closed} = attacker;
    const say = (): string => `${data.slice(0, 500)} → ${JSON.stringify(closed)} ${said.join(' ').slice(0, 500)}`;
    const answers = said.filter((text) => /^\{"type":"(ack|reject)"/.test(text));
    switch (due.due) {
      case 'closed':
        this.#tally.count('closed: 4400');
        mustHold('what cannot be read ends the connection with 4400', closed?.code === 4400, say);
        return this.#mustBeUntouched(said, say);
      case 'ignored':
        this.#tally.count('of an unknown type: ignored');
        mustHold('what is not known is ignored', closed === undefined && said.length === 0, say);
        return this.#mustBeUntouched(said, say);
      case 'rejected': {
        this.#tally.count('rejected: invalid');
        const frame = answers.length === 1 ? (JSON.parse(answers[0] ?? '') as Record<string, unknown>) : {};
        const {type, code, command, message} = frame;
        const fits = type === 'reject' && (code === 'invalid' || code === 'unsupported') && command === due.command;
        mustHold('a command that cannot be read is rejected', fits && closed === undefined, say);
        mustHold('a refusal is a sentence', String(message).length <= SENTENCE, say);
        return this.#mustBeUntouched([], say);
      }
      case 'obeyed':
        return this.#judgeObeyed(attacker, due.frame, answers, say);
    }
  }

  #mustBeUntouched(said: readonly string[], say: () => string): void {
    mustHold('what is refused changes nothing', this.#commits === 0 && this.#stored.length === 0, say);
    mustHold('what is refused is not answered', said.length === 0, say);
  }

  #judgeObeyed(
    attacker: Attacker,
    frame: Record<string, unknown>,
    answers: readonly string[],
    say: () => string,
  ): void {
    const {type, id: command, session} = frame as Record<string, string>;
    if (attacker.closed) {
      this.#tally.count(`closed: ${attacker.closed.code}`);
      return mustHold('too much is said so', attacker.closed.code === 4429, say);
    }
    if (type !== 'command') {
      this.#tally.count(`obeyed: ${type}`);
      mustHold('what is asked for is not a change', this.#stored.length === 0, say);
      return mustHold('only commands have answers', answers.length === 0, say);
    }
    const [answer = ''] = answers;
    mustHold('a command has one answer', answers.length === 1, say);
    const {type: kind, seq, code} = JSON.parse(answer) as {type: string; seq?: number; code?: string};
    this.#tally.count(kind === 'ack' ? 'acked' : `rejected: ${code}`);
    const key = `${attacker.user} ${command}`;
    const before = this.#answers.get(key);
    if (before !== undefined) {
      mustHold('a repeated command has the same answer', before === answer, () => `${before}\n${say()}`);
      return mustHold('a repeated command has no second effect', this.#stored.length === 0, say);
    }
    this.#answers.set(key, answer);
    mustHold('an answer is stored with its effect', this.#stored.filter((id) => id === command).length === 1, say);
    const mine = this.#pages[USERS.indexOf(attacker.user as never)];
    if (mine && command !== undefined) keep(mine.commands, command);
    if (kind !== 'ack' || session === undefined) return;
    const {op} = frame;
    const record = this.#storage.session(attacker.user, session);
    if (op === 'delete') return mustHold('what is deleted is gone', record === undefined, say);
    mustHold('what is acked is there', record !== undefined, say);
    if (!record) return;
    if (op === 'start' && mine) keep(mine.sessions, session);
    if (op === 'start' || op === 'send') {
      const [entry] = this.#storage.entries(record.key, seq ?? 0, seq ?? 0);
      const stored = JSON.parse(entry?.json ?? '{}') as {command?: string; event?: {kind: string; text?: string}};
      const isThere = stored.command === command && stored.event?.text === frame['text'];
      mustHold('words that are acked are in the log', isThere, () => `${entry?.json} ${say()}`);
    }
    if (op === 'rename') mustHold('a name that is acked is there', record.session.title !== '', say);
  }

  /** What everybody else sees. */
  #check(): void {
    const fault = this.#faults[0];
    mustHold('the server has no fault of its own', fault === undefined, () => fault ?? '');
    mustBeUnpolluted();
    for (const [at, attacker] of this.#attackers.entries()) this.#learn(at, attacker.said.splice(0), attacker.user);
    for (const [at, witness] of this.#witnesses.entries()) {
      // Nothing new.
      if (witness.raw.length === 0 && !witness.closedWith) continue;
      const [problem] = witness.problems;
      mustHold('others see what the protocol lets them see', problem === undefined, () => problem ?? '');
      mustHold('others stay connected', witness.closedWith === undefined, () => JSON.stringify(witness.closedWith));
      this.#learn(at, witness.raw.splice(0), USERS[at] ?? '');
      witness.frames.length = 0;
    }
  }

  /** Takes what it can name later out of what a user was sent; nothing of the other user is in it. */
  #learn(at: number, texts: readonly string[], user: string): void {
    const foreign = secretOf(USERS.find((other) => other !== user) ?? '');
    for (const text of texts) {
      mustHold('nothing of another user is told', !text.includes(foreign), () => text);
      mustHold(
        'a frame is at most 1 MiB',
        text.length < MAX_SERVER_FRAME || Buffer.byteLength(text) <= MAX_SERVER_FRAME,
        () => text,
      );
      const parsed = parse(text);
      const clean = parsed.read === 'frame' && parsed.problems.length === 0;
      mustHold('what the server says can be read', clean, () => `${JSON.stringify(parsed)} ${text}`);
      const page = this.#pages[at];
      if (!page || parsed.read !== 'frame' || parsed.frame.type !== 'event') continue;
      const {event} = parsed.frame;
      if (event.kind === 'turn-began') keep(page.turns, event.turn);
      if (event.kind === 'approval-asked') keep(page.approvals, event.id);
      if (event.kind === 'session-put') keep(page.sessions, event.session.id);
    }
  }

  /** All leave: nothing of them is left but what they have stored. */
  async end(): Promise<void> {
    await this.#time.advance(20_000);
    this.#check();
    for (const [at, witness] of this.#witnesses.entries()) {
      const user = USERS[at] ?? '';
      const answer = witness.command('rename', this.#pages[at]?.sessions[0] ?? '', {title: 'still here'});
      const known = answer.type === 'ack' || answer.code === 'not-found';
      mustHold('the server still obeys', known, () => `${user}: ${JSON.stringify(answer)}`);
    }
    this.#check();
    for (const attacker of this.#attackers) attacker.client?.closed();
    for (const witness of this.#witnesses) witness.client.closed();
    await this.#hub.shutdown();
    await this.#time.advance(60_000);
    mustHold('a server that has ended holds few timers', this.#own.held <= 8, () => String(this.#own.held));
    mustHold('nothing is received by itself', !this.#receiving, () => '');
  }
}

const keep = (list: string[], one: string): void => {
  if (list.includes(one)) return;
  list.push(one);
  if (list.length > 12) list.splice(luckyPlace(one, list.length), 1);
};
/** Which one to forget: any, but the same each time. */
const luckyPlace = (one: string, length: number): number => one.charCodeAt(one.length - 1) % length;

/** The server: everything that a page, or whoever says to be one, may send to it. */
export const server = (part: ServerPart = soundServer): Target<ServerDeed> => ({
  name: 'server',
  deeds: 4_000,
  begin: (seed, tally) => new ServerRound(seed, tally, part),
});
