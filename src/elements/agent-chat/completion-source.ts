/** One thing to choose from. */
export interface Completion {
  readonly label: string;
  /** What it is, in a few words. */
  readonly description?: string;
  /** What takes the place of the trigger and of what was typed behind it; the label and a space, if absent. */
  readonly insert?: string;
}

/**
 * What can be completed while a person writes: opened by `trigger` at the beginning or behind white space, it offers what
 * `find` finds for the characters between the trigger and the caret, which are without white space.
 */
export interface CompletionSource {
  /** Such as `/` or `@`. */
  readonly trigger: string;
  /** Only where nothing stands before it. */
  readonly onlyAtStart?: boolean;
  /**
   * Called for each character that is typed; an answer that comes after the next call is dropped, and `signal` says so.
   * What it throws, or rejects with, is shown to the person.
   */
  find(query: string, signal: AbortSignal): readonly Completion[] | Promise<readonly Completion[]>;
}

/** Where something can be completed. */
export interface OpenTrigger {
  readonly sources: readonly CompletionSource[];
  readonly query: string;
  /** The place of the trigger in the text. */
  readonly from: number;
}

/** A longer word is no name of anything, in characters. */
const LONGEST = 100;

/** What the caret stands in, if anything of the `sources` can be completed there. */
export function openTrigger(
  text: string,
  caret: number,
  sources: readonly CompletionSource[],
): OpenTrigger | undefined {
  const word = /\S*$/.exec(text.slice(Math.max(0, caret - LONGEST), caret))?.[0] ?? '';
  const from = caret - word.length;
  const opened = sources.filter(
    ({trigger, onlyAtStart}) => trigger && word.startsWith(trigger) && (!onlyAtStart || from === 0),
  );
  const [first] = opened;
  if (!first || word.length === LONGEST) return undefined;
  const same = opened.filter(({trigger}) => trigger === first.trigger);
  return {sources: same, query: word.slice(first.trigger.length), from};
}
