import type {SessionStore} from '../../store/session-store.ts';

/** So many are kept, the latest: what lies in a browser for good has an end. */
const MOST = 256;
const NAME = 'folded';

interface Folded {
  readonly owner: string | undefined;
  readonly ids: ReadonlySet<string>;
}

const folded = new WeakMap<SessionStore, Folded>();

/** The sessions whose children are folded away: the same for all lists of a provider, and after a reload for the same person. */
export function foldedOf(store: SessionStore): ReadonlySet<string> {
  const owner = store.user?.id;
  const held = folded.get(store);
  return held && held.owner === owner ? held.ids : hold(store, kept(store));
}

export function fold(store: SessionStore, id: string, isClosed: boolean): void {
  // Another tab may have folded one meanwhile.
  const ids = kept(store).filter((each) => each !== id);
  if (isClosed) ids.push(id);
  const latest = ids.slice(-MOST);
  store.notes.keepNote(store.user?.id, NAME, JSON.stringify(latest));
  hold(store, latest);
}

function hold(store: SessionStore, latest: readonly string[]): ReadonlySet<string> {
  const ids = new Set(latest);
  folded.set(store, {owner: store.user?.id, ids});
  return ids;
}

/** The latest last; nothing of what this did not write. */
function kept(store: SessionStore): string[] {
  const text = store.notes.note(store.user?.id, NAME);
  if (text === null) return [];
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(-MOST) : [];
  } catch {
    return [];
  }
}
