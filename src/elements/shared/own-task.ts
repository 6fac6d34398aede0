/**
 * Resolves in a task of its own from `due` on (as `performance.now()` tells time). What changes much of a page is done
 * there and not in an animation frame, where it would be one task with the browser's layout and painting.
 */
export const ownTask = (due = 0): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, due - performance.now()));
