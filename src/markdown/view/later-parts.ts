type Parts = typeof import('./parts.ts');

let parts: Parts | undefined;
let loading: Promise<Parts | undefined> | undefined;

/** What draws code and tables, and ends what is open. Without it, both are shown as they are written. */
export const loadParts = (): Promise<Parts | undefined> =>
  (loading ??= import('./parts.ts').then(
    (loaded) => (parts = loaded),
    (cause: unknown) => void console.error('agent-session-elements: a part could not be loaded.', cause),
  ));

/** If it is there; else it is fetched. */
export function partsNow(): Parts | undefined {
  if (!parts) void loadParts();
  return parts;
}
