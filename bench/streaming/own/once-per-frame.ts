/** Hands on what came since the last frame, joined. */
export function oncePerFrame(write: (text: string) => void): (chunk: string) => void {
  let pending = '';
  return (chunk) => {
    if (!pending) {
      requestAnimationFrame(() => {
        write(pending);
        pending = '';
      });
    }
    pending += chunk;
  };
}
