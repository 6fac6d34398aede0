export type Parts = typeof import('./parts.ts');

let parts: Parts | undefined;
let loading: Promise<Parts | undefined> | undefined;

/**
 * What draws code and tables, and ends what is open. Without it, both are shown as they are written; where it cannot be
 * loaded, it is asked for again when it is next wanted.
 */
export const loadParts = (): Promise<Parts | undefined> => (loading ??= import('./parts.ts').then(came, failed));

const came = (loaded: Parts): Parts => (parts = loaded);

function failed(cause: unknown): undefined {
  loading = undefined;
  console.warn('agent-session-elements: a part could not be loaded; it is tried again.', cause);
}

/** If it is there; else it is fetched. */
export function partsNow(): Parts | undefined {
  if (!parts) void loadParts();
  return parts;
}
