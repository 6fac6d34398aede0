export type Elements = readonly (readonly [tag: string, element: CustomElementConstructor])[];

/**
 * All or nothing: elements of two copies of the package cannot share a provider, because signals are not seen across
 * copies. Half of each would be a page that freezes without a word. Returns whether they are defined.
 */
export function defineElements(elements: Elements): boolean {
  if (typeof customElements === 'undefined') return false;
  const taken = elements.find(([tag, element]) => (customElements.get(tag) ?? element) !== element);
  if (taken) {
    console.warn(
      `agent-session-elements: <${taken[0]}> is defined already, by another copy? This one defines nothing.`,
    );
    return false;
  }
  for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
  return true;
}
