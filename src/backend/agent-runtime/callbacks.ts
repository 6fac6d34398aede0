/** What a child session came back with. */
export interface ChildResult {
  /** The child's name. */
  readonly child: string;
  readonly text: string;
}

const ONE =
  /^The child agent session "([^"\n]+)" has [^\n]+\n\n## Child (?:Result|Error)\n\n([\s\S]*?)\n\nPlease continue with the orchestration[^\n]*$/;
const SEVERAL =
  /^Multiple child agent sessions have completed\.\n\n(### Child: [\s\S]*?)\n\nPlease continue with the orchestration[^\n]*$/;
const HEADING = /(?:^|\n\n---\n\n)### Child: ([A-Za-z0-9_-]{1,60})\n\n/;
const TAGGED = /^<agent-callback\s+([^>]*)>([\s\S]*?)<\/agent-callback>\s*$/;

/**
 * The server tells a parent of its children in the words of a user. Undefined: no callback. What it says of one child
 * may look like the heading of another; the whole text can always be opened.
 */
export function readCallback(text: string): readonly ChildResult[] | undefined {
  const one = ONE.exec(text);
  if (one) return [{child: one[1] ?? '', text: one[2] ?? ''}];
  const several = SEVERAL.exec(text);
  if (several) {
    // The text before, then a name and a text for each child.
    const [, ...parts] = (several[1] ?? '').split(HEADING);
    return parts.flatMap((child, at) => (at % 2 ? [] : [{child, text: parts[at + 1] ?? ''}]));
  }
  const tagged = TAGGED.exec(text);
  const child = /\bsession="([^"]*)"/.exec(tagged?.[1] ?? '')?.[1];
  return tagged && child ? [{child, text: (tagged[2] ?? '').trim()}] : undefined;
}
