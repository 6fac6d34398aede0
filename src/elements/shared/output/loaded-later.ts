export interface LoadedLater<T> {
  /** What was loaded; `again` is called when that changes. */
  get(again: () => void): T | 'loading' | 'failed';
}

/** A part that is loaded when it is first needed, and once. Where that fails, whoever needs it does without. */
export function loadedLater<T extends object>(load: () => Promise<T>): LoadedLater<T> {
  let state: T | 'idle' | 'loading' | 'failed' = 'idle';
  const waiting = new Set<() => void>();
  const settle = (loaded: T | 'failed'): void => {
    state = loaded;
    const told = [...waiting];
    waiting.clear();
    for (const again of told) again();
  };
  return {
    get(again) {
      if (state === 'idle') {
        state = 'loading';
        load().then(settle, (cause: unknown) => {
          console.error('agent-session-elements: a part could not be loaded.', cause);
          settle('failed');
        });
      }
      if (state === 'loading') {
        waiting.add(again);
        return 'loading';
      }
      return state as T | 'failed';
    },
  };
}
