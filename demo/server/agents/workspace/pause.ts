import type {Clock} from '../../core/ports.ts';

/** Resolves after `ms`, or at once when the signal aborts: whoever waits looks at the signal next. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.timer(ms, end);
    signal.addEventListener('abort', end, {once: true});
  });

/** What `ask` is answered with through the function it is given; undefined when the signal aborts first. */
export const answered = <T>(ask: (answer: (value: T) => void) => void, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), {once: true});
    if (signal.aborted) resolve(undefined);
    else ask(resolve);
  });
