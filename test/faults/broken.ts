/** A promise of the protocol that was not kept. The message says which, of what, and what was seen instead. */
export class Broken extends Error {
  readonly invariant: string;

  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
    this.name = 'Broken';
    this.invariant = invariant;
  }
}

/** How often each invariant was looked at. */
export const checked = new Map<string, number>();

/** What was found may be swallowed by the code that it was found in: it is kept until somebody asks. */
let found: Broken | undefined;

/** Keeps it in mind unless it holds; `detail` is only asked for then. For where nothing may be thrown. */
export function note(invariant: string, holds: boolean, detail: () => string): void {
  checked.set(invariant, (checked.get(invariant) ?? 0) + 1);
  if (!holds) found ??= new Broken(invariant, detail());
}

/** Fails unless it holds. */
export function must(invariant: string, holds: boolean, detail: () => string): void {
  note(invariant, holds, detail);
  if (!holds) throw found ?? new Broken(invariant, detail());
}

/** Throws what was found first, if anything. */
export function throwFound(): void {
  if (found) throw found;
}

export function forgetFound(): void {
  found = undefined;
}
