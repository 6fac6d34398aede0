import type {Backend, BackendOptions, Environment} from '../../src/backend/backend.ts';
import type {Command} from '../../src/model/commands.ts';
import type {Input} from '../../src/model/inputs.ts';
import {SessionStore} from '../../src/store/session-store.ts';
import {FakeArea} from '../../src/store/testkit.ts';
import {must} from './broken.ts';
import type {Link, Tap} from './link.ts';
import type {Part} from './parts.ts';
import {OwnTime, type Time} from './time.ts';

export interface Ack {
  readonly command: string;
  readonly result?: string;
}

/** What a page needs of the world around it. */
export interface Surroundings {
  readonly time: Time;
  readonly part: Part;
  readonly users: readonly string[];
  dial(page: SimPage, tap: Tap): Link;
  uuid(): string;
  random(): number;
  /** Told of each answer that reaches the browser. */
  acked(page: SimPage, ack: Ack, epoch: string): void;
  /** Told of each batch, after the page has applied it. */
  emitted(page: SimPage, inputs: readonly Input[]): void;
}

/** A page in a browser: its store, its connection, and the part of its person who only uses the store's verbs. */
export class SimPage {
  readonly name: string;
  /** Who is signed in. */
  user: string;
  /** What outlives a reload. */
  readonly area = new FakeArea();
  store: SessionStore;
  own: OwnTime;
  link: Link | undefined;
  /** The epoch of the last welcome. */
  epoch = '';
  /** Everything unsettled that is to be delivered. */
  outbox: readonly Command[] = [];
  /** Every command that this page ever wanted delivered. */
  readonly commands = new Map<string, Command>();
  /** Frames of commands that this page has sent, with the user they were sent as. */
  readonly sent: {readonly text: string; readonly user: string}[] = [];
  readonly watching = new Map<string, () => void>();
  /** Something may have changed since it was last checked. */
  dirty = true;
  readonly #world: Surroundings;
  #wakers = new Set<() => void>();
  #announced = '';

  constructor(name: string, user: string, world: Surroundings) {
    this.name = name;
    this.user = user;
    this.#world = world;
    [this.own, this.store] = this.#load();
    this.store.connect();
  }

  /** Leaves the page and opens it again: only what the browser keeps is left. */
  reload(): void {
    this.own.die();
    if (this.link) Object.assign(this.link, {onopen: null, onmessage: null, onclose: null});
    this.link?.close(1001);
    this.#wakers.clear();
    this.link = undefined;
    this.epoch = '';
    this.outbox = [];
    const watched = [...this.watching.keys()];
    this.watching.clear();
    [this.own, this.store] = this.#load();
    this.store.connect();
    for (const session of watched) this.watch(session);
  }

  watch(session: string): void {
    if (!this.watching.has(session)) this.watching.set(session, this.store.watch(session));
  }

  unwatch(session: string): void {
    this.watching.get(session)?.();
    this.watching.delete(session);
  }

  /** Another person signs in. */
  become(user: string): void {
    this.user = user;
    this.store.token = user;
    this.store.reconnect();
  }

  sleep(): void {
    this.own.sleep();
    if (this.link) this.link.asleep = true;
  }

  wake(): void {
    if (!this.own.asleep) return;
    this.own.wake();
    if (this.link) this.link.asleep = false;
    for (const run of [...this.#wakers]) run();
  }

  /** Whether words of a person are kept somewhere in this browser, for whomever. */
  keeps(text: string): boolean {
    for (const kept of this.area.map.values()) if (kept.includes(text)) return true;
    return false;
  }

  #load(): [OwnTime, SessionStore] {
    const world = this.#world;
    const own = new OwnTime(world.time);
    const environment: Environment = {
      now: () => own.now(),
      timer: (ms, run) => own.timer(ms, run),
      random: () => world.random(),
      uuid: () => world.uuid(),
      openSocket: () => this.#dial(),
      onWake: (run) => {
        this.#wakers.add(run);
        return () => this.#wakers.delete(run);
      },
    };
    const store = new SessionStore({
      url: 'ws://server.test/sync',
      backend: (options) => this.#spied(options),
      environment: world.part.environment(environment),
      token: this.user,
      storage: () => this.area,
      clock: () => own.now(),
    });
    this.dirty = true;
    return [own, store];
  }

  #spied(options: BackendOptions): Backend {
    const backend = this.#world.part.backend({
      url: options.url,
      environment: options.environment,
      get token() {
        return options.token;
      },
      emit: (inputs) => {
        this.dirty = true;
        if (inputs.some(({type}) => type === 'welcome')) this.epoch = this.#announced;
        options.emit(inputs);
        this.#world.emitted(this, inputs);
      },
    });
    return {
      connect: () => backend.connect(),
      disconnect: () => backend.disconnect(),
      reconnect: () => backend.reconnect(),
      watch: (sessions) => backend.watch(sessions),
      query: (query) => backend.query(query),
      deliver: (commands) => {
        this.dirty = true;
        this.outbox = commands;
        for (const command of commands) this.commands.set(command.id, command);
        backend.deliver(commands);
      },
    };
  }

  #dial(): Link {
    const {user} = this;
    const others = this.#world.users.filter((other) => other !== user);
    this.link = this.#world.dial(this, {
      up: (text) => {
        if (text.startsWith('{"type":"command"')) {
          const foreign = others.find((other) => text.includes(`${other}#`));
          must('words are sent as their author only', !foreign, () => `${this.name} as ${user}: ${text}`);
          this.sent.push({text, user});
        }
        return text;
      },
      down: (text) => {
        const foreign = others.find((other) => text.includes(other));
        must('nothing of another user is visible', !foreign, () => `${this.name} of ${user}: ${text}`);
        if (text.startsWith('{"type":"ack"')) this.#world.acked(this, JSON.parse(text) as Ack, this.#announced);
        if (text.startsWith('{"type":"welcome"')) this.#announced = (JSON.parse(text) as {epoch: string}).epoch;
        return text;
      },
    });
    return this.link;
  }
}
