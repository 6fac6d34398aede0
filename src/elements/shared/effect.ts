import {Signal} from '@lit-labs/signals';

/**
 * Runs `run` now, and again in a microtask whenever a signal that it read has changed, until the function returned is
 * called.
 */
export function effect(run: () => void): () => void {
  const computation = new Signal.Computed(run, {equals: () => false});
  let stopped = false;
  const watcher = new Signal.subtle.Watcher(() => queueMicrotask(again));
  const again = (): void => {
    if (stopped) return;
    computation.get();
    watcher.watch();
  };
  watcher.watch(computation);
  computation.get();
  return () => {
    stopped = true;
    watcher.unwatch(computation);
  };
}
