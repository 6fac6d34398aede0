const SAFE = ['http:', 'https:', 'mailto:'];

/** The address, if it may stand behind a link that somebody else has written. */
export function safeHref(uri: string): string | undefined {
  try {
    const {protocol, href} = new URL(uri);
    return SAFE.includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
