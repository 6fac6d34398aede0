export type Status = 'running' | 'finished';

/** One way to show a list of sessions. Its page puts itself into `window.list`. */
export interface ListCandidate {
  /** So many sessions are known, and nothing is on the page; resolves when that costs nothing more. */
  prepare(count: number): Promise<void>;
  /** The list on the page. */
  mount(): void;
  /** One session has another status, by its place in the list. */
  change(place: number, status: Status): void;
  /** The statuses of the rows at these places, as words on the page; undefined: no such row. */
  shown(places: readonly number[]): (string | undefined)[];
}

export const titleOf = (place: number): string => `Session ${place}: what it is about`;

/** The first stands at the top: a minute between each and the one before it. */
export const timeOf = (place: number): number => Date.UTC(2026, 0, 1) - place * 60_000;

declare global {
  interface Window {
    list: ListCandidate;
  }
}
