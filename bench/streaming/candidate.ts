/** One way to show a text that grows. Its page puts itself into `window.candidate`. */
export interface Candidate {
  /** Puts itself into the page, ready to be written to. */
  mount(): Promise<void>;
  write(chunk: string): void;
  /** Nothing comes any more. */
  end(): void;
}

declare global {
  interface Window {
    candidate: Candidate;
  }
}
