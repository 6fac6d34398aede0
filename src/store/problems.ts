/** Something that a person should see. */
export interface Problem {
  /** `storage`, `too-large`, `offline`, a `Refusal`, or the server's own code. */
  readonly code: string;
  readonly message: string;
  readonly sessionId?: string;
  /** The id of the command that was refused. */
  readonly command?: string;
}

const MAX_EARLY = 5;

/** What went wrong, told to whoever listens. */
export class Problems {
  readonly #listeners = new Set<(problem: Problem) => void>();
  #early: readonly Problem[] | undefined = [];

  /** Returns how to stop that. */
  listen(listener: (problem: Problem) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  report(problem: Problem): void {
    if (this.#early) this.#early = [...this.#early, problem].slice(-MAX_EARLY);
    for (const listener of [...this.#listeners]) listener(problem);
  }

  /** Those of the time before anybody asked for them here. */
  takeEarly(): readonly Problem[] {
    const early = this.#early ?? [];
    this.#early = undefined;
    return early;
  }
}
