import {expect, fixture, html} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import {createMemoryBackend} from '../backend/memory/memory-backend.ts';
import '../define.ts';
import type {SessionContext} from './session-context/session-context.ts';

const ROUNDS = 1000;

/** Counts what the page has asked the browser for and not taken back. */
class Ledger {
  readonly #open = new Map<string, number>();
  readonly #restore: (() => void)[] = [];

  constructor() {
    for (const target of [window, document, document.documentElement]) this.#listeners(target);
    this.#timers();
    this.#sockets();
  }

  open(kind: string): number {
    return this.#open.get(kind) ?? 0;
  }

  restore(): void {
    for (const each of this.#restore) each();
  }

  #count(kind: string, by: number): void {
    this.#open.set(kind, this.open(kind) + by);
  }

  #listeners(target: EventTarget): void {
    const held = new Map<string, Set<unknown>>();
    const {addEventListener, removeEventListener} = target;
    target.addEventListener = (...[type, listener, options]: Parameters<EventTarget['addEventListener']>) => {
      const own = held.get(type) ?? new Set();
      held.set(type, own);
      if (!own.has(listener)) this.#count('listener', 1);
      own.add(listener);
      addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (...[type, listener, options]: Parameters<EventTarget['removeEventListener']>) => {
      if (held.get(type)?.delete(listener)) this.#count('listener', -1);
      removeEventListener.call(target, type, listener, options);
    };
    this.#restore.push(() => Object.assign(target, {addEventListener, removeEventListener}));
  }

  #timers(): void {
    const {setTimeout, clearTimeout, setInterval, clearInterval} = window;
    const running = new Set<unknown>();
    const ended = (id: unknown): void => {
      if (running.delete(id)) this.#count('timer', -1);
    };
    const begun = <T>(id: T): T => {
      running.add(id);
      this.#count('timer', 1);
      return id;
    };
    Object.assign(window, {
      setTimeout: (run: () => void, after?: number) => {
        const id: unknown = begun(
          setTimeout(() => {
            ended(id);
            run();
          }, after),
        );
        return id;
      },
      setInterval: (run: () => void, after?: number) => begun(setInterval(run, after)),
      clearTimeout: (id: number) => {
        ended(id);
        clearTimeout(id);
      },
      clearInterval: (id: number) => {
        ended(id);
        clearInterval(id);
      },
    });
    this.#restore.push(() => Object.assign(window, {setTimeout, clearTimeout, setInterval, clearInterval}));
  }

  #sockets(): void {
    const {WebSocket} = window;
    const count = (by: number): void => this.#count('socket', by);
    class Socket extends EventTarget {
      readonly protocol = '';
      readyState = 0;
      #isOpen = true;
      constructor() {
        super();
        count(1);
      }
      send(): void {}
      close(): void {
        if (this.#isOpen) count(-1);
        this.#isOpen = false;
        this.readyState = 3;
      }
    }
    Object.assign(window, {WebSocket: Socket});
    this.#restore.push(() => Object.assign(window, {WebSocket}));
  }
}

/** Waits by frames, because timers are what is counted. The test's own limit ends it. */
async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Of those that were made, how many the garbage collector has left. */
async function survivors(refs: readonly WeakRef<object>[]): Promise<number> {
  await executeServerCommand('collect-garbage');
  return refs.filter((ref) => ref.deref()).length;
}

describe('elements that were removed', function () {
  this.timeout(60_000);
  let ledger: Ledger;
  beforeEach(() => {
    ledger = new Ledger();
  });
  afterEach(() => ledger.restore());

  it(`leave nothing behind: ${ROUNDS} lists and conversations under a provider that stays`, async () => {
    const memory = createMemoryBackend({onConnect: (server) => server.welcome()});
    memory.put({id: 'a', title: 'Fix the build', status: 'running', turn: 't'});
    memory.event('a', {kind: 'turn-began', turn: 't', origin: 'user'});
    memory.event('a', {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'Please'});
    const provider = await fixture<SessionContext>(
      html`<session-context .backend=${memory.factory} persist="none" selected="a"></session-context>`,
    );
    const before = {listener: ledger.open('listener'), timer: ledger.open('timer')};
    const refs: WeakRef<object>[] = [];
    const round = async (): Promise<void> => {
      const tags = ['session-list', 'agent-chat'] as const;
      const made = tags.map((tag) => document.createElement(tag));
      provider.append(...made);
      await Promise.all(made.map((each) => each.updateComplete));
      refs.push(...made.map((each) => new WeakRef(each)));
      const row = made[0]?.shadowRoot?.querySelector('session-list-row');
      expect(row, 'the list shows its row').to.exist;
      if (row) refs.push(new WeakRef(row));
      for (const each of made) each.remove();
    };
    for (let i = 0; i < ROUNDS; i++) await round();
    expect(refs.length).to.equal(3 * ROUNDS);
    await until(() => ledger.open('timer') === before.timer);
    expect(ledger.open('listener')).to.equal(before.listener);
    // One of each may still be on the stack or in a cache of the browser.
    expect(await survivors(refs)).to.be.at.most(3);
    expect(provider.store.thread('a')?.watchers).to.equal(0);
  });

  it('leave nothing behind when the provider goes with them', async () => {
    const refs: WeakRef<object>[] = [];
    const before = {listener: ledger.open('listener'), timer: ledger.open('timer')};
    for (let i = 0; i < 100; i++) {
      const provider = document.createElement('session-context');
      provider.persist = 'none';
      provider.url = '/sync';
      for (const tag of ['session-list', 'agent-chat', 'session-events', 'session-notices', 'connection-status']) {
        provider.append(document.createElement(tag));
      }
      document.body.append(provider);
      await provider.updateComplete;
      refs.push(new WeakRef(provider), ...[...provider.children].map((each) => new WeakRef(each)));
      provider.remove();
    }
    await until(() => ledger.open('timer') === before.timer);
    await until(() => ledger.open('socket') === 0);
    expect(ledger.open('listener')).to.equal(before.listener);
    expect(await survivors(refs)).to.be.at.most(6);
  });
});
