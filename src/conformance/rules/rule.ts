/** One thing that a server promises. */
export interface Rule {
  /** Of docs/protocol.md. */
  readonly section: string;
  /** Word for word, line breaks as blanks; a part of it where the rest is about something else. */
  readonly sentence: string;
  /** `should`: the sentence leaves a choice, and this is the reading of section 8. Told, but no failure. `must` by default. */
  readonly level?: 'should';
}
