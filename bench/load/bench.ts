/** What the parts of the bench share. */
export interface Bench {
  readonly rounds: number;
  /** A data folder of its own, gone when the bench has ended. */
  dataFolder(name: string): string;
  /** A bound does not hold: said at the end, and the bench fails. */
  failed(sentence: string): void;
}
