import type {ReactiveElement} from 'lit';

/** What a person has just used may be gone after an `update`, or do nothing any more: then the focus goes to `next`. */
export function keepFocus(part: ReactiveElement, update: () => void, next: () => HTMLElement | null): void {
  const {activeElement} = part.renderRoot.getRootNode() as ShadowRoot;
  const held = part.renderRoot.contains(activeElement) && activeElement;
  update();
  if (held && (!held.isConnected || held.matches(':disabled'))) next()?.focus({preventScroll: true});
}
