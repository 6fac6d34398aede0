/** Runs in the page before anything else: says when somebody can write. */
export const watchForBox = `(() => {
  const box = (root) => {
    for (const element of root.querySelectorAll('*')) {
      const found = element.matches('textarea, [contenteditable="true"], [contenteditable="plaintext-only"]')
        ? element
        : element.shadowRoot && box(element.shadowRoot);
      if (found) return found;
    }
  };
  const look = () => {
    const found = document.body && box(document.body);
    const {width = 0, height = 0} = found ? found.getBoundingClientRect() : {};
    if (!found || found.disabled || !width || !height) return requestAnimationFrame(look);
    // Painted, and nothing else is at work before what a person does.
    requestAnimationFrame(() => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => {
        found.focus();
        window.usable = {
          ms: performance.now(),
          files: performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname),
        };
      };
      port2.postMessage('');
    });
  };
  requestAnimationFrame(look);
})();`;

/** When somebody could write, in milliseconds from the beginning of the navigation, and what had been loaded by then. */
export interface Usable {
  readonly ms: number;
  readonly files: readonly string[];
}

declare global {
  interface Window {
    usable?: Usable;
  }
}
