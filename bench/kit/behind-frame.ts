/** For pages: behind the next frame, in a task of its own, as messages come in one. What is done then is not counted to a frame. */
export const behindFrame = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
