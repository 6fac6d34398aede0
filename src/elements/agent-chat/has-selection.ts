/** Not in all browsers, nor in the types: a selection inside of a shadow is known to its root only. */
interface SelectingRoot {
  getSelection?(): Selection | null;
}

/** Whether a person has selected something in this shadow. */
export function hasSelection(root: ShadowRoot): boolean {
  const selection = (root as SelectingRoot).getSelection?.() ?? document.getSelection();
  if (!selection || selection.isCollapsed) return false;
  return root.contains(selection.anchorNode) || root.contains(selection.focusNode);
}
