/** A hidden tab has no frames, but its text should go on, slowly. */
const LONGEST_WAIT = 250;

/** A frame may come so much early. */
const SLACK = 8;

/** Resolves in the next animation frame from `due` on (as `performance.now()` tells time), before it is painted. */
export const nextFrame = (due = 0): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      resolve();
    };
    let frame = 0;
    const ask = (): void => {
      frame = requestAnimationFrame(done);
    };
    const rest = due - SLACK - performance.now();
    const timer = setTimeout(done, LONGEST_WAIT);
    if (rest > 0) setTimeout(ask, rest);
    else ask();
  });
