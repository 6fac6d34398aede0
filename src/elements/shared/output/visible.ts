/**
 * What has no shape of its own but changes what is read: controls, and the marks that turn the direction of what follows
 * (Unicode's bidirectional embeddings, overrides and isolates). Tabs and line breaks stay.
 */
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

const code = (character: string): string =>
  `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** `text` with marks in place of what cannot be seen, so that a name or a command cannot look like another one. */
export const visible = (text: string): string => text.replace(UNSEEN, code);
