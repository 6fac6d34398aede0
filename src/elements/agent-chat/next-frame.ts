/** A hidden tab has no frames, but its text should go on, slowly. */
const LONGEST_WAIT = 100;

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
