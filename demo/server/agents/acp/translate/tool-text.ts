import type {Tool} from './tool.ts';

export interface Grown {
  readonly text: string | undefined;
  readonly streamed: string | undefined;
  /** What is new in the output. */
  readonly output?: string;
}

/**
 * The text of a running tool's content comes whole each time. It is output from the second one on that continues the first:
 * the first may be a description. One that does not continue what was told is a correction, and stays content.
 */
export function grown({text, streamed, isTerminal}: Tool, whole: string | undefined): Grown {
  if (whole === undefined || whole === text) return {text, streamed};
  if (isTerminal) return {text: whole, streamed};
  if (streamed !== undefined) {
    if (!whole.startsWith(streamed)) return {text: whole, streamed};
    return {text: whole, streamed: whole, output: whole.slice(streamed.length)};
  }
  const continues = text !== undefined && text !== '' && whole.startsWith(text);
  return continues ? {text: whole, streamed: whole, output: whole} : {text: whole, streamed};
}
