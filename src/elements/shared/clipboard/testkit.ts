/** What is copied ends here. Without `write` the page has no clipboard, as on an insecure origin. */
export function pretendClipboard({write = true, command}: {write?: boolean | 'refuse'; command?: boolean} = {}) {
  const held = {
    text: '',
    /** What the old way would have copied. */
    selected: '',
    /** And whether with its spaces and line breaks: a browser copies a text as it is laid out. */
    keepsSpaces: false,
    restore() {
      Reflect.deleteProperty(navigator, 'clipboard');
      Reflect.deleteProperty(document, 'execCommand');
    },
  };
  const writeText = (text: string): Promise<void> => {
    if (write === 'refuse') return Promise.reject(new DOMException('No.', 'NotAllowedError'));
    held.text = text;
    return Promise.resolve();
  };
  Object.defineProperty(navigator, 'clipboard', {configurable: true, value: write ? {writeText} : undefined});
  Object.defineProperty(document, 'execCommand', {
    configurable: true,
    value: () => {
      if (command === undefined) throw new Error('There is no such command.');
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active instanceof HTMLTextAreaElement) {
        held.selected = active.value.slice(active.selectionStart, active.selectionEnd);
        held.keepsSpaces = getComputedStyle(active).whiteSpace.startsWith('pre');
      }
      return command;
    },
  });
  return held;
}

/** What is said politely in the element around `place`: the words of each of its live regions that come for that. */
export const saidAround = (place: Node): string[] =>
  [...(place.getRootNode() as ShadowRoot).querySelectorAll('p.hidden[aria-live=polite]')].map(
    ({textContent}) => textContent,
  );
