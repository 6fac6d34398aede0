/** Those that have failed. */
const failures = new WeakSet<object>();

/**
 * What a renderer of the page draws, if there is one; `page` is what it stands in. It is given any JSON, or nothing yet.
 * Where it fails, the element draws; that is reported once, because it is asked again with each piece of a text.
 */
export function pageDrawing<I>(renderer: ((item: I) => unknown) | undefined, item: I, page: unknown): unknown {
  if (!renderer) return undefined;
  try {
    return renderer.call(page, item);
  } catch (cause) {
    if (!failures.has(renderer)) reportError(cause);
    failures.add(renderer);
    return undefined;
  }
}
