/** Something that a person has sent. */
export interface Said {
  readonly text: string;
  readonly session: string;
  readonly tab: string;
}

/** What people have sent in this world, in their order, and what they have taken back. */
export class Ledger {
  #said: Said[] = [];
  readonly #removed = new Set<string>();
  #count = 0;

  get all(): readonly Said[] {
    return this.#said;
  }

  /** A number that was not given before. */
  next(): number {
    return (this.#count += 1);
  }

  /** Words that had come back into the box go as part of what is sent now, and as nothing else. */
  add(said: Said): void {
    this.#said = [...this.#said.filter(({text}) => !said.text.includes(text)), said];
    this.#removed.delete(said.text);
  }

  /** A person has pressed Remove. */
  remove(text: string): void {
    this.#removed.add(text);
  }

  isRemoved(text: string): boolean {
    return this.#removed.has(text);
  }
}
