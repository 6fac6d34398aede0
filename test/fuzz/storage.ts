import {QueryError, type BackendOptions} from '../../src/backend/backend.ts';
import type {Command} from '../../src/model/commands.ts';
import type {Area} from '../../src/store/records.ts';
import {SessionStore} from '../../src/store/session-store.ts';
import {FakeArea, stillEnvironment} from '../../src/store/testkit.ts';
import {faceOf} from './face.ts';
import {mustHold, Wrong, type Round, type Tally, type Target} from './hunt.ts';
import {
  commandOf,
  isFailed,
  spoiltRecord,
  URL_OF_STORE,
  validRecord,
  WHOSE,
  type Kept,
  type Whose,
} from './kept-records.ts';
import {Luck} from './luck.ts';
import {mustBeShaped} from './shapes.ts';

/** One browser: what it keeps, who signs in, and how its storage behaves. */
export interface StorageDeed {
  readonly valid: readonly Kept[];
  readonly spoilt: readonly Kept[];
  /** What another tab writes while the page is there. */
  readonly foreign: readonly Kept[];
  readonly user: Whose;
  readonly trouble: 'none' | 'asking' | 'all' | 'reading' | 'writing' | 'now and then';
}

/** Whatever stands for the store; a deliberate mistake can be one. */
export type OpenArea = (area: Area) => Area;

/** A storage that throws, as browsers do it: no permission, no room, or only at times. */
class TroubledArea implements Area {
  readonly #area: FakeArea;
  readonly #trouble: StorageDeed['trouble'];
  #calls = 0;
  thrown = 0;

  constructor(area: FakeArea, trouble: StorageDeed['trouble']) {
    this.#area = area;
    this.#trouble = trouble;
  }

  #may(kind: 'reading' | 'writing'): void {
    this.#calls += 1;
    const now = this.#trouble === 'now and then' && this.#calls % 3 === 0;
    if (!now && this.#trouble !== 'all' && this.#trouble !== kind) return;
    this.thrown += 1;
    throw new DOMException('not now', 'QuotaExceededError');
  }

  get length(): number {
    this.#may('reading');
    return this.#area.length;
  }
  key(index: number): string | null {
    this.#may('reading');
    return this.#area.key(index);
  }
  getItem(key: string): string | null {
    this.#may('reading');
    return this.#area.getItem(key);
  }
  setItem(key: string, value: string): void {
    this.#may('writing');
    this.#area.setItem(key, value);
  }
  removeItem(key: string): void {
    this.#may('writing');
    this.#area.removeItem(key);
  }
}

/** A page over such a storage, whose server only says who is there. */
class KeptPage {
  readonly store: SessionStore;
  readonly problems: string[] = [];
  delivered: readonly Command[] = [];

  constructor(open: () => Area, user: Whose, environment = stillEnvironment()) {
    this.store = new SessionStore({
      url: URL_OF_STORE,
      environment,
      storage: open,
      clock: () => 1_800_000_000_000,
      backend: ({emit}: BackendOptions) => ({
        connect: () =>
          emit([
            {type: 'connection', status: 'open'},
            {type: 'welcome', agents: [], capabilities: [], reset: true, ...(user !== undefined && {user: {id: user}})},
          ]),
        disconnect: () => undefined,
        reconnect: () => undefined,
        watch: () => undefined,
        deliver: (commands) => (this.delivered = commands),
        query: () => Promise.reject(new QueryError('offline', 'not here')),
      }),
    });
    this.store.onProblem(({code}) => this.problems.push(code));
  }
}

const SAMPLE = '00000000-0000-4000-8000-000000000007';

class StorageRound implements Round<StorageDeed> {
  readonly #luck: Luck;
  readonly #tally: Tally;
  readonly #open: OpenArea;

  constructor(seed: number, tally: Tally, open: OpenArea) {
    this.#luck = new Luck(seed);
    this.#tally = tally;
    this.#open = open;
  }

  next(): StorageDeed {
    const luck = this.#luck;
    const some = (most: number, make: (luck: Luck) => Kept): Kept[] =>
      Array.from({length: luck.below(most + 1)}, () => make(luck));
    return {
      valid: some(6, validRecord),
      spoilt: some(6, spoiltRecord),
      foreign: some(3, luck.percent(50) ? spoiltRecord : validRecord),
      user: luck.pick(WHOSE),
      trouble: luck.percent(60) ? 'none' : luck.pick(['asking', 'all', 'reading', 'writing', 'now and then'] as const),
    };
  }

  async act(deed: StorageDeed): Promise<void> {
    const area = new FakeArea();
    for (const {key, value} of [...deed.spoilt, ...deed.valid]) area.map.set(key, value);
    const before = new Map(area.map);
    const troubled = new TroubledArea(area, deed.trouble);
    const tabs = listenToTabs();
    try {
      const page = thrownAsWrong(
        () =>
          new KeptPage(() => {
            if (deed.trouble === 'asking') throw new DOMException('not allowed', 'SecurityError');
            return this.#open(troubled);
          }, deed.user),
      );
      thrownAsWrong(() => page.store.connect());
      await this.#judge(page, deed, area, before, troubled);
      for (const {key, value} of deed.foreign) {
        thrownAsWrong(() =>
          tabs.tell({key, newValue: value, oldValue: before.get(key) ?? null, storageArea: troubled}),
        );
        this.#mustSendOnly(page, [...records(before), ...deed.foreign], deed.user);
      }
      thrownAsWrong(() => use(page));
      if (deed.trouble === 'none') this.#mustStay(area, deed.user);
    } finally {
      tabs.stop();
    }
  }

