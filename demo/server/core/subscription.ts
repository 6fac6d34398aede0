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
