import type {Run} from './run.ts';
import type {Stream} from './stream.ts';

/** What one page follows of one channel. */
export interface Subscription {
  readonly channel: string;
  /** The session's key; none for the list. */
  readonly key?: number;
  /** The last number that was sent. */
  sent: number;
  /** The answer is complete. */
  live: boolean;
  /** There is more in the log than was sent: it is read from the storage, as fast as the page reads. */
  behind: boolean;
  /** How much of each streaming item was sent. */
  readonly lengths: Map<string, number>;
}

/** What of a streaming text the page has not got yet. */
export interface Piece {
  readonly stream: Stream;
  readonly at: number;
  readonly text: string;
}

/** Deltas due to a page. What was not sent in time goes with the next one, so that no page sees a hole. */
export function dueDeltas(subscription: Subscription, run: Run): Piece[] {
  return run.streams.flatMap((stream) => {
    const at = subscription.lengths.get(stream.item) ?? 0;
    if (stream.whole <= at) return [];
    subscription.lengths.set(stream.item, stream.whole);
    return [{stream, at, text: stream.text.slice(at, stream.whole)}];
  });
}
