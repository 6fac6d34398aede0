import type {SessionStore} from '../../store/session-store.ts';

const folded = new WeakMap<SessionStore, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** The sessions whose children are folded away: the same for all lists of a provider, as long as the page lives. */
export const foldedOf = (store: SessionStore): ReadonlySet<string> => folded.get(store) ?? none;

export function fold(store: SessionStore, id: string, isClosed: boolean): void {
  const next = new Set(foldedOf(store));
  if (isClosed) next.add(id);
  else next.delete(id);
  folded.set(store, next);
}