  async #judge(
    page: KeptPage,
    deed: StorageDeed,
    area: FakeArea,
    before: ReadonlyMap<string, string>,
    troubled: TroubledArea,
  ) {
    const {user, trouble} = deed;
    this.#mustSendOnly(page, records(before), user);
    await Promise.resolve();
    const failed = trouble === 'asking' || troubled.thrown > 0;
    const told = page.problems.filter((code) => code === 'storage').length;
    mustHold(
      'trouble with the storage is told once',
      told === (failed ? 1 : 0),
      () => `${told} times, ${troubled.thrown} thrown`,
    );
    const sent = new Set(page.delivered.map(({id}) => id));
    for (const kept of records(before)) {
      const own = commandOf(kept, user);
      this.#tally.count(
        `${trouble === 'none' ? 'record' : `record, trouble: ${trouble}`}: ${own ? 'taken up' : 'left alone'}`,
      );
      if (trouble !== 'none') continue;
      if (own && !isFailed(kept))
        mustHold('what is kept is sent', sent.has(String(own['id'])), () => JSON.stringify(kept));
      // Nobody's words become a draft of whoever comes first.
      const isMoved = user !== undefined && (commandOf(kept, undefined) !== undefined || isDraft(kept.key, undefined));
      if (!own && !isMoved && !isDraft(kept.key, user)) {
        const now = area.map.get(kept.key);
        mustHold('what cannot be read is left as it is', now === kept.value, () => `${JSON.stringify(kept)} → ${now}`);
      }
    }
  }

  /** Nothing but what this user, in this browser, was about to send to this server. */
  #mustSendOnly(page: KeptPage, kept: readonly Kept[], user: Whose): void {
    const own = new Map<string, string[]>();
    for (const one of kept) {
      const command = commandOf(one, user);
      if (!command) continue;
      const id = String(command['id']);
      own.set(id, [...(own.get(id) ?? []), JSON.stringify(sorted(command))]);
    }
    const ids = page.delivered.map(({id}) => id);
    mustHold('each command is sent once', new Set(ids).size === ids.length, () => ids.join());
    for (const command of page.delivered) {
      const known = own.get(command.id) ?? [];
      const fits = known.some((json) => isPart(sorted(command), JSON.parse(json)));
      mustHold('nothing is sent that was not kept by this user', fits, () => JSON.stringify(command));
    }
  }

  /** What was written is there for the next page. */
  #mustStay(area: FakeArea, user: Whose): void {
    const next = thrownAsWrong(() => {
      const page = new KeptPage(() => this.#open(area), user);
      page.store.connect();
      return page;
    });
    mustHold('a draft is there after a reload', next.store.draft(SAMPLE).includes('typed anew'), () =>
      next.store.draft(SAMPLE),
    );
    const words = next.delivered.flatMap((command) => ('text' in command ? [command.text] : []));
    mustHold('words on their way are there after a reload', words.includes('said anew'), () => words.join());
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

const records = (map: ReadonlyMap<string, string>): Kept[] => [...map].map(([key, value]) => ({key, value}));
const isDraft = (key: string, whose: Whose): boolean =>
  key.startsWith(
    `agent-session-elements/1/${encodeURIComponent(URL_OF_STORE)}/${whose === undefined ? '' : `@${encodeURIComponent(whose)}`}/draft/`,
  );
const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
/** Each field of the one is in the other: readers drop what they do not know. */
const isPart = (part: object, whole: unknown): boolean =>
  Object.entries(part).every(([key, value]) => {
    const other = (Object(whole) as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null ? isPart(value as object, other) : Object.is(value, other);
  });

/** All that views do with it. */
function use({store}: KeptPage): void {
  const ids = [...store.sessions.all()].map(({id}) => id);
  for (const id of [...ids, SAMPLE]) store.watch(id);
  mustBeShaped(faceOf(store, [...ids, SAMPLE]));
  for (const id of ids) {
    for (const key of store.thread(id)?.keys ?? []) store.thread(id)?.item(key)?.get();
    const keys = [...(store.thread(id)?.keys ?? [])];
    mustHold('each thing is shown once', new Set(keys).size === keys.length, () => keys.join());
  }
  store.setDraft('typed anew', SAMPLE);
  store.send(SAMPLE, 'said anew');
}

function thrownAsWrong<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Wrong) throw error;
    throw new Wrong('nothing is thrown out of the store', error instanceof Error ? (error.stack ?? '') : String(error));
  }
}

/** Stands for the window, which tells what other tabs write. */
function listenToTabs(): {tell(event: object): void; stop(): void} {
  const listeners = new Set<(event: object) => void>();
  const add = (_: string, listener: (event: object) => void): void => void listeners.add(listener);
  const remove = (_: string, listener: (event: object) => void): void => void listeners.delete(listener);
  Object.assign(globalThis, {addEventListener: add, removeEventListener: remove});
  return {
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
    stop: () => {
      Reflect.deleteProperty(globalThis, 'addEventListener');
      Reflect.deleteProperty(globalThis, 'removeEventListener');
    },
  };
}

/** What a browser keeps for a page: written by another version, by another program, or cut short. */
export const storage = (open: OpenArea = (area) => area): Target<StorageDeed> => ({
  name: 'storage',
  deeds: 50,
  begin: (seed, tally) => new StorageRound(seed, tally, open),
});
