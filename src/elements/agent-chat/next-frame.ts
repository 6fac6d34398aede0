/** A hidden tab has no frames, but its text should go on, slowly. */
const LONGEST_WAIT = 250;

/** Resolves in the next animation frame, before it is painted. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      resolve();
    };
    const frame = requestAnimationFrame(done);
    const timer = setTimeout(done, LONGEST_WAIT);
  });

/**
 * Resolves in a task of its own from `due` on (as `performance.now()` tells time). What changes much of a page is done
 * there and not in an animation frame, where it would be one task with the browser's layout and painting.
 */
export const ownTask = (due = 0): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, due - performance.now()));
