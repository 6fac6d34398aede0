import type {SessionView} from '../../src/model/project.ts';
import type {Thread} from '../../src/model/thread.ts';
import type {ThreadState} from '../../src/store/cells.ts';
import type {SessionStore} from '../../src/store/session-store.ts';

/** All that a store shows, by identity: what has not changed is the same object. */
export interface Face {
  readonly connection: unknown;
  readonly others: readonly unknown[];
  readonly sessions: ReadonlyMap<string, SessionView>;
  readonly threads: ReadonlyMap<
    string,
    {readonly confirmed: Thread; readonly state: ThreadState; readonly keys: unknown}
  >;
}

export function faceOf(store: SessionStore, watched: Iterable<string>): Face {
  const threads = new Map<string, {confirmed: Thread; state: ThreadState; keys: unknown}>();
  for (const id of watched) {
    const cell = store.thread(id);
    if (cell) threads.set(id, {confirmed: cell.confirmed, state: cell.state, keys: cell.keys});
  }
  const sessions = new Map<string, SessionView>();
  for (const view of store.sessions.all()) sessions.set(view.id, view);
  const {listLive, user, agents, unsettled} = store;
  return {
    connection: store.connection,
    others: [listLive, user, agents, unsettled, store.sessions.next, store.draft()],
    sessions,
    threads,
  };
}

export interface Changes {
  readonly connection: boolean;
  readonly others: boolean;
  readonly sessions: readonly string[];
  readonly threads: readonly string[];
}

const differing = (
  a: ReadonlyMap<string, unknown>,
  b: ReadonlyMap<string, unknown>,
  same: (x: unknown, y: unknown) => boolean,
) => [...new Set([...a.keys(), ...b.keys()])].filter((key) => !same(a.get(key), b.get(key)));

const sameFields = (a: unknown, b: unknown): boolean => {
  const [one, two] = [Object(a) as Record<string, unknown>, Object(b) as Record<string, unknown>];
  return (
    Object.keys(one).length === Object.keys(two).length &&
    Object.keys(one).every((key) => Object.is(one[key], two[key]))
  );
};

export const changesOf = (before: Face, after: Face): Changes => ({
  connection: before.connection !== after.connection,
  others: before.others.some((value, at) => !Object.is(value, after.others[at])),
  sessions: differing(before.sessions, after.sessions, Object.is),
  threads: differing(before.threads, after.threads, sameFields),
});

export const isSame = ({connection, others, sessions, threads}: Changes): boolean =>
  !connection && !others && sessions.length === 0 && threads.length === 0;

/** What a person sees of one thread, in words. */
export const wordsOf = (store: SessionStore, session: string): string => {
  const cell = store.thread(session);
  const items = [...(cell?.keys ?? [])].map((key) => cell?.item(key)?.get());
  return JSON.stringify(items.filter((item) => !(item?.kind === 'message' && item.delivery === 'failed')));
};
