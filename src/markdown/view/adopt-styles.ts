import type {CSSResult} from 'lit';

/** Gives the styles to the root in which `node` stands, if it stands in one. */
export function adoptStyles(node: Node, {styleSheet}: CSSResult): void {
  const root = node.getRootNode();
  if (!styleSheet || !(root instanceof ShadowRoot || root instanceof Document)) return;
  if (!root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}
