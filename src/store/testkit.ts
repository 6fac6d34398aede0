import type {Environment} from '../backend/backend.ts';
import {createMemoryBackend, type MemoryBackend, type MemoryHandlers} from '../backend/memory/memory-backend.ts';
import type {Area} from './records.ts';
import type {Problem} from './problems.ts';
import {SessionStore, type SessionStoreOptions} from './session-store.ts';

/** Ids that count up, timers that never fire, and no network: what a store needs of a world in which nothing happens. */
export const stillEnvironment = (): Environment => {
  let made = 0;
  return {
    now: () => 0,
    timer: () => () => {},
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
    openSocket: () => {
      throw new Error('no network here');
    },
    onWake: () => () => {},
  };
};

/** Storage that lives in this object; `full` makes it refuse to write. */
export class FakeArea implements Area {
  readonly map = new Map<string, string>();
  full = false;
  get length(): number {
    return this.map.size;
  }
  key(index: number): string | null {
    return [...this.map.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.map.set(key, value);
  }
  removeItem(key: string): void {
    this.map.delete(key);
  }
}

export interface StoreFixture {
  readonly store: SessionStore;
  readonly memory: MemoryBackend;
  readonly problems: Problem[];
}

/** A store on a memory backend, connected and welcomed unless told otherwise. */
export function storeFixture({
  memory = createMemoryBackend(),
  connect = true,
  handlers,
  ...options
}: Partial<SessionStoreOptions> & {
  memory?: MemoryBackend;
  connect?: boolean;
  handlers?: MemoryHandlers;
} = {}): StoreFixture {
  const used = handlers ? createMemoryBackend(handlers) : memory;
  const store = new SessionStore({url: 'memory:', backend: used.factory, environment: stillEnvironment(), ...options});
  const problems: Problem[] = [];
  store.onProblem((problem) => problems.push(problem));
  if (connect) {
    store.connect();
    used.welcome();
  }
  return {store, memory: used, problems};
}

/** The thread as a person reads it. */
export const lines = (store: SessionStore, session: string): string[] => {
  const cell = store.thread(session);
  return [...(cell?.keys ?? [])].map((key) => {
    const item = cell?.item(key)?.get();
    if (item?.kind !== 'message') return item?.kind ?? 'nothing';
    return `${item.role}: ${item.text}${item.delivery ? ` (${item.delivery})` : ''}`;
  });
};
