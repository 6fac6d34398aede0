/** Puts `text` on the clipboard, for a click on `button`; false where the browser does not let a page do that. */
export async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  try {
    // Not there on insecure origins; forbidden in some frames.
    const {clipboard} = navigator as Partial<Navigator>;
    if (!clipboard) return copySelected(text, button);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, button);
  }
}

/** The old way, from a field beside the button: one elsewhere may be behind a modal dialog, where nothing is selected. */
function copySelected(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.className = 'hidden';
  // What cannot be seen is in one line; a text is copied as it is laid out.
  field.style.setProperty('white-space', 'pre');
  field.readOnly = true;
  field.value = text;
  button.after(field);
  try {
    field.focus({preventScroll: true});
    field.select();
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    button.focus({preventScroll: true});
    field.remove();
  }
}
